import { stage, type ChartState } from './chart.js';
import { answers, everyParticipant, leaving, signedFor, silence, standsAside, type RoundExits, type RoundMeta, type RoundMoves } from './round.js';

/** 或签: any one of them; the first answer decides, either way, and what was asked of the others falls. */
export function signAny(meta: RoundMeta, exits: RoundExits, moves: RoundMoves = {}): ChartState {
  return stage({ ...meta, duties: [everyParticipant('assent', 'decline', 'sendBackMatter', 'recuse')] }, {
    on: {
      ...silence(meta.term), open: signedFor, assent: leaving(exits.agreed, answers('agreed')), decline: leaving(exits.refused, answers('objected')), recuse: { actions: [...standsAside] }, ...moves,
    },
    always: [{ guard: 'nobodyLeft', ...exits.back }],
  });
}
