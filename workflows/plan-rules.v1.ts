import { baseContext, type ChartDefinition, type ChartState } from './patterns/chart.js';
import type { JumpStop } from './patterns/jump.js';
import type { MoveRights } from './patterns/moves.js';
import { nextOfChain, notLastOfChain } from './patterns/chain.js';
import { cosignGuards, cosignSets, type Cosigner } from './patterns/sign-all.js';
import { dropped, exempted, FILING } from './plan-states.v1.js';
import { delivery, timeliness } from './plan-timeliness.v1.js';
import type { BaseContext, CaseInput, CommandEvent } from './vocabulary.js';

export interface Remark {
  id: string;
  section: string;
  text: string;
  reply: string | null;
}

export interface PlanContext extends BaseContext {
  planType: 'construction' | 'consolidation' | 'nothingNew';
  turn: Record<string, number>;
  cosigners: Cosigner[];
  cosigned: boolean;
  remarks: Remark[];
  consent: { kind: string; number: string; date: string; content: string | null } | null;
  acknowledgement: { number: string; at: string } | null;
  incoming: { id: string; number: number; theirNumber: string; deliveredAt: string; proven: boolean; evidence: string | null } | null;
  /** A correction of the delivery that waits for a second person. */
  correction: { deliveredAt: string; evidence: string; evidenceFile: string | null; reason: string; by: string | null } | null;
  reports: number;
  firstReportedAt: string | null;
  submittedAt: string | null;
  signedFor: boolean;
  withdrawMinutes: number;
  /** `statutory` is the end that was extended: what comes after it is shown as 延期, never as on time. */
  extension: { until: string; basis: string; statutory: string } | null;
  /** The plan on record this one amends (方案调整). */
  amends: { caseId: string; caseNumber: string } | null;
}

const before = (a: string, b: string): boolean => Date.parse(a) < Date.parse(b);
const consented = (c: PlanContext): boolean => c.consent !== null && c.consent.content === c.content;
const filingDue = (c: PlanContext): string => c.extension?.until ?? c.dates[FILING]!;
const statutoryDue = (c: PlanContext): string => c.extension?.statutory ?? c.dates[FILING]!;
const inTime = (c: PlanContext, at: string): boolean => before(at, statutoryDue(c));
const inExtension = (c: PlanContext, at: string): boolean => before(at, filingDue(c));
/** The earliest of what this system received and of the corrected delivery, which its evidence proves. */
const corrected = (c: PlanContext): string => [c.firstReportedAt, c.correction?.deliveredAt].filter((at) => at != null).sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? c.now;
/** The yearly date binds the yearly plan: an amendment comes when it is needed. */
const datesOf = (input: CaseInput): CaseInput['dates'] =>
  input.detail.amends === undefined ? input.dates : Object.fromEntries(Object.entries(input.dates).filter(([term]) => term !== FILING));
const fact = (e: CommandEvent, name: string): unknown => e.facts?.[name];

const submitted = (c: PlanContext, e: CommandEvent): Partial<PlanContext> => ({
  content: fact(e, 'content') as string, contentOrdinal: c.contentOrdinal + 1, planType: fact(e, 'planType') as PlanContext['planType'],
  submittedAt: c.now, signedFor: false, turn: {}, cosigned: false, cosigners: [],
});

/** What a plan starts with. */
export const planContext = (withdrawMinutes: number) => (input: CaseInput): PlanContext => ({
  ...baseContext(input), planType: 'construction', turn: {}, cosigners: [], cosigned: false, remarks: [], consent: null, acknowledgement: null,
  incoming: null, correction: null, reports: 0, firstReportedAt: null, submittedAt: null, signedFor: false, withdrawMinutes, extension: null,
  dates: datesOf(input), amends: (input.detail.amends as PlanContext['amends'] | undefined) ?? null,
});

