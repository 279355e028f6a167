import type { AnyStateMachine } from 'xstate';
import { baseContext, chart, stage, type ChartState } from './patterns/chart.js';
import { chainDuty, nextOfChain, notLastOfChain } from './patterns/chain.js';
import { cosignGuards, cosignSets, type Cosigner } from './patterns/sign-all.js';
import type { BaseContext, CommandEvent } from './vocabulary.js';

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
  incoming: { number: number; theirNumber: string; deliveredAt: string; proven: boolean } | null;
  reports: number;
  submittedAt: string | null;
  signedFor: boolean;
  withdrawMinutes: number;
  extension: { until: string; basis: string } | null;
}

const FILING = 'plan.filing';
const before = (a: string, b: string): boolean => Date.parse(a) < Date.parse(b);
const consented = (c: PlanContext): boolean => c.consent !== null && c.consent.content === c.content;
const filingDue = (c: PlanContext): string => c.extension?.until ?? c.dates[FILING]!;
const fact = (e: CommandEvent, name: string): unknown => e.facts?.[name];

const submitted = (c: PlanContext, e: CommandEvent): Partial<PlanContext> => ({
  content: fact(e, 'content') as string, contentOrdinal: c.contentOrdinal + 1, planType: fact(e, 'planType') as PlanContext['planType'],
  submittedAt: c.now, signedFor: false, turn: {}, cosigned: false, cosigners: [],
});

const freeze = [{ type: 'freezeContent', params: {} }, { type: 'set.submitted' }] as const;
const release = { type: 'releaseContent', params: {} } as const;

