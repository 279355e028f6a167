import type { AnyStateMachine } from 'xstate';
import { NotFound } from '../src/domain/errors.js';
import { words, type Words } from '../src/domain/text.js';
import { acceptanceV1 } from './acceptance.v1.js';
import { inspectionV1 } from './inspection.v1.js';
import { matterV1 } from './matter.v1.js';
import { planV1 } from './plan.v1.js';
import { planV2 } from './plan.v2.js';
import type { PinnedPack } from './policies/pack-registry.js';
import type { PolicyPack } from './policies/policy-pack.js';
import { programmeV1 } from './programme.v1.js';

/** One step of the main line, as the flow bar shows it. `stages` are the stages it stands for: returns and corrections belong to their step. */
export interface FlowStep {
  readonly words: Words;
  readonly stages: readonly string[];
}

export interface Workflow {
  readonly id: string;
  readonly words: Words;
  /** Several may be live for one unit and year; every other workflow has one. */
  readonly several?: true;
  /** The main line in its order, as the first version has it. */
  readonly steps: readonly FlowStep[];
  /** The main line of a later version, where it is another. */
  readonly laterSteps?: Readonly<Record<number, readonly FlowStep[]>>;
  /** The version new cases are opened with where their city has not ordered another; the latest if left out. */
  readonly opensWith?: number;
  /** A version is a function of the pack only. */
  readonly versions: Readonly<Record<number, (pack: PolicyPack) => AnyStateMachine>>;
}

const step = (zh: string, en: string, ...stages: string[]): FlowStep => ({ words: words(zh, en), stages });

const planUntilRegistered = [
  step('起草', 'Drafting', 'drafting', 'preReview'), step('人社局审核', 'HRSS review', 'headReview', 'coSign'),
  step('本级政府审定', 'Consent', 'governmentApproval'), step('报送', 'Filing', 'reporting'), step('收文登记', 'Registration', 'registered'),
];
const planFromDecision = [step('备案审定', 'Decision', 'directorDecision'), step('备案', 'On record', 'filed')];

/** Every workflow that is shipped, parents first. */
export const workflows: readonly Workflow[] = [
  {
    id: 'programme', words: words('年度工作', 'Programme year'), versions: { 1: () => programmeV1() },
    steps: [
      step('编报方案', 'Plan', 'planning'), step('年度检查', 'Inspection', 'inspectionNotStarted', 'inspectionRunning', 'inspectionDone'),
      step('验收', 'Acceptance', 'acceptanceNotStarted', 'acceptanceRunning', 'acceptanceDone', 'acceptanceNotNeeded'),
      step('年度办结', 'Closing', 'closing'), step('预归档', 'Pre-archiving', 'preArchiving', 'preArchived'),
    ],
  },
  {
    id: 'plan', words: words('实施方案', 'Implementation plan'), versions: { 1: (pack) => planV1(pack.timing.withdrawMinutes.value), 2: (pack) => planV2(pack.timing.withdrawMinutes.value) }, opensWith: 1,
    steps: [
      ...planUntilRegistered, step('形式审查', 'Completeness check', 'officeReview', 'correcting'), ...planFromDecision,
    ],
    laterSteps: { 2: [...planUntilRegistered, step('初审', 'First check', 'firstCheck', 'correcting'), step('复核', 'Second check', 'secondCheck'), ...planFromDecision] },
  },
  {
    id: 'inspection', words: words('年度检查', 'Yearly inspection'), versions: { 1: () => inspectionV1() },
    steps: [
      step('排定', 'Scheduling', 'planning'), step('现场检查', 'On site', 'onSite'), step('汇总', 'Consolidating', 'consolidating'),
      step('整改通知', 'Notice', 'noticeOfRectification'), step('反馈', 'Feedback', 'feedback', 'objection'), step('整改', 'Rectifying', 'rectifying'), step('办结', 'Closed', 'closed'),
    ],
  },
  {
    id: 'acceptance', words: words('验收', 'Acceptance'), versions: { 1: (pack) => acceptanceV1(pack) },
    steps: [
      step('申请', 'Applying', 'applying'), step('受理', 'Eligibility', 'eligibility', 'correcting'), step('组成小组', 'Team', 'forming'), step('现场验收', 'On site', 'onSite'),
      step('评分', 'Scoring', 'scoring'), step('起草报告', 'Drafting', 'drafting'), step('会签', 'Signing', 'signing'), step('签发', 'Issuing', 'issuing', 'numbering'),
      step('整改复验', 'Rectification', 'rectifying', 'reinspection'), step('结论', 'Conclusion', 'passed', 'failed'),
    ],
  },
  {
    id: 'matter', words: words('呈批事项', 'Matter for decision'), several: true, versions: { 1: (pack) => matterV1(pack) },
    steps: [
      step('拟稿', 'Drafting', 'drafting', 'reworking'), step('签署表决', 'Deciding', 'inTurn', 'signEach', 'signAny', 'vote'), step('办结', 'Decided', 'agreed', 'refused', 'cancelled'),
    ],
  },
];

const machines = new Map<string, AnyStateMachine>();

/** What is known of a workflow. @throws NotFound for one that is not shipped */
export function workflowNamed(id: string): Workflow {
  const found = workflows.find((one) => one.id === id);
  if (found === undefined) throw unknown(id);
  return found;
}

/**
 * The chart of a version under a pack, compiled once per pack content: making a machine costs eight times a transition.
 * @throws NotFound for a workflow or version that is not shipped – never a guess at the nearest one
 */
export function machineFor(workflow: string, version: number, { hash, pack }: Pick<PinnedPack, 'hash' | 'pack'>): AnyStateMachine {
  const key = `${workflow}.v${version}@${hash}`;
  const known = machines.get(key);
  if (known !== undefined) return known;
  const { versions } = workflowNamed(workflow);
  const make = Object.hasOwn(versions, version) ? versions[version] : undefined;
  if (make === undefined) throw unknown(`${workflow}.v${version}`);
  const machine = make(pack);
  machines.set(key, machine);
  return machine;
}

/** The version new cases are opened with where their city has not ordered another. @throws NotFound */
export function currentVersion(workflow: string): number {
  const { opensWith, versions } = workflowNamed(workflow);
  return opensWith ?? Math.max(...Object.keys(versions).map(Number));
}

/** The main line of a version: what the flow bar shows. @throws NotFound */
export function stepsOf(workflow: string, version: number): readonly FlowStep[] {
  const { steps, laterSteps = {} } = workflowNamed(workflow);
  return laterSteps[version] ?? steps;
}

function unknown(name: string): NotFound {
  return new NotFound('no-such-workflow', words(`没有“${name}”这个流程。`, `There is no workflow “${name}”.`));
}
