import type { AnyStateMachine } from 'xstate';
import { baseContext, chart, stage, type ChartState } from './patterns/chart.js';
import { withMoves } from './patterns/moves.js';
import { findingGuards, findingSets, noFindings, proposed, withdrawn, type WithFindings } from './patterns/findings.js';
import { byTeam, noTeam, teamFormed, type Teamed } from './patterns/team.js';
import type { CommandEvent } from './vocabulary.js';

/** A sampled platform (抽查平台). `open` until its record is in. */
export interface Site {
  key: string;
  tier: 'hall' | 'center' | 'station';
  placeCode: string;
  name: string;
  className: string | null;
  open: boolean;
  /** The record was signed by the inspected side, or refused before a witness. */
  signed: 'both' | 'refused' | null;
}

export interface Objection {
  finding: string;
  reason: string;
  decision: 'upheld' | 'dismissed' | null;
  decisionReason: string | null;
}

export interface InspectionContext extends Teamed, WithFindings {
  basis: { kind: string; number: string } | null;
  from: string | null;
  to: string | null;
  sites: Site[];
  objections: Objection[];
  silent: boolean;
}

const fact = (e: CommandEvent, name: string): unknown => e.facts?.[name];
const visitHasBegun = (c: InspectionContext, e: CommandEvent): boolean =>
  byTeam(c, e) && c.from !== null && Date.parse(`${c.from}T00:00:00+08:00`) <= Date.parse(c.now) && fact(e, 'defects') === 0;
const office = { side: 'city' as const, org: 'office' as const };
const unitClerk = { side: 'unit' as const, org: 'hrss' as const, role: 'unit.clerk' as const };

const scheduled = [
  { type: 'set.scheduled' }, { type: 'issueDocument', params: { kind: 'inspectionNotice', visibleTo: 'both' } },
  { type: 'notify', params: { template: 'inspectionScheduled', to: 'clerk' } }, { type: 'notify', params: { template: 'inspectionScheduled', to: 'members' } },
] as const;

/** The steps of the yearly inspection of one filing unit (lifecycle §2): one combined, announced visit. */
const states: Record<string, ChartState> = {
  planning: stage({
    stage: 'planning', words: { zh: '排定', en: 'Scheduling' }, clauses: ['C-7.9'], visibility: 'city', term: 'inspection.planning',
    duties: [{ ...office, role: 'office.clerk', commands: ['schedule'] }],
  }, {
    on: {
      schedule: [
        { guard: 'completeOutsideWindow', target: 'onSite', actions: [...scheduled, { type: 'exception', params: { kind: 'inspection-window' } }] },
        { guard: 'complete', target: 'onSite', actions: [...scheduled] },
      ],
    },
  }),
  onSite: stage({
    stage: 'onSite', words: { zh: '现场检查', en: 'On site' }, clauses: ['C-7.9', 'C-3.1'], visibility: 'city', term: 'inspection.onSite',
    duties: [{ side: 'city', each: 'sites', carriedBy: 'members', commands: ['recordSite'] }],
    powers: [{ ...office, role: 'office.clerk', commands: ['reschedule'] }],
  }, {
    on: {
      recordSite: [
        { guard: 'notSignedByUnit', actions: [{ type: 'set.siteRecorded' }, { type: 'exception', params: { kind: 'refused-to-sign' } }] },
        { guard: 'visitHasBegun', actions: [{ type: 'set.siteRecorded' }] },
      ],
      reschedule: {
        guard: 'nothingRecorded', target: 'planning',
        actions: [{ type: 'set.unscheduled' }, { type: 'exception', params: { kind: 'rescheduled' } }, { type: 'notify', params: { template: 'inspectionPostponed', to: 'clerk' } }],
      },
    },
    always: [{ guard: 'everySiteRecorded', target: 'consolidating' }],
  }),
  consolidating: stage({
    stage: 'consolidating', words: { zh: '汇总', en: 'Consolidating' }, clauses: ['C-7.9'], visibility: 'city', term: 'inspection.consolidating',
    duties: [{ side: 'city', each: 'lead', commands: ['consolidate'] }],
  }, {
    on: {
      consolidate: [
        { guard: 'anyFinding', target: 'noticeOfRectification', actions: [{ type: 'notify', params: { template: 'noticeWanted', to: 'director' } }] },
        { target: 'closed' },
      ],
    },
  }),
  noticeOfRectification: stage({
    stage: 'noticeOfRectification', words: { zh: '签发整改通知', en: 'Signing the notice' }, clauses: ['C-7.9', 'C-7.11'], visibility: 'city',
    term: 'inspection.noticeOfRectification', paper: true, signers: true, back: ['returnToTeam'],
    duties: [{ ...office, role: 'office.director', commands: ['signNotice', 'returnToTeam'] }],
  }, {
    on: {
      signNotice: {
        target: 'feedback',
        actions: [{ type: 'issueDocument', params: { kind: 'rectificationNotice', visibleTo: 'both' } }, { type: 'notify', params: { template: 'rectificationWanted', to: 'clerk' } }],
      },
      returnToTeam: { target: 'consolidating', actions: [{ type: 'notify', params: { template: 'sentBack', to: 'members' } }] },
    },
  }),
  feedback: stage({
    stage: 'feedback', words: { zh: '反馈意见', en: 'Feedback' }, clauses: ['C-7.9'], visibility: 'both', term: 'inspection.feedback', paper: true,
    duties: [{ ...unitClerk, commands: ['acceptFindings', 'objectTo'] }],
  }, {
    on: {
      acceptFindings: { target: 'rectifying', actions: [{ type: 'set.rectificationOrdered' }] },
      objectTo: { target: 'objection', actions: [{ type: 'set.objected' }, { type: 'notify', params: { template: 'objected', to: 'office' } }] },
      // Silence is not consent: the case goes on, and the list of exceptions says that nobody answered.
      'term.inspection.feedback.due': {
        target: 'rectifying',
        actions: [{ type: 'set.silent' }, { type: 'set.rectificationOrdered' }, { type: 'exception', params: { kind: 'no-feedback' } }, { type: 'notify', params: { template: 'overdue', to: 'clerk' } }],
      },
    },
  }),
  objection: stage({
    stage: 'objection', words: { zh: '核实异议', en: 'Objection' }, clauses: ['C-7.9'], visibility: 'both', term: 'inspection.verifying', paper: true,
    duties: [{ ...office, role: 'office.clerk', commands: ['decideObjections'] }],
  }, {
    on: {
      decideObjections: {
        target: 'rectifying', guard: 'complete',
        actions: [{ type: 'set.objectionsDecided' }, { type: 'set.rectificationOrdered' }, { type: 'notify', params: { template: 'objectionDecided', to: 'clerk' } }],
      },
    },
  }),
  rectifying: stage({
    stage: 'rectifying', words: { zh: '整改', en: 'Rectifying' }, clauses: ['C-7.9'], visibility: 'both', term: 'inspection.rectifying',
    duties: [
      { ...unitClerk, each: 'findings', commands: ['submitRectification'] },
      { side: 'city', each: 'verifying', carriedBy: 'members', commands: ['verify', 'sendBackRectification'] },
    ],
  }, {
    on: {
      submitRectification: { guard: 'complete', actions: [{ type: 'set.rectified' }, { type: 'notify', params: { template: 'rectificationSubmitted', to: 'members' } }] },
      verify: { guard: 'byTeam', actions: [{ type: 'set.verified' }] },
      sendBackRectification: { guard: 'byTeam', actions: [{ type: 'set.notVerified' }, { type: 'notify', params: { template: 'rectificationSentBack', to: 'clerk' } }] },
      'term.inspection.rectifying.due': {
        actions: [{ type: 'exception', params: { kind: 'rectification-overdue' } }, { type: 'notify', params: { template: 'overdue', to: 'clerk' } },
          { type: 'notify', params: { template: 'rectificationOverdue', to: 'office' } }],
      },
    },
    always: [{ guard: 'everyFindingClosed', target: 'closed' }],
  }),
  closed: stage({
    stage: 'closed', words: { zh: '办结', en: 'Closed' }, clauses: ['C-7.9'], visibility: 'both', duties: [],
    final: { outcome: 'closed', words: { zh: '检查办结', en: 'Inspection closed' } },
  }, {
    entry: [{ type: 'issueDocument', params: { kind: 'inspectionReport', visibleTo: 'both' } }, { type: 'tellParent', params: { event: 'inspection.ended' } },
      { type: 'archiveCase', params: {} }],
  }),
};