/** The steps of the plan, from the first draft to its filing on record (lifecycle §1). */
const procedure: ChartState = {
  initial: 'drafting',
  states: {
    drafting: stage({
      stage: 'drafting', words: { zh: '起草', en: 'Drafting' }, clauses: ['C-7.5'], visibility: 'unit', content: 'live', dueBy: FILING,
      duties: [{ side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['submit', 'requestPreReview'] }],
      noTermBecause: { zh: '报送期限即起草期限', en: 'bounded by the filing deadline' },
    }, {
      on: {
        submit: { target: 'headReview', guard: 'complete', actions: [...freeze] },
        requestPreReview: { target: 'preReview', actions: [...freeze, release] },
      },
    }),
    preReview: stage({
      stage: 'preReview', words: { zh: '预审', en: 'Preliminary remarks' }, clauses: ['C-7.11'], visibility: 'both', content: 'frozen', term: 'plan.preReview',
      duties: [{ side: 'city', org: 'office', role: 'office.clerk', commands: ['giveRemarks'] }],
      powers: [{ side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['recall'] }],
    }, {
      on: {
        giveRemarks: { target: 'drafting', actions: [{ type: 'set.remarked' }, { type: 'notify', params: { template: 'preReviewed', to: 'clerk' } }] },
        recall: { target: 'drafting' },
      },
    }),
    headReview: stage({
      stage: 'headReview', words: { zh: '人社局审核', en: 'HRSS bureau review' }, clauses: ['C-7.5'], visibility: 'unit', content: 'frozen',
      term: 'plan.headReview', withdrawable: true, paper: true,
      duties: [{ ...chainDuty('hrss', 'plan.headReview', 'unit'), commands: ['approve', 'returnToDraft', 'seekOpinions'] }],
      powers: [{ side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['withdraw'] }],
    }, {
      on: {
        open: { actions: [{ type: 'set.signedFor' }] },
        approve: [
          { guard: { type: 'notLastOfChain', params: { chain: 'plan.headReview' } }, target: 'headReview', reenter: true,
            actions: [{ type: 'set.nextOfChain', params: { chain: 'plan.headReview' } }] },
          { target: 'governmentApproval', actions: [{ type: 'notify', params: { template: 'consentWanted', to: 'consent' } }] },
        ],
        returnToDraft: { target: 'drafting', actions: [{ type: 'set.remarked' }, { type: 'notify', params: { template: 'returned', to: 'clerk' } }] },
        seekOpinions: { target: 'coSign', actions: [{ type: 'set.cosignersAsked' }, { type: 'notify', params: { template: 'opinionWanted', to: 'cosigners' } }] },
        withdraw: { target: 'drafting', guard: 'withdrawable', actions: [{ type: 'cancelEffects', params: {} }] },
      },
    }),
    coSign: stage({
      stage: 'coSign', words: { zh: '区内会签', en: 'Co-signing' }, clauses: ['C-7.5', 'C-7.3'], visibility: 'unit', content: 'frozen', term: 'plan.coSign', paper: true,
      duties: [{ side: 'unit', each: 'cosigners', commands: ['agree', 'object'] }],
      powers: [{ side: 'unit', org: 'hrss', role: 'unit.head', commands: ['addCosigner', 'removeCosigner', 'proceed'] }],
    }, {
      on: {
        agree: { actions: [{ type: 'set.cosignAnswered', params: { answer: 'agreed' } }] },
        object: { actions: [{ type: 'set.cosignAnswered', params: { answer: 'objected' } }] },
        addCosigner: { guard: 'cosignerIsNew', actions: [{ type: 'set.cosignerAdded' }, { type: 'notify', params: { template: 'opinionWanted', to: 'cosigners' } }] },
        removeCosigner: { guard: 'cosignerIsPending', actions: [{ type: 'set.cosignerRemoved' }] },
        proceed: { target: 'headReview', guard: 'silenceIsOverdue', actions: [{ type: 'set.cosignClosed' }] },
        'term.plan.coSign.due': { actions: [{ type: 'set.cosignOverdue' }, { type: 'notify', params: { template: 'overdue', to: 'cosigners' } }] },
      },
      always: [{ guard: 'everyoneAnswered', target: 'headReview', actions: [{ type: 'set.cosignClosed' }] }],
    }),
    governmentApproval: stage({
      stage: 'governmentApproval', words: { zh: '本级政府审定', en: 'Consent of the government' }, clauses: ['C-7.6'], visibility: 'unit', content: 'frozen',
      term: 'plan.governmentApproval', paper: true,
      duties: [{ ...chainDuty('consent', 'plan.governmentApproval', 'unit'), commands: ['consent', 'returnTo', 'refuseConsent'] }],
    }, {
      on: {
        open: { actions: [{ type: 'set.signedFor' }] },
        consent: { target: 'reporting', guard: 'consentIsNotInFuture', actions: [{ type: 'set.consented' }, { type: 'notify', params: { template: 'consented', to: 'clerk' } }] },
        returnTo: [
          { guard: 'returnsToReview', target: 'headReview', actions: [{ type: 'set.remarked' }, { type: 'notify', params: { template: 'returned', to: 'head' } }] },
          { target: 'drafting', actions: [{ type: 'set.remarked' }, { type: 'notify', params: { template: 'returned', to: 'clerk' } }] },
        ],
        refuseConsent: { target: 'drafting', actions: [{ type: 'set.remarked' }, { type: 'notify', params: { template: 'consentRefused', to: 'clerk' } }] },
      },
    }),
    reporting: stage({
      stage: 'reporting', words: { zh: '报送', en: 'Filing' }, clauses: ['C-7.7'], visibility: 'both', content: 'frozen', dueBy: FILING,
      noTermBecause: { zh: '以报送期限为准', en: 'bounded by the filing deadline' },
      duties: [{ side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['report', 'revise'] }],
    }, {
      on: {
        report: {
          target: 'registered', guard: 'consented',
          actions: [{ type: 'set.reported' }, release, { type: 'issueDocument', params: { kind: 'acknowledgement', visibleTo: 'both' } },
            { type: 'issueDocument', params: { kind: 'planCoverReport', visibleTo: 'both' } },
            { type: 'issueDocument', params: { kind: 'planDocument', visibleTo: 'both' } },
            { type: 'notify', params: { template: 'reported', to: 'registrar' } }],
        },
        revise: { target: 'drafting', actions: [{ type: 'set.consentDropped' }] },
      },
    }),
    registered: stage({
      stage: 'registered', words: { zh: '收文登记', en: 'Registration' }, clauses: ['C-7.7'], visibility: 'both', content: 'frozen', term: 'plan.registered',
      duties: [{ side: 'city', org: 'office', role: 'office.registrar', commands: ['register'] }],
    }, {
      on: {
        register: {
          target: 'officeReview',
          actions: [{ type: 'set.registered' }, { type: 'registerIncoming', params: {} }, { type: 'issueDocument', params: { kind: 'incomingReceipt', visibleTo: 'both' } }],
        },
      },
    }),
    officeReview: stage({
      stage: 'officeReview', words: { zh: '形式审查', en: 'Completeness check' }, clauses: ['C-7.7'], visibility: 'both', content: 'frozen', term: 'plan.officeReview',
      duties: [{ side: 'city', org: 'office', role: 'office.clerk', commands: ['acceptComplete', 'returnForCorrection'] }],
    }, {
      on: {
        acceptComplete: { target: 'directorDecision' },
        returnForCorrection: {
          target: 'correcting',
          actions: [{ type: 'pauseTerm', params: { term: 'plan.officeReview' } }, { type: 'set.remarked' },
            { type: 'issueDocument', params: { kind: 'correctionLetter', visibleTo: 'both' } }, { type: 'notify', params: { template: 'correctionWanted', to: 'clerk' } }],
        },
      },
    }),
    correcting: stage({
      stage: 'correcting', words: { zh: '补正', en: 'Correcting' }, clauses: ['C-7.7'], visibility: 'both', content: 'live', term: 'plan.correcting',
      duties: [{ side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['resubmit'] }],
    }, {
      on: {
        resubmit: [
          { guard: 'projectsOrMoneyChanged', target: 'governmentApproval',
            actions: [...freeze, { type: 'set.answered' }, { type: 'set.consentDropped' }, { type: 'notify', params: { template: 'consentWanted', to: 'consent' } }] },
          { guard: 'complete', target: 'officeReview', actions: [...freeze, { type: 'set.answered' }, release, { type: 'notify', params: { template: 'corrected', to: 'office' } }] },
        ],
      },
    }),
    directorDecision: stage({
      stage: 'directorDecision', words: { zh: '备案审定', en: 'Decision to file' }, clauses: ['C-7.7'], visibility: 'both', content: 'frozen', term: 'plan.directorDecision', paper: true,
      duties: [{ side: 'city', org: 'office', role: 'office.director', commands: ['file', 'sendBack'] }],
    }, {
      on: {
        file: { target: '#plan.filed' },
        sendBack: { target: 'officeReview', actions: [{ type: 'notify', params: { template: 'sentBack', to: 'office' } }] },
      },
    }),
  },
};

