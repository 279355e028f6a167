import type { Words } from '../../domain/text.js';
import type { CaseHead } from '../../reads/case-head.js';
import type { WebServices } from '../services.js';
import { stageWords } from './stage-words.js';

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
}

/** The main line of a case: a step is passed when it has been left and the case is not in it now, current when the case is in it. */
export function flowBar(services: WebServices, head: CaseHead, now: Date): FlowStepView[] {
  const { steps } = services.workflowOf(head.workflow);
  const overdue = head.terms.some((term) => term.dueAt !== null && term.dueAt <= now && term.status !== 'paused');
  return steps.map((step, index) => {
    const visits = head.stages.filter((visit) => step.stages.includes(visit.stage));
    const live = visits.filter((visit) => visit.leftAt === null);
    const current = live.length > 0 && !(head.final && index === steps.length - 1);
    const ended = head.final && live.length > 0;
    const passed = visits.length > 0 && (!current || ended);
    const inside = live[0]?.stage;
    return {
      words: step.words, number: index + 1, state: passed ? 'dn' : current ? 'now' : '', late: current && !head.final && overdue,
      day: passed ? (visits.at(-1)!.leftAt ?? visits.at(-1)!.enteredAt) : null, rounds: visits.length > 1 ? visits.length : null,
      within: current && inside !== undefined && inside !== step.stages[0] ? stageWords(services, head, inside) : null,
    };
  });
}

/** Whether a plan came in time, from the stages of its second region; null for other workflows. */
export function timeliness(head: CaseHead): 'waiting' | 'overdue' | 'onTime' | 'late' | null {
  const order = ['onTime', 'late', 'overdue', 'waiting'] as const;
  const live = head.stages.filter((visit) => visit.leftAt === null || head.final).map((visit) => visit.stage);
  return head.workflow === 'plan' ? (order.find((stage) => live.includes(stage)) ?? null) : null;
}
