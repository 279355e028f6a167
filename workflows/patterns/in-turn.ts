import { stage, type ChartState } from './chart.js';
import { answers, everyParticipant, leaving, signedFor, silence, standsAside, type Done, type RoundExits, type RoundMeta, type RoundMoves } from './round.js';

/**
 * 依次: posts in the order given, each with an opinion that goes up with the matter; the last decides. Every turn is an entry of its own, so
 * each post has the whole term. If the last stands aside nobody has decided.
 */
export function inTurn(at: string, meta: RoundMeta, exits: RoundExits, moves: RoundMoves = {}): ChartState {
  const goesOn = (done: Done) => ({
    guard: 'notLastInTurn', target: at, reenter: true, actions: [...done, { type: 'set.turnPassed' as const }, { type: 'notify' as const, params: { template: 'matterAsked', to: 'asked' as const } }],
  });
  return stage({ ...meta, duties: [everyParticipant('assent', 'decline', 'sendBackMatter', 'recuse')] }, {
    on: {
      ...silence(meta.term),
      open: signedFor,
      assent: [goesOn(answers('agreed')), leaving(exits.agreed, answers('agreed'))],
      decline: [goesOn(answers('objected')), leaving(exits.refused, answers('objected'))],
      recuse: [goesOn(standsAside), leaving(exits.back, standsAside)],
      ...moves,
    },
  });
}
