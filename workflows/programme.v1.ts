import type { AnyStateMachine } from 'xstate';
import { baseContext, chart, named, stage } from './patterns/chart.js';
import type { BaseContext, CommandEvent } from './vocabulary.js';

/** A case the programme has started, and how it ended. */
export interface ChildCase {
  child: string;
  outcome: string;
}

export interface ProgrammeContext extends BaseContext {
  plan: (ChildCase & { planType: string | null }) | null;
  inspection: ChildCase | null;
  acceptances: ChildCase[];
  /** Projects not accepted when the year is closed: they go over to the next (结转). */
  carriedOver: number;
  /** Which children are under way: a guard sees the context, not the configuration. */
  running: string[];
  closedAt: string | null;
}

const child = (e: CommandEvent): ChildCase => ({ child: String(e.child), outcome: String(e.outcome) });
const nothingToAccept = (c: ProgrammeContext): boolean => c.plan?.outcome === 'exempted' || c.plan?.planType === 'nothingNew';
const office = { side: 'city' as const, org: 'office' as const, role: 'office.clerk' as const };

const inspection = named('年度检查', 'Inspection', {
  initial: 'notStarted',
  states: {
    notStarted: stage({
      stage: 'inspectionNotStarted', words: { zh: '年度检查未开始', en: 'Inspection not started' }, clauses: ['C-7.9'], visibility: 'both', term: 'inspection.windowCloses',
      duties: [{ ...office, commands: ['openInspection'] }],
    }, { on: { openInspection: { target: 'running', actions: [{ type: 'set.started', params: { workflow: 'inspection' } }, { type: 'openCase', params: { workflow: 'inspection' } }] } } }),
    running: stage({
      stage: 'inspectionRunning', words: { zh: '年度检查中', en: 'Inspection under way' }, clauses: ['C-7.9'], visibility: 'both', duties: [],
      noTermBecause: { zh: '期限在检查案卷', en: 'the terms are the inspection case’s own' },
    }, { on: { 'inspection.ended': { target: 'done', actions: [{ type: 'set.inspectionEnded' }] } } }),
    done: stage({
      stage: 'inspectionDone', words: { zh: '年度检查办结', en: 'Inspection done' }, clauses: ['C-7.9'], visibility: 'both', duties: [],
      noTermBecause: { zh: '已办结', en: 'done' },
    }),
  },
});

const acceptance = named('验收', 'Acceptance', {
  initial: 'deciding',
  states: {
    deciding: { always: [{ guard: 'nothingToAccept', target: 'notNeeded' }, { target: 'notStarted' }] },
    notStarted: stage({
      stage: 'acceptanceNotStarted', words: { zh: '未申请验收', en: 'Acceptance not applied for' }, clauses: ['C-7.10'], visibility: 'both', duties: [],
      noTermBecause: { zh: '建设完成后申请，年度结束时结转', en: 'applied for when complete; carried over at the end of the year' },
      powers: [{ side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['openAcceptance'] }],
    }, { on: { openAcceptance: { target: 'running', actions: [{ type: 'set.started', params: { workflow: 'acceptance' } }, { type: 'openCase', params: { workflow: 'acceptance' } }] } } }),
    running: stage({
      stage: 'acceptanceRunning', words: { zh: '验收中', en: 'Acceptance under way' }, clauses: ['C-7.10'], visibility: 'both', duties: [],
      noTermBecause: { zh: '期限在验收案卷', en: 'the terms are the acceptance case’s own' },
    }, {
      on: {
        'acceptance.ended': [
          { guard: 'accepted', target: 'done', actions: [{ type: 'set.acceptanceEnded' }] },
          // Refused, abandoned or failed: the unit may apply again while the year lasts.
          { target: 'notStarted', actions: [{ type: 'set.acceptanceEnded' }] },
        ],
      },
    }),
    done: stage({
      stage: 'acceptanceDone', words: { zh: '验收办结', en: 'Acceptance done' }, clauses: ['C-7.10'], visibility: 'both', duties: [],
      noTermBecause: { zh: '已办结', en: 'done' },
    }),
    notNeeded: stage({
      stage: 'acceptanceNotNeeded', words: { zh: '本年度不验收', en: 'No acceptance this year' }, clauses: ['C-7.10'], visibility: 'both', duties: [],
      noTermBecause: { zh: '无新建任务或经批准免报', en: 'nothing to build, or exempted' },
    }),
  },
});