/** What a plan's steps ask, the same in every version. */
export const planGuards: ChartDefinition<PlanContext>['guards'] = {
  ...cosignGuards,
  notLastOfChain,
  completeAndStraight: (c, e, p) => fact(e, 'defects') === 0 && c.goesBack?.at === p.at && c.goesBack?.to === p.to,
  complete: (_c, e) => fact(e, 'defects') === 0,
  withdrawable: (c) => !c.signedFor && c.submittedAt !== null && Date.parse(c.now) - Date.parse(c.submittedAt) < c.withdrawMinutes * 60_000,
  consentIsNotInFuture: (c, e) => before(`${String(e.date)}T00:00:00+08:00`, c.now),
  consented,
  // A region takes an event whatever its neighbour does: only a filing that the procedure takes counts here too.
  inTime: (c) => consented(c) && inTime(c, c.now),
  inExtension: (c) => consented(c) && inExtension(c, c.now),
  provenInTime: (c, e) => Boolean(e.evidence) && inTime(c, String(e.deliveredAt)),
  provenInExtension: (c, e) => Boolean(e.evidence) && inExtension(c, String(e.deliveredAt)),
  secondPerson: (c, e) => c.correction !== null && c.correction.by !== e.by?.person,
  correctedInTime: (c, e) => c.correction !== null && c.correction.by !== e.by?.person && inTime(c, corrected(c)),
  correctedInExtension: (c, e) => c.correction !== null && c.correction.by !== e.by?.person && inExtension(c, corrected(c)),
  amendment: (c) => c.amends !== null,
  yearlyPlan: (c) => c.amends === null,
  extensionIsLater: (c, e) => before(filingDue(c), String(e.until)),
  projectsOrMoneyChanged: (_c, e) => fact(e, 'defects') === 0 && fact(e, 'projectsOrMoneyChanged') === true,
};

/** What they change. */
export const planSets: ChartDefinition<PlanContext>['sets'] = {
  ...cosignSets,
  // A post of the chain has acted: nothing can be withdrawn from under it any more.
  nextOfChain: (c, _e, p) => ({ ...nextOfChain(c, p), signedFor: true }),
  submitted,
  signedFor: () => ({ signedFor: true }),
  remarked: (_c, e) => ({ remarks: ((e.remarks ?? []) as Omit<Remark, 'reply'>[]).map((r) => ({ ...r, reply: null })), turn: {}, signedFor: false }),
  answered: (c, e) => {
    const replies = (e.replies ?? {}) as Record<string, string>;
    return { remarks: c.remarks.map((r) => ({ ...r, reply: replies[r.id] ?? null })) };
  },
  consented: (c, e) => ({ consent: { kind: String(e.kind), number: String(e.number), date: String(e.date), content: c.content } }),
  consentDropped: () => ({ consent: null }),
  // What the unit's offices told each other stays in the unit's journal; of the remarks the city keeps those it has made itself.
  innerDropped: (c) => ({ cosigners: [], remarks: c.remarks.filter((r) => r.reply !== null) }),
  reported: (c) => ({
    reports: c.reports + 1, firstReportedAt: c.firstReportedAt ?? c.now, acknowledgement: { number: `${c.caseNumber}-S${c.reports + 1}`, at: c.now },
  }),
  registered: (_c, e) => ({
    incoming: {
      id: String((fact(e, 'incoming') as { id?: string } | undefined)?.id ?? ''), number: fact(e, 'incomingNumber') as number, theirNumber: String(e.theirNumber),
      deliveredAt: String(e.deliveredAt), proven: Boolean(e.evidence), evidence: (e.evidence as string | null | undefined) ?? null,
    },
  }),
  correctionProposed: (_c, e) => ({
    correction: {
      deliveredAt: String(e.deliveredAt), evidence: String(e.evidence), evidenceFile: (e.evidenceFile as string | null) ?? null, reason: String(e.reason), by: e.by.person,
    },
  }),
  deliveryCorrected: (c) => ({
    correction: null,
    incoming: c.incoming && c.correction ? { ...c.incoming, deliveredAt: c.correction.deliveredAt, proven: true, evidence: c.correction.evidence } : c.incoming,
  }),
  correctionDropped: () => ({ correction: null }),
  extended: (c, e) => ({ extension: { until: String(e.until), basis: String(e.basis), statutory: statutoryDue(c) }, dates: { ...c.dates, [FILING]: String(e.until) } }),
};

/** The whole of a plan's case: its steps, whether it came in time, and its delivery, beside each other until it ends. */
export const planRoot = (procedure: ChartState, filed: ChartState): ChartState => ({
  initial: 'open',
  states: {
    open: {
      type: 'parallel',
      meta: { words: { zh: '办理中', en: 'Under way' }, powers: [{ side: 'city', org: 'leaders', role: 'leader', commands: ['grantExtension', 'exempt'] }], paper: true },
      on: { exempt: { guard: 'yearlyPlan', target: 'exempted' } },
      states: { procedure, timeliness, delivery },
    },
    filed, exempted, dropped,
  },
});

/** A unit's head stops the clock within the unit, the office's director in the city; a jump leads between the office's own steps only. */
export const planRights = (stops: JumpStop[]): MoveRights => ({
  hold: [{ side: 'unit', org: 'hrss', role: 'unit.head' }, { side: 'city', org: 'office', role: 'office.director' }],
  jump: { propose: { side: 'city', org: 'office', role: 'office.clerk' }, confirm: { side: 'city', org: 'office', role: 'office.director' }, stops },
});
