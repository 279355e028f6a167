import { named, stage, type ChartState } from './patterns/chart.js';
import { chainDuty } from './patterns/chain.js';
import { jumping } from './patterns/jump.js';
import { returnsFrom } from './patterns/returns.js';

/** The statutory date by which the plan is due. */
export const FILING = 'plan.filing';

const freeze = [{ type: 'freezeContent', params: {} }, { type: 'set.submitted' }, { type: 'set.sentIn' }] as const;
const wentBack = { type: 'set.wentBack' } as const;
const consentWanted = { type: 'notify', params: { template: 'consentWanted', to: 'consent' } } as const;
const release = { type: 'releaseContent', params: {} } as const;

/** The unit's own steps, from the first draft to the filing (lifecycle §1). */
export const unitSteps: Record<string, ChartState> = {
  drafting: stage({
    stage: 'drafting', words: { zh: '起草', en: 'Drafting' }, clauses: ['C-7.5'], visibility: 'unit', content: 'live', dueBy: FILING,
    duties: [{ side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['submit', 'requestPreReview'] }],
    powers: [{ side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['dropAmendment'] }],
    noTermBecause: { zh: '报送期限即起草期限', en: 'bounded by the filing deadline' },
  }, {
    on: {
      submit: [
        { guard: { type: 'completeAndStraight', params: { at: 'drafting', to: 'governmentApproval' } }, target: 'governmentApproval', actions: [...freeze, wentBack, consentWanted] },
        { target: 'headReview', guard: 'complete', actions: [...freeze, wentBack] },
      ],
      requestPreReview: { target: 'preReview', actions: [...freeze, { type: 'set.innerDropped' }, release] },
      // The plan on record stands; only what was to change it is given up.
      dropAmendment: { guard: 'amendment', target: '#plan.main.dropped' },
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
    term: 'plan.headReview', withdrawable: true, paper: true, notBySubmitter: true, signers: true, back: ['returnToDraft'],
    duties: [{ ...chainDuty('hrss', 'plan.headReview', 'unit'), commands: ['approve', 'returnToDraft', 'seekOpinions'] }],
    powers: [{ side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['withdraw'] }],
  }, {
    on: {
      open: { actions: [{ type: 'set.signedFor' }] },
      approve: [
        { guard: { type: 'notLastOfChain', params: { chain: 'plan.headReview' } }, target: 'headReview', reenter: true,
          actions: [{ type: 'set.nextOfChain', params: { chain: 'plan.headReview' } }] },
        { target: 'governmentApproval', actions: [wentBack, consentWanted] },
      ],
      returnToDraft: { target: 'drafting', actions: [{ type: 'set.remarked' }, { type: 'notify', params: { template: 'returned', to: 'clerk' } }] },
      seekOpinions: { target: 'coSign', actions: [{ type: 'set.cosignersAsked' }, { type: 'notify', params: { template: 'opinionWanted', to: 'cosigners' } }] },
      withdraw: { target: 'drafting', guard: 'withdrawable', actions: [{ type: 'cancelEffects', params: {} }] },
    },
  }),
  coSign: stage({
    stage: 'coSign', words: { zh: '区内会签', en: 'Co-signing' }, clauses: ['C-7.5', 'C-7.3'], visibility: 'unit', content: 'frozen', term: 'plan.coSign', paper: true,
    duties: [{ side: 'unit', each: 'cosigners', commands: ['agree', 'object'] }],
    powers: [{ side: 'unit', org: 'hrss', role: 'unit.head', commands: ['addCosigner', 'removeCosigner', 'proceed', 'endRound'] }],
  }, {
    on: {
      agree: { actions: [{ type: 'set.cosignAnswered', params: { answer: 'agreed' } }] },
      object: { actions: [{ type: 'set.cosignAnswered', params: { answer: 'objected' } }] },
      addCosigner: { guard: 'cosignerIsNew', actions: [{ type: 'set.cosignerAdded' }, { type: 'notify', params: { template: 'opinionWanted', to: 'cosigners' } }] },
      removeCosigner: { guard: 'cosignerIsPending', actions: [{ type: 'set.cosignerRemoved' }] },
      proceed: { target: 'headReview', guard: 'silenceIsOverdue', actions: [{ type: 'set.cosignClosed' }] },
      // A return while others are still signing: who has not answered need not any more, and what was said stays said.
      endRound: { target: 'drafting', actions: [{ type: 'set.remarked' }, { type: 'set.cosignClosed' }, { type: 'notify', params: { template: 'returned', to: 'clerk' } }] },
      'term.plan.coSign.due': { actions: [{ type: 'set.cosignOverdue' }, { type: 'notify', params: { template: 'overdue', to: 'cosigners' } }] },
    },
    always: [{ guard: 'everyoneAnswered', target: 'headReview', actions: [{ type: 'set.cosignClosed' }] }],
  }),
  governmentApproval: stage({
    stage: 'governmentApproval', words: { zh: '本级政府审定', en: 'Government consent' }, clauses: ['C-7.6'], visibility: 'unit', content: 'frozen',
    term: 'plan.governmentApproval', paper: true, notBySubmitter: true, signers: true, back: ['returnTo', 'refuseConsent'], returns: ['headReview', 'drafting'],
    duties: [{ ...chainDuty('consent', 'plan.governmentApproval', 'unit'), commands: ['consent', 'returnTo', 'refuseConsent'] }],
  }, {
    on: {
      open: { actions: [{ type: 'set.signedFor' }] },
      consent: { target: 'reporting', guard: 'consentIsNotInFuture', actions: [{ type: 'set.consented' }, { type: 'notify', params: { template: 'consented', to: 'clerk' } }] },
      returnTo: returnsFrom('governmentApproval', ['headReview', 'drafting'], (target) => [
        { type: 'set.remarked' }, { type: 'notify', params: { template: 'returned', to: target === 'drafting' ? 'clerk' : 'head' } },
      ]),
      refuseConsent: { target: 'drafting', actions: [{ type: 'set.remarked' }, { type: 'notify', params: { template: 'consentRefused', to: 'clerk' } }] },
    },
  }),
  reporting: stage({
    stage: 'reporting', words: { zh: '报送', en: 'Filing' }, clauses: ['C-7.7'], visibility: 'unit', content: 'frozen', dueBy: FILING,
    noTermBecause: { zh: '以报送期限为准', en: 'bounded by the filing deadline' },
    duties: [{ side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['report', 'revise'] }],
  }, {
    on: {
      report: {
        target: 'registered', guard: 'consented',
        actions: [{ type: 'set.reported' }, { type: 'set.innerDropped' }, release, { type: 'issueDocument', params: { kind: 'acknowledgement', visibleTo: 'both' } },
          { type: 'issueDocument', params: { kind: 'planCoverReport', visibleTo: 'both' } },
          { type: 'issueDocument', params: { kind: 'planDocument', visibleTo: 'both' } },
          { type: 'notify', params: { template: 'reported', to: 'registrar' } }],
      },
      revise: { target: 'drafting', actions: [{ type: 'set.consentDropped' }] },
    },
  }),
};

/** 收文登记, which leads to the office's check. */
export const registration = (check: string): ChartState => stage({
  stage: 'registered', words: { zh: '收文登记', en: 'Registration' }, clauses: ['C-7.7'], visibility: 'both', content: 'frozen', term: 'plan.registered', jumpStop: true,
  duties: [{ side: 'city', org: 'office', role: 'office.registrar', commands: ['register'] }],
}, {
  on: {
    register: {
      target: check,
      actions: [{ type: 'set.registered' }, { type: 'registerIncoming', params: {} }, { type: 'issueDocument', params: { kind: 'incomingReceipt', visibleTo: 'both' } }],
    },
  },
});

/** The office's check as one person makes it. */
const officeReview = stage({
  stage: 'officeReview', words: { zh: '形式审查', en: 'Completeness check' }, clauses: ['C-7.7'], visibility: 'both', content: 'frozen', term: 'plan.officeReview', jumpStop: true, signers: true, back: ['returnForCorrection'],
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
});

/** 补正: a change of projects, standards or money passes the consent organ again, any other goes back to the check. */
export const correction = (check: string): ChartState => stage({
  stage: 'correcting', words: { zh: '补正', en: 'Correcting' }, clauses: ['C-7.7'], visibility: 'both', content: 'live', term: 'plan.correcting',
  duties: [{ side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['resubmit'] }],
}, {
  on: {
    resubmit: [
      { guard: 'projectsOrMoneyChanged', target: 'governmentApproval', actions: [...freeze, { type: 'set.answered' }, { type: 'set.consentDropped' }, consentWanted] },
      { guard: 'complete', target: check, actions: [...freeze, { type: 'set.answered' }, release, { type: 'issueDocument', params: { kind: 'planDocument', visibleTo: 'both' } },
        { type: 'notify', params: { template: 'corrected', to: 'office' } }] },
    ],
  },
});

/** 备案审定, which may send the plan back to whoever checked it. */
export const decision = (check: string): ChartState => stage({
  stage: 'directorDecision', words: { zh: '备案审定', en: 'For decision' }, clauses: ['C-7.7'], visibility: 'both', content: 'frozen', term: 'plan.directorDecision', jumpStop: true, paper: true, signers: true, back: ['sendBack'],
  duties: [{ side: 'city', org: 'office', role: 'office.director', commands: ['file', 'sendBack'] }],
}, {
  on: {
    file: { target: '#plan.main.filed' },
    sendBack: { target: check, actions: [{ type: 'notify', params: { template: 'sentBack', to: 'office' } }] },
  },
});

/** The steps of the plan in their order. */
export const procedure = named('办理', 'Procedure', {
  initial: 'drafting',
  on: jumping(['registered', 'officeReview', 'directorDecision']),
  states: { ...unitSteps, registered: registration('officeReview'), officeReview, correcting: correction('officeReview'), directorDecision: decision('officeReview') },
});

/** The yearly duty ends only on record, or exempted by the leading group. */
export const filed = (check: string): ChartState => stage({
  stage: 'filed', words: { zh: '备案', en: 'On record' }, clauses: ['C-7.7'], visibility: 'both', content: 'frozen', duties: [],
  final: { outcome: 'filed', words: { zh: '已备案', en: 'On record' } },
  powers: [{ side: 'city', org: 'office', role: 'office.director', commands: ['wake'] }],
}, {
  // A filing that is looked at again was judged for its time already.
  on: { wake: { target: [`#plan.main.open.procedure.${check}`, '#plan.main.open.timeliness.was', '#plan.main.open.delivery.was'], actions: [{ type: 'exception', params: { kind: 'woken' } }, { type: 'notify', params: { template: 'woken', to: 'office' } }] } },
  entry: [{ type: 'recordBaseline', params: {} }, { type: 'issueDocument', params: { kind: 'filingReceipt', visibleTo: 'both' } },
    { type: 'tellParent', params: { event: 'plan.ended' } }, { type: 'archiveCase', params: {} }],
});
export const exempted = stage({
  stage: 'exempted', words: { zh: '经批准免报', en: 'Exempted' }, clauses: ['C-7.7'], visibility: 'both', duties: [],
  final: { outcome: 'exempted', words: { zh: '经批准免报', en: 'Exempted' } },
}, {
  entry: [{ type: 'exception', params: { kind: 'exemption' } }, { type: 'tellParent', params: { event: 'plan.ended' } }, { type: 'archiveCase', params: {} }],
});
export const dropped = stage({
  stage: 'dropped', words: { zh: '不再调整', en: 'Amendment dropped' }, clauses: ['C-7.7'], visibility: 'both', duties: [],
  final: { outcome: 'dropped', words: { zh: '不再调整，原方案有效', en: 'Dropped; the plan on record stands' } },
}, { entry: [{ type: 'archiveCase', params: {} }] });