/** `inspection.v1`: the yearly inspection of one filing unit, September to December. */
export function inspectionV1(): AnyStateMachine {
  return chart<InspectionContext>(withMoves<InspectionContext>({
    id: 'inspection',
    context: (input) => ({ ...baseContext(input), ...noTeam, ...noFindings, basis: null, from: null, to: null, sites: [], objections: [], silent: false }),
    guards: {
      ...findingGuards,
      complete: (_c, e) => fact(e, 'defects') === 0,
      completeOutsideWindow: (_c, e) => fact(e, 'defects') === 0 && fact(e, 'outsideWindow') === true,
      visitHasBegun,
      notSignedByUnit: (c, e) => visitHasBegun(c, e) && e.counterSigned !== true,
      nothingRecorded: (c) => c.sites.every((s) => s.open),
      everySiteRecorded: (c) => c.sites.length > 0 && !c.sites.some((s) => s.open),
      byTeam,
    },
    sets: {
      ...findingSets,
      scheduled: (_c, e) => ({
        ...teamFormed(e), basis: e.basis as InspectionContext['basis'], from: String(e.from), to: String(e.to),
        sites: ((fact(e, 'sites') ?? []) as Omit<Site, 'open' | 'signed'>[]).map((s) => ({ ...s, open: true, signed: null }) as Site),
      }),
      unscheduled: () => ({ ...noTeam, basis: null, from: null, to: null, sites: [] }),
      siteRecorded: (c, e) => {
        const key = String(e.task?.subject?.key);
        const site = c.sites.find((s) => s.key === key);
        if (!site?.open) return {};
        const signed = e.counterSigned === true ? ('both' as const) : ('refused' as const);
        return {
          sites: c.sites.map((s) => (s === site ? { ...s, open: false, signed } : s)),
          findings: proposed(c.findings, (e.findings ?? []) as never, { key, name: site.name }),
        };
      },
      objected: (_c, e) => ({
        objections: ((e.objections ?? []) as { finding: string; reason: string }[]).map((o) => ({ ...o, decision: null, decisionReason: null })),
      }),
      objectionsDecided: (c, e) => {
        const decisions = (e.decisions ?? []) as { finding: string; decision: 'upheld' | 'dismissed'; reason: string }[];
        const decided = c.objections.map((o) => {
          const found = decisions.find((d) => d.finding === o.finding);
          return { ...o, decision: found?.decision ?? ('dismissed' as const), decisionReason: found?.reason ?? null };
        });
        return { objections: decided, ...withdrawn(c, decided.filter((o) => o.decision === 'upheld').map((o) => o.finding)) };
      },
      silent: () => ({ silent: true }),
    },
    root: { initial: 'planning', states },
  }, { hold: [{ side: 'city', org: 'office', role: 'office.director' }] }));
}