/** Whether the plan came in time: the earliest proven delivery against 30 September 24:00, Beijing time. */
const timeliness: ChartState = {
  initial: 'waiting',
  states: {
    waiting: stage({
      stage: 'waiting', words: { zh: '未到期', en: 'Not yet due' }, clauses: ['C-7.7'], visibility: 'both', duties: [], term: FILING,
    }, {
      on: {
        report: [{ guard: 'inTime', target: 'onTime' }, { guard: 'consented', target: 'late' }],
        [`term.${FILING}.due`]: { target: 'overdue', actions: [{ type: 'notify', params: { template: 'filingMissed', to: 'clerk' } }, { type: 'notify', params: { template: 'filingMissed', to: 'office' } }] },
        [`term.${FILING}.remind`]: { actions: [{ type: 'notify', params: { template: 'filingReminder', to: 'clerk' } }] },
        grantExtension: { target: 'waiting', reenter: true, guard: 'extensionIsLater', actions: [{ type: 'set.extended' }, { type: 'exception', params: { kind: 'extension' } }] },
      },
    }),
    overdue: stage({
      stage: 'overdue', words: { zh: '逾期未报', en: 'Overdue' }, clauses: ['C-7.7', 'C-7.13'], visibility: 'both', duties: [], term: 'plan.missed',
    }, {
      on: {
        report: { guard: 'consented', target: 'late' },
        'term.plan.missed.due': { actions: [{ type: 'notify', params: { template: 'supervisionDue', to: 'director' } }] },
        grantExtension: { target: 'waiting', guard: 'extensionIsLater', actions: [{ type: 'set.extended' }, { type: 'exception', params: { kind: 'extension' } }] },
      },
    }),
    onTime: { meta: timelinessMeta('onTime', '按期', 'On time') },
    late: {
      meta: timelinessMeta('late', '逾期报送', 'Filed late'),
      on: { register: { guard: 'provenInTime', target: 'onTime', actions: [{ type: 'exception', params: { kind: 'earlier-delivery' } }] } },
    },
  },
};

