import { stage, type ChartState, type ChartTransition } from './patterns/chart.js';
import type { DutyRule } from './vocabulary.js';

const office = { side: 'city' as const, org: 'office' as const };
const unitClerk = { side: 'unit' as const, org: 'hrss' as const, role: 'unit.clerk' as const };
const leader = (...commands: string[]): DutyRule => ({ side: 'city', each: 'lead', commands });
const replace: DutyRule = { ...office, role: 'office.clerk', commands: ['replaceMember'] };

const freezeAndRelease = [
  { type: 'freezeContent', params: {} }, { type: 'set.applied' }, { type: 'set.sentIn' }, { type: 'releaseContent', params: {} }, { type: 'notify', params: { template: 'applied', to: 'office' } },
] as const;
const replaceMember: ChartTransition = {
  guard: 'complete',
  actions: [{ type: 'set.memberReplaced' }, { type: 'exception', params: { kind: 'member-replaced' } }, { type: 'notify', params: { template: 'teamChanged', to: 'members' } }],
};
const ended = [
  { type: 'tellParent', params: { event: 'acceptance.ended' } }, { type: 'archiveCase', params: {} },
] as const;
const told = { type: 'notify', params: { template: 'acceptanceDecided', to: 'clerk' } } as const;

const outcome = (name: string, zh: string, en: string, entry: ChartState['entry'] = []): ChartState =>
  stage({
    stage: name, words: { zh, en }, clauses: ['C-7.10'], visibility: 'both', duties: [], final: { outcome: name, words: { zh, en } },
  }, { entry: [...entry, told, ...ended] });