/** The main line of the year. */
const line = named('年度主线', 'Main line', {
  initial: 'planning',
  states: {
    planning: stage({
      stage: 'planning', words: { zh: '编报方案', en: 'Planning' }, clauses: ['C-7.5', 'C-7.7'], visibility: 'both', duties: [],
      noTermBecause: { zh: '期限在方案案卷；年度期限在旁计时', en: 'the terms are the plan’s own; the year’s end is watched beside it' },
    }, {
      entry: [{ type: 'openCase', params: { workflow: 'plan' } }],
      on: { 'plan.ended': { target: 'running', actions: [{ type: 'set.planEnded' }] } },
    }),
    running: {
      type: 'parallel',
      meta: { words: { zh: '检查与验收', en: 'Inspection and acceptance' }, powers: [] },
      states: { inspection, acceptance },
      always: [{ guard: 'everythingDone', target: 'closing' }],
      on: { carryOver: { target: 'closing', guard: 'nothingRunning', actions: [{ type: 'exception', params: { kind: 'carried-over' } }] } },
    },
    closing: stage({
      stage: 'closing', words: { zh: '年度办结', en: 'Closing the year' }, clauses: ['C-7.11'], visibility: 'both', term: 'programme.preArchiving',
      duties: [{ ...office, commands: ['close'] }],
    }, { on: { close: { target: 'preArchiving', actions: [{ type: 'set.closed' }] } } }),
    preArchiving: stage({
      stage: 'preArchiving', words: { zh: '预归档', en: 'Pre-archiving' }, clauses: ['C-7.11'], visibility: 'both', term: 'programme.preArchiving', duties: [],
    }, { entry: [{ type: 'archiveCase', params: {} }], on: { 'case.archived': { target: '#programme.preArchived' } } }),
  },
});

/** Beside it: what has not ended by the end of the year wakes the office, so that no year lies forgotten. */
const year = named('年度期限', 'The year’s end', {
  initial: 'within',
  states: {
    within: stage({
      stage: 'withinYear', words: { zh: '年度内', en: 'Within the year' }, clauses: ['C-7.11'], visibility: 'both', duties: [], term: 'programme.yearEnd',
    }, {
      on: { 'term.programme.yearEnd.due': { target: 'over', actions: [{ type: 'notify', params: { template: 'yearEnded', to: 'office' } }] } },
    }),
    over: stage({
      stage: 'yearOver', words: { zh: '年度已满', en: 'The year is over' }, clauses: ['C-7.11', 'C-3.3'], visibility: 'both',
      noTermBecause: { zh: '办结或结转前一直列为待办', en: 'stays open until the year is closed or carried over' },
      duties: [{ ...office, commands: ['recordFollowUp', 'carryOver'] }],
    }, { on: { recordFollowUp: { actions: [{ type: 'exception', params: { kind: 'year-follow-up' } }] } } }),
  },
});

const preArchived = stage({
  stage: 'preArchived', words: { zh: '已预归档', en: 'Pre-archived' }, clauses: ['C-7.11'], visibility: 'both', duties: [],
  final: { outcome: 'preArchived', words: { zh: '已预归档', en: 'Pre-archived' } },
});

/** `programme.v1`: the year of one filing unit. It starts the other workflows and reacts when they end. */
export function programmeV1(): AnyStateMachine {
  return chart<ProgrammeContext>({
    id: 'programme',
    context: (input) => ({ ...baseContext(input), plan: null, inspection: null, acceptances: [], carriedOver: 0, running: [], closedAt: null }),
    guards: {
      nothingToAccept,
      accepted: (_c, e) => e.outcome === 'passed',
      everythingDone: (c) => c.inspection !== null && c.running.length === 0 && (nothingToAccept(c) || c.acceptances.at(-1)?.outcome === 'passed'),
      nothingRunning: (c) => c.running.length === 0,
    },
    sets: {
      planEnded: (_c, e) => ({ plan: { ...child(e), planType: (e.planType as string | null) ?? null } }),
      started: (c, _e, p) => ({ running: [...c.running, String(p.workflow)] }),
      inspectionEnded: (c, e) => ({ inspection: child(e), running: c.running.filter((w) => w !== 'inspection') }),
      acceptanceEnded: (c, e) => ({ acceptances: [...c.acceptances, child(e)], running: c.running.filter((w) => w !== 'acceptance') }),
      closed: (c, e) => ({ closedAt: c.now, carriedOver: (e.facts?.carriedOver as number | undefined) ?? 0 }),
    },
    root: {
      initial: 'open',
      states: { open: { type: 'parallel', meta: { words: { zh: '年度办理中', en: 'The year under way' }, powers: [] }, states: { line, year } }, preArchived },
    },
  });
}
