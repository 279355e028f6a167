import type { Words } from '../../domain/text.js';
import type { CaseHead } from '../../reads/case-head.js';
import { stepsOf } from '../../../workflows/registry.js';
import type { WebServices } from '../services.js';
import { stageWords } from './stage-words.js';
import { lineVisits, pausing } from './visits-of-stages.js';

/** One step of the flow bar: passed, current or to come, with what the day says about it. */
export interface FlowStepView {
  words: Words;
  state: 'dn' | 'now' | '';
  late: boolean;
  number: number;
  /** The day the step was left, for a passed one. */
  day: Date | null;
  /** Times the step was entered, when more than once. */
  rounds: number | null;
  /** The stage within the step, where it differs from it: 补正 within 形式审查. */
  within: Words | null;
  /** Labels of the returns whose arc has its middle over this step; `half` puts it between this step and the one before, `self` above a loop within one. */
  labels: { half: boolean; self: boolean; words: Words; from: Date; to: Date | null; times: number }[];
}

/** A return as an arc of the picture: 100 units per step, drawn from the step that returned to the one it went back to. */
export interface FlowArc {
  path: string;
}

export interface FlowBar {
  steps: FlowStepView[];
  arcs: FlowArc[];
  /** One of the arcs is a loop within a step: too narrow for its label, which stands above it. */
  loops: boolean;
  /** Width of the picture: 100 per step. */
  width: number;
}

const STEP = 100;
const TOP = 7;
const BOTTOM = 26;

/** The main line of a case: a step is passed when it has been left and the case is not in it now, current when the case is in it. */
export function flowBar(services: WebServices, head: CaseHead, now: Date, scope: 'unit' | 'city' | 'system'): FlowBar {
  const steps = stepsOf(head.workflow, head.chartVersion);
  const visits = lineVisits(steps, head);
  const metas = services.stagesOf(head.workflow, head.chartVersion, head.pack);
  const inside = new Set(scope === 'city' ? metas.filter((meta) => meta.visibility === 'unit').map((meta) => meta.stage) : []);
  // A term that ran out in a stage that is over keeps its row; only that of the present stage makes it late.
  const present = new Set(metas.filter((meta) => visits.some((visit) => visit.stage === meta.stage && visit.leftAt === null)).map((meta) => meta.term));
  const overdue = head.terms.some((term) => present.has(term.term) && term.dueAt !== null && term.dueAt <= now && term.status !== 'paused');
  // How often a district sent its own draft back is its own affair.
  const returns = returnsOf(services, head).filter((one) => !inside.has(one.stage));
  const views = steps.map((step, index): FlowStepView => {
    const own = visits.filter((visit) => visit.step === index);
    const live = own.filter((visit) => visit.leftAt === null);
    const current = live.length > 0 && !(head.final && index === steps.length - 1);
    const passed = own.length > 0 && (!current || (head.final && live.length > 0));
    const within = live[0]?.stage;
    const entered = Math.max(0, ...step.stages.map((stage) => (inside.has(stage) ? 0 : own.filter((visit) => visit.stage === stage).length)));
    return {
      words: step.words, number: index + 1, state: passed ? 'dn' : current ? 'now' : '', late: current && !head.final && overdue,
      day: passed ? (own.at(-1)!.leftAt ?? own.at(-1)!.enteredAt) : null, rounds: entered > 1 ? entered : null,
      within: current && within !== undefined && within !== step.stages[0] ? stageWords(services, head, within) : null,
      labels: returns.filter(({ from, to }) => Math.ceil((from + to) / 2) === index).map((one) => ({ half: (one.from + one.to) % 2 === 1, self: one.from === one.to, words: one.words, from: one.at, to: one.until, times: one.times })),
    };
  });
  return { steps: views, arcs: returns.map(({ from, to }) => ({ path: arc(from, to) })), loops: returns.some(({ from, to }) => from === to), width: steps.length * STEP };
}

interface Return {
  stage: string;
  from: number;
  to: number;
  words: Words;
  at: Date;
  /** When the case was back where it had been returned from; null while it is not. */
  until: Date | null;
  times: number;
}

/** Every way back along the main line, and every correction within a step; the same way gone again is counted. */
function returnsOf(services: WebServices, head: CaseHead): Return[] {
  const steps = stepsOf(head.workflow, head.chartVersion);
  const visits = lineVisits(steps, head);
  const found = new Map<string, Return>();
  visits.forEach((visit, index) => {
    const before = visits[index - 1];
    if (before === undefined || visit.step > before.step) return;
    const within = visit.step === before.step;
    // Within a step only a correction is a return: officeReview → correcting. Its other stages follow one another.
    if (within && !pausing.has(visit.stage)) return;
    const until = visits.slice(index + 1).find((later) => later.step >= before.step && later.stage !== visit.stage)?.enteredAt ?? null;
    const key = `${before.step} ${visit.step}`;
    const known = found.get(key);
    found.set(key, { stage: visit.stage, from: before.step, to: visit.step, words: stageWords(services, head, visit.stage), at: visit.enteredAt, until, times: (known?.times ?? 0) + 1 });
  });
  return [...found.values()];
}

/** From above one step to above another; within one step a loop of half its width. */
function arc(from: number, to: number): string {
  const [right, left] = from === to ? [(from + 0.8) * STEP, (from + 0.2) * STEP] : [(from + 0.5) * STEP, (to + 0.5) * STEP];
  return `M${right} ${BOTTOM}V${TOP + 5}Q${right} ${TOP} ${right - 6} ${TOP}H${left + 6}Q${left} ${TOP} ${left} ${TOP + 5}V${BOTTOM}`;
}

/** Whether a plan came in time, from the stages of its second region; null for other workflows. */
export function timeliness(services: WebServices, head: CaseHead): { words: Words; tone: 'green' | 'amber' | 'red' } | null {
  const tones = { onTime: 'green', extended: 'amber', late: 'red', overdue: 'red' } as const;
  const live = head.stages.filter((visit) => visit.leftAt === null || head.final).map((visit) => visit.stage);
  const stage = (Object.keys(tones) as (keyof typeof tones)[]).filter((one) => live.includes(one)).at(0);
  return head.workflow === 'plan' && stage !== undefined ? { words: stageWords(services, head, stage), tone: tones[stage] } : null;
}
