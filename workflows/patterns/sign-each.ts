import { stage, type ChartState, type ChartTransition } from './chart.js';
import { answers, everyParticipant, signedFor, silence, standsAside, type RoundExits, type RoundMeta, type RoundMoves } from './round.js';

/**
 * 会签 of posts: all are asked at once, each answers with an opinion, and everybody is heard before it goes on: agreed when all agree, to
 * `objected` when somebody does not – a co-signer keeps a matter from being agreed on, he does not decide it.
 */
export function signEach(meta: RoundMeta, exits: Omit<RoundExits, 'refused'> & { objected: ChartTransition }, moves: RoundMoves = {}): ChartState {
  return stage({ ...meta, duties: [everyParticipant('assent', 'decline', 'recuse')] }, {
    on: { ...silence(meta.term), open: signedFor, assent: { actions: answers('agreed') }, decline: { actions: answers('objected') }, recuse: { actions: [...standsAside] }, ...moves },
    always: [{ guard: 'allAgreed', ...exits.agreed }, { guard: 'someObjected', ...exits.objected }, { guard: 'nobodyLeft', ...exits.back }],
  });
}
