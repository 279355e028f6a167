import type { AddedSigner, PostRef } from '../../../workflows/vocabulary.js';
import type { ChartModel, Facts, Occasion, Variation } from './chart-model.js';
import { tally } from './chart-model.js';

const colleague: PostRef = { post: 'colleague', org: 'office', role: 'office.clerk', side: 'city', name: 'colleague' };
const open = (c: Facts): AddedSigner[] => (c.signers as AddedSigner[]).filter((s) => s.answer === 'pending' || s.answer === 'waiting');

/** Nothing beside the procedure is under way: the moves are proven one at a time, each from every configuration it may start in. */
const unmoved = (c: Facts): boolean => c.holding.length === 0 && open(c).length === 0 && c.jump === null && !c.skipped.some((s) => s.open);

const second: Variation[] = [{ by: { person: 'q' } }, { label: '同一人', samePerson: true }];

/**
 * A chart's model with the moves every chart may have: one signer at a time, before, beside or after; one hold; one jump with what it
 * passed over. Answers already given are told apart by nobody. While a move is under way time stands still and what is `apart` waits: the
 * regions beside read nothing of it.
 */
export function withMoves(model: ChartModel, bounds: { stops?: readonly string[]; from?: (c: Facts) => boolean; apart?: readonly string[] } = {}): ChartModel {
  const { stops = [], from = () => true, apart = [] } = bounds;
  const variationsOf = (command: string) => model.variations[command] ?? (() => [{}]);
  const when = (ways: (occasion: Occasion) => Variation[]) => (occasion: Occasion): Variation[] => (unmoved(occasion.context) && from(occasion.context) ? ways(occasion) : []);
  return {
    ...model,
    facts: (c, stages) => [
      model.facts(c, stages), c.holding.length, tally(open(c), (s) => [s.stage, s.duty, s.mode, s.answer]),
      c.deferred === null ? null : [c.deferred.duty, c.deferred.event.type, c.deferred.event.target], c.jump === null ? null : [c.jump.target, c.jump.by],
      tally(c.skipped.filter((s) => s.open), (s) => s.stage), c.goesBack, stops.length === 0 ? null : c.trail.filter((s) => stops.includes(s)).at(-1),
      // Where a return may lead is asked only before the case has gone on.
      stages.has('governmentApproval') ? c.trail.filter((s) => ['drafting', 'headReview'].includes(s)).length : null,
    ],
    still: (c) => !unmoved(c),
    variations: {
      ...model.variations,
      ...Object.fromEntries(apart.map((command) => [command, (occasion: Occasion) => (unmoved(occasion.context) ? variationsOf(command)(occasion) : [])])),
      addSigners: (occasion) => [
        ...when(() => ['before', 'parallel', 'after'].map((mode) => ({ label: mode, fields: { mode, reason: '' }, facts: { posts: [colleague] } })))(occasion),
        ...(open(occasion.context).length > 0 ? [{ label: '已在其中', fields: { mode: 'before', reason: '' }, facts: { posts: [colleague] } }] : []),
      ],
      removeSigner: ({ context }) => [...open(context).slice(0, 1).map((s) => ({ fields: { signer: s.key } })), { label: '不在其中', fields: { signer: 'nobody' } }],
      hold: when(({ side }) => [{ fields: { reason: 'x' }, facts: { side } }]),
      proposeJump: when(() => stops.map((target) => ({ label: target, fields: { jumpTo: target, reason: 'x' } }))),
      confirmJump: () => second,
      rejectJump: () => second,
    },
  };
}
