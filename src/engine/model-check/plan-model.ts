import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { addMinutes } from '../instants.js';
import { modelInput } from './case-input.js';
import { withMoves } from './moves-model.js';
import { tally, type ChartModel, type Facts, type Variation } from './chart-model.js';

const DAY = 24 * 60;
/** Three signers before the plan is filed; one when consent is sought again after it, where only the delivery beside it is new. */
const mostSigners = (c: Facts): number => (c.firstReportedAt === null ? 3 : 1);
/** Stages of the timeliness that nothing but a corrected delivery changes. */
const settled = ['onTime', 'extended', 'late', 'notCounted'];
const asked = (...names: string[]): Variation => ({ label: `${names.length} 家`, facts: { orgs: names.map((org) => ({ org, name: org })) } });
const signers = (c: Facts): { org: string; answer: string }[] => c.cosigners;
/** A frozen text is never one that was frozen before. */
const frozen = (c: Facts): Record<string, unknown> => ({ planType: 'construction', content: `text ${c.contentOrdinal + 1}` });
/** Who sends in is another than who judges. */
const sender = { person: 'sender' };
const withDefects: Variation = { label: '有缺项', facts: { defects: 1 } };

/**
 * `plan.v1`: the yearly plan and an amendment, before the statutory date, within an extension, after both; at most three signers
 * before the filing and one after it.
 */
export function planModel(pack: PolicyPack, stops = ['registered', 'officeReview', 'directorDecision']): ChartModel {
  const yearly = modelInput(pack, { chains: { ...modelInput(pack).chains, 'plan.headReview': ['unit.reviewer', 'unit.head'] } });
  const filing = yearly.dates['plan.filing']!;
  const extended = addMinutes(filing, 30 * DAY);
  const instants = [addMinutes(filing, -30 * DAY), addMinutes(filing, DAY), addMinutes(extended, DAY)];
  const [before, between, after] = instants as [string, string, string];
  const position = (at: string | null | undefined): number | null => (at == null ? null : instants.filter((i) => Date.parse(i) <= Date.parse(at)).length);
  const model: ChartModel = {
    inputs: [yearly, modelInput(pack, { detail: { amends: { caseId: 'on record', caseNumber: 'C-0' } } })],
    instants,
    endings: {},
    timeless: (stages) => settled.some((s) => stages.has(s)),
    // Each fact where it is read before it is written anew: turns in the chains, consent at the filing, signers while they are asked,
    // the withdrawal window while it can be used, a correction while it is compared.
    facts: (c, stages) => [
      c.amends !== null, c.extension !== null, c.dates['plan.filing'] ?? null, position(c.firstReportedAt),
      ['headReview', 'coSign', 'governmentApproval'].some((s) => stages.has(s)) ? c.turn : null,
      stages.has('reporting') ? c.consent !== null && c.consent.content === c.content : null,
      stages.has('coSign') ? tally(signers(c), (s) => s.answer) : null,
      stages.has('headReview') ? [c.signedFor, position(c.submittedAt), c.withdrawMinutes] : null,
      stages.has('deliveryCorrection') ? [position(c.correction?.deliveredAt), c.correction?.by] : null,
    ],
    variations: {
      submit: ({ context }) => [{ facts: frozen(context), by: sender }, withDefects],
      requestPreReview: ({ context }) => [{ facts: frozen(context), by: sender }],
      resubmit: ({ context }) => [{ facts: frozen(context), by: sender }, { label: '改了项目或金额', facts: { ...frozen(context), projectsOrMoneyChanged: true }, by: sender }, withDefects],
      seekOpinions: ({ context }) => [asked('a'), ...(mostSigners(context) > 1 ? [asked('a', 'b', 'c')] : [])],
      addCosigner: ({ context }) => {
        const free = ['a', 'b', 'c'].find((org) => !signers(context).some((s) => s.org === org));
        return [...(free && signers(context).length < mostSigners(context) ? [asked(free)] : []), { ...asked(signers(context)[0]?.org ?? 'a'), label: '已在其中' }];
      },
      removeCosigner: ({ context }) => ['pending', 'overdue', 'agreed'].flatMap((answer) => {
        const one = signers(context).find((s) => s.answer === answer);
        return one ? [{ label: answer, fields: { org: one.org } }] : [];
      }),
      consent: () => [{ fields: { kind: 'reply', number: '1', date: '2000-01-01' } }, { label: '日期在后', fields: { kind: 'reply', number: '1', date: '2999-01-01' } }],
      returnTo: () => [
        { label: 'headReview', fields: { target: 'headReview' } }, { label: 'drafting', fields: { target: 'drafting' } }, { label: 'drafting，直接返回', fields: { target: 'drafting', then: 'straightBack' } },
      ],
      withdraw: ({ context }) => [{}, { label: '过了撤回时间', afterMinutes: context.withdrawMinutes as number }],
      register: () => [
        { label: '无佐证', fields: { deliveredAt: before, evidence: null } }, { label: '证明按期', fields: { deliveredAt: before, evidence: 'postmark' } },
        { label: '证明在延期内', fields: { deliveredAt: between, evidence: 'postmark' } }, { label: '证明逾期', fields: { deliveredAt: after, evidence: 'postmark' } },
      ],
      correctDelivery: () => [before, between, after].map((deliveredAt) => ({ label: deliveredAt.slice(0, 10), fields: { deliveredAt, evidence: 'postmark' } })),
      confirmDelivery: () => [{ by: { person: 'q' } }, { label: '同一人', samePerson: true }],
      rejectDelivery: () => [{ by: { person: 'q' } }, { label: '同一人', samePerson: true }],
      grantExtension: () => [{ fields: { until: extended } }, { label: '早于期限', fields: { until: before } }],
    },
  };
  // Moves beside the yearly plan while its date has not come: later they differ by nothing a guard reads.
  return withMoves(model, {
    stops,
    from: (c) => c.amends === null && c.extension === null && c.correction === null && position(c.now) === 1,
    apart: ['grantExtension', 'exempt', 'correctDelivery', 'confirmDelivery', 'rejectDelivery', 'addCosigner', 'removeCosigner'],
  });
}

/** `plan.v2`: the same, and who made the first check as long as somebody else has to make the second. */
export function twiceCheckedPlan(pack: PolicyPack): ChartModel {
  const model = planModel(pack, ['registered', 'firstCheck', 'secondCheck', 'directorDecision']);
  return {
    ...model,
    facts: (c, stages) => [model.facts(c, stages), stages.has('secondCheck') ? c.checkedBy : null],
    variations: { ...model.variations, acceptComplete: () => [{ by: { person: 'checker' } }] },
  };
}