/** The steps of an acceptance (lifecycle §3). What the team writes before the report is issued is the city's own. */
export const acceptanceStates: Record<string, ChartState> = {
  applying: stage({
    stage: 'applying', words: { zh: '申请验收', en: 'Applying' }, clauses: ['C-7.10', 'C-1.4'], visibility: 'unit', content: 'live',
    noTermBecause: { zh: '项目完成后由单位申请，不设期限', en: 'the unit applies when its projects are complete' },
    duties: [{ ...unitClerk, commands: ['apply', 'abandon'] }],
  }, {
    on: {
      apply: { target: 'eligibility', guard: 'complete', actions: [...freezeAndRelease] },
      abandon: { target: 'abandoned' },
    },
  }),
  eligibility: stage({
    stage: 'eligibility', words: { zh: '受理', en: 'Eligibility' }, clauses: ['C-7.10'], visibility: 'both', content: 'frozen', term: 'acceptance.eligibility', signers: true, back: ['requestCorrection', 'refuseApplication'],
    duties: [{ ...office, role: 'office.clerk', commands: ['acceptApplication', 'requestCorrection', 'refuseApplication'] }],
  }, {
    on: {
      acceptApplication: { target: 'forming', actions: [{ type: 'notify', params: { template: 'applicationAccepted', to: 'clerk' } }] },
      requestCorrection: {
        target: 'correcting',
        actions: [{ type: 'pauseTerm', params: { term: 'acceptance.eligibility' } }, { type: 'set.remarked' }, { type: 'notify', params: { template: 'correctionWanted', to: 'clerk' } }],
      },
      refuseApplication: { target: 'refused' },
    },
  }),
  correcting: stage({
    stage: 'correcting', words: { zh: '补正', en: 'Correcting' }, clauses: ['C-7.10'], visibility: 'both', content: 'live', term: 'acceptance.correcting',
    duties: [{ ...unitClerk, commands: ['reapply'] }],
  }, { on: { reapply: { target: 'eligibility', guard: 'complete', actions: [...freezeAndRelease] } } }),
  forming: stage({
    stage: 'forming', words: { zh: '组成验收小组', en: 'Forming the team' }, clauses: ['C-7.8'], visibility: 'city', content: 'frozen', term: 'acceptance.forming', paper: true,
    duties: [{ ...office, role: 'office.clerk', commands: ['formTeam'] }],
  }, {
    on: {
      formTeam: {
        target: 'onSite', guard: 'complete',
        actions: [{ type: 'set.teamFormed' }, { type: 'notify', params: { template: 'teamFormed', to: 'members' } }, { type: 'notify', params: { template: 'teamFormed', to: 'clerk' } }],
      },
    },
  }),
  onSite: stage({
    stage: 'onSite', words: { zh: '现场验收', en: 'On site' }, clauses: ['C-7.10', 'C-3.1'], visibility: 'city', content: 'frozen', term: 'acceptance.onSite',
    duties: [leader('recordVisit')], powers: [replace],
  }, { on: { recordVisit: { target: 'scoring', guard: 'complete', actions: [{ type: 'set.visited' }] }, replaceMember } }),
  scoring: stage({
    stage: 'scoring', words: { zh: '评分', en: 'Scoring' }, clauses: ['C-7.10', 'C-1.4'], visibility: 'city', content: 'frozen', term: 'acceptance.scoring',
    duties: [{ side: 'city', each: 'members', commands: ['scoreItems'] }], powers: [replace],
  }, {
    on: { scoreItems: { guard: 'complete', actions: [{ type: 'set.scored' }] }, replaceMember },
    always: [{ guard: 'everyItemScored', target: 'drafting' }],
  }),
  drafting: stage({
    stage: 'drafting', words: { zh: '起草报告', en: 'Drafting the report' }, clauses: ['C-7.10'], visibility: 'city', content: 'frozen', term: 'acceptance.drafting',
    duties: [leader('submitDraft')], powers: [replace],
  }, {
    on: {
      submitDraft: [
        { guard: 'conclusionChanges', target: 'signing', actions: [{ type: 'set.drafted' }, { type: 'exception', params: { kind: 'conclusion-changed' } }] },
        { guard: 'conclusionHolds', target: 'signing', actions: [{ type: 'set.drafted' }] },
      ],
      replaceMember,
    },
  }),
  signing: stage({
    stage: 'signing', words: { zh: '小组会签', en: 'Signing' }, clauses: ['C-7.10'], visibility: 'city', content: 'frozen', term: 'acceptance.signing', paper: true,
    duties: [{ side: 'city', each: 'members', commands: ['sign', 'dissent'] }], powers: [leader('takeBackDraft'), replace],
  }, {
    on: {
      sign: { actions: [{ type: 'set.signed', params: { outcome: 'signed' } }] },
      dissent: { actions: [{ type: 'set.signed', params: { outcome: 'dissent' } }] },
      takeBackDraft: { target: 'drafting', actions: [{ type: 'set.takenBack' }] },
      replaceMember,
    },
    always: [{ guard: 'everyoneSigned', target: 'issuing' }],
  }),
  issuing: stage({
    stage: 'issuing', words: { zh: '签发', en: 'Issuing' }, clauses: ['C-7.10'], visibility: 'city', content: 'frozen', term: 'acceptance.issuing', paper: true, signers: true, back: ['sendBackForReconsideration'],
    duties: [{ ...office, role: 'office.director', commands: ['issue', 'sendBackForReconsideration'] }],
  }, {
    on: {
      issue: { target: 'numbering' },
      sendBackForReconsideration: {
        target: 'drafting', guard: 'mayReconsider',
        actions: [{ type: 'set.sentBack' }, { type: 'exception', params: { kind: 'reconsideration' } }, { type: 'notify', params: { template: 'sentBack', to: 'members' } }],
      },
    },
  }),
  // A number is allocated once the paper is sure to be made: the case waits here for the paper itself.
  numbering: stage({
    stage: 'numbering', words: { zh: '编号用印', en: 'Numbering and sealing' }, clauses: ['C-7.10'], visibility: 'city', content: 'frozen', term: 'acceptance.issuing',
    duties: [],
  }, {
    entry: [{ type: 'issueDocument', params: { kind: 'acceptanceReport', visibleTo: 'both', then: true } }],
    on: {
      'document.issued': [
        { guard: { type: 'issuedAs', params: { conclusion: 'passed' } }, target: 'passed', actions: [{ type: 'set.documentIssued' }] },
        { guard: { type: 'issuedAs', params: { conclusion: 'conditional' } }, target: 'rectifying', actions: [{ type: 'set.documentIssued' }, { type: 'set.rectificationOrdered' }, told] },
        { guard: { type: 'issuedAs', params: { conclusion: 'failed' } }, target: 'failed', actions: [{ type: 'set.documentIssued' }] },
        { actions: [{ type: 'set.documentIssued' }] },
      ],
      'document.refused': [
        { guard: 'refusedAfterReinspection', target: 'reinspection', actions: [{ type: 'set.documentRefused' }, { type: 'notify', params: { template: 'reportRefused', to: 'members' } }] },
        { guard: 'reportRefused', target: 'drafting', actions: [{ type: 'set.documentRefused' }, { type: 'notify', params: { template: 'reportRefused', to: 'members' } }] },
        { actions: [{ type: 'set.documentRefused' }] },
      ],
    },
  }),
  rectifying: stage({
    stage: 'rectifying', words: { zh: '限期整改', en: 'Rectifying' }, clauses: ['C-7.10'], visibility: 'both', content: 'frozen', term: 'acceptance.rectifying',
    duties: [{ ...unitClerk, each: 'findings', commands: ['submitRectification'] }],
  }, {
    on: {
      submitRectification: { guard: 'complete', actions: [{ type: 'set.rectified' }] },
      'term.acceptance.rectifying.due': {
        target: 'reinspection',
        actions: [{ type: 'exception', params: { kind: 'rectification-overdue' } }, { type: 'notify', params: { template: 'overdue', to: 'clerk' } }],
      },
    },
    always: [{ guard: 'everyFindingAnswered', target: 'reinspection', actions: [{ type: 'notify', params: { template: 'rectificationSubmitted', to: 'members' } }] }],
  }),
  reinspection: stage({
    stage: 'reinspection', words: { zh: '复验', en: 'Re-inspection' }, clauses: ['C-7.10'], visibility: 'city', content: 'frozen', term: 'acceptance.reinspection',
    duties: [leader('confirmRectification')], powers: [replace],
  }, {
    on: {
      confirmRectification: { target: 'numbering', guard: 'complete', actions: [{ type: 'set.reinspected' }] },
      replaceMember,
    },
  }),
  passed: outcome('passed', '验收合格', 'Passed', [{ type: 'recordBaseline', params: {} }]),
  failed: outcome('failed', '验收不合格', 'Failed'),
  refused: outcome('refused', '不予受理', 'Application refused'),
  abandoned: stage({
    stage: 'abandoned', words: { zh: '撤回申请', en: 'Application abandoned' }, clauses: ['C-7.10'], visibility: 'both', duties: [],
    final: { outcome: 'abandoned', words: { zh: '撤回申请', en: 'Abandoned' } },
  }, { entry: [...ended] }),
};