function timelinessMeta(name: string, zh: string, en: string) {
  return {
    stage: name, words: { zh, en }, clauses: ['C-7.7'], visibility: 'both' as const, duties: [],
    noTermBecause: { zh: '报送后不再计时', en: 'settled by the filing' },
  };
}

/** The yearly duty ends only on record, or exempted by the leading group. */
const filed = stage({
  stage: 'filed', words: { zh: '备案', en: 'On record' }, clauses: ['C-7.7'], visibility: 'both', content: 'frozen', duties: [],
  final: { outcome: 'filed', words: { zh: '已备案', en: 'On record' } },
}, {
  id: 'plan.filed',
  entry: [{ type: 'recordBaseline', params: {} }, { type: 'issueDocument', params: { kind: 'filingReceipt', visibleTo: 'both' } },
    { type: 'tellParent', params: { event: 'plan.ended' } }, { type: 'archiveCase', params: {} }],
});
const exempted = stage({
  stage: 'exempted', words: { zh: '经批准免报', en: 'Exempted' }, clauses: ['C-7.7'], visibility: 'both', duties: [],
  final: { outcome: 'exempted', words: { zh: '经批准免报', en: 'Exempted' } },
}, {
  entry: [{ type: 'exception', params: { kind: 'exemption' } }, { type: 'tellParent', params: { event: 'plan.ended' } }, { type: 'archiveCase', params: {} }],
});

/** `plan.v1`: one plan per filing unit and year. */
export function planV1(withdrawMinutes: number): AnyStateMachine {
  return chart<PlanContext>({
    id: 'plan',
    context: (input) => ({
      ...baseContext(input), planType: 'construction', turn: {}, cosigners: [], cosigned: false, remarks: [], consent: null, acknowledgement: null,
      incoming: null, reports: 0, submittedAt: null, signedFor: false, withdrawMinutes, extension: null,
    }),
    guards: {
      ...cosignGuards,
      notLastOfChain,
      complete: (_c, e) => fact(e, 'defects') === 0,
      withdrawable: (c) => !c.signedFor && c.submittedAt !== null && Date.parse(c.now) - Date.parse(c.submittedAt) < c.withdrawMinutes * 60_000,
      consentIsNotInFuture: (c, e) => before(`${String(e.date)}T00:00:00+08:00`, c.now),
      returnsToReview: (_c, e) => e.target === 'headReview',
      consented,
      // A region takes an event whatever its neighbour does: only a filing that the procedure takes counts here too.
      inTime: (c) => consented(c) && before(c.now, filingDue(c)),
      provenInTime: (c, e) => Boolean(e.evidence) && before(String(e.deliveredAt), filingDue(c)),
      extensionIsLater: (c, e) => before(filingDue(c), String(e.until)),
      projectsOrMoneyChanged: (_c, e) => fact(e, 'defects') === 0 && fact(e, 'projectsOrMoneyChanged') === true,
    },
    sets: {
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
      reported: (c) => ({ reports: c.reports + 1, acknowledgement: { number: `${c.caseNumber}-S${c.reports + 1}`, at: c.now } }),
      registered: (_c, e) => ({
        incoming: { number: fact(e, 'incomingNumber') as number, theirNumber: String(e.theirNumber), deliveredAt: String(e.deliveredAt), proven: Boolean(e.evidence) },
      }),
      extended: (c, e) => ({ extension: { until: String(e.until), basis: String(e.basis) }, dates: { ...c.dates, [FILING]: String(e.until) } }),
    },
    root: {
      initial: 'open',
      states: {
        open: {
          type: 'parallel',
          meta: { powers: [{ side: 'city', org: 'leaders', role: 'leader', commands: ['grantExtension', 'exempt'] }], paper: true },
          on: { exempt: { target: 'exempted' } },
          states: { procedure, timeliness },
        },
        filed, exempted,
      },
    },
  });
}
