import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import type { PostRef } from '../../../workflows/vocabulary.js';
import { modelInput } from './case-input.js';
import { tally, type ChartModel, type Facts, type Variation } from './chart-model.js';

const posts = (...names: string[]): PostRef[] => names.map((post) => ({ post, org: 'office', role: 'leader', side: 'city', name: post }));
const answers = (c: Facts): string[] => (c.participants as Facts[]).map(({ answer }) => answer as string);
const rounds = ['inTurn', 'signEach', 'signAny', 'vote'];
/** A frozen text is never one that was frozen before; who sends it in is another than who decides. */
const frozen = (c: Facts, facts: Record<string, unknown> = {}): Variation => ({ facts: { content: `text ${c.contentOrdinal + 1}`, ...facts }, by: { person: 'sender' } });
const withDefects: Variation = { label: '有缺项', facts: { defects: 1 } };
/** Every way of deciding with one and with three; where it comes back, with two: what is asked of more is proven from the first time. */
const sizes = (c: Facts): string[][] => (c.round === 0 ? [['p1'], ['p1', 'p2', 'p3']] : [['p1', 'p2']]);

/** `matter.v1`: the office's own in every way and a unit's in one, whose only other move is to pass it on; up to three participants by tally, brought at most twice. */
export function matterModel(pack: PolicyPack): ChartModel {
  const opened = (side: 'unit' | 'city') => modelInput(pack, { detail: { proposer: { post: 'proposer', org: side === 'unit' ? 'hrss' : 'office', role: side === 'unit' ? 'unit.head' : 'office.clerk', side, name: '提出人' } } });
  return {
    inputs: [opened('city'), opened('unit')],
    instants: ['2026-09-01T01:00:00.000Z'],
    endings: {},
    facts: (c, stages) => [
      c.ofUnit, c.passedOn, Math.min(c.round as number, 2),
      stages.has('reworking') ? [c.mode, c.participants.length, c.resumesAt, c.ruling] : null,
      rounds.some((stage) => stages.has(stage)) ? [tally(answers(c), (one) => one), c.ballots, c.signedFor, c.submittedAt === null, c.withdrawMinutes] : null,
    ],
    variations: {
      bring: ({ context }) => [
        ...(context.round < 2 ? (context.ofUnit ? ['signAny'] : rounds).flatMap((mode) => sizes(context).map((names) => ({ label: `${mode} ${names.length} 岗`, fields: { mode }, ...frozen(context, { posts: posts(...names) }) }))) : []), withDefects,
      ],
      bringAgain: ({ context }) => [...(context.round < 2 ? [frozen(context)] : []), withDefects],
      castVote: () => ['for', 'against', 'abstained'].map((choice) => ({ label: choice, fields: { choice } })),
      sendBackMatter: () => ['stepByStep', 'straightBack'].map((then) => ({ label: then, fields: { opinion: 'x', then } })),
      withdraw: ({ context }) => [{}, { label: '过了撤回时间', afterMinutes: context.withdrawMinutes as number }],
      replaceParticipant: ({ context }) => {
        const joins = posts('p4')[0]!;
        const of = (...names: string[]) => (context.participants as Facts[]).find(({ answer, post }) => names.includes(answer as string) && post !== 'p4');
        return [...[of('pending', 'overdue'), of('waiting')].filter((one) => one !== undefined).map((one) => ({ label: String(one.answer), fields: { leaves: one.post, reason: 'away' }, facts: { joins } })), withDefects];
      },
    },
  };
}
