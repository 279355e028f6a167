import { words, type Words } from '../../domain/text.js';
import type { Held, HeldTask, HeldTerm, Standing } from './standing.js';

const lost = (before: readonly Held[], after: readonly Held[]): Held[] => {
  const there = new Set(after.map((one) => one.id));
  return before.filter((one) => !there.has(one.id));
};

/** Everything a case would lose on its way from one standing to the other: a task or its owner, a term or its days, an approval, a right. */
export function lossesBetween(before: Standing, after: Standing): Words[] {
  return [
    ...before.tasks.flatMap((task) => taskLoss(task, after.tasks.find((one) => one.id === task.id))),
    ...before.terms.flatMap((term) => termLoss(term, after.terms.find((one) => one.id === term.id))),
    ...lost(before.approvals, after.approvals).map((one) => words(`失去已作出的：${one.words.zh}`, `would lose what has been given: ${one.words.en}`)),
    ...lost(before.rights, after.rights).map((one) => words(`失去权利：${one.words.zh}`, `would lose the right: ${one.words.en}`)),
  ];
}

function taskLoss(task: HeldTask, then: HeldTask | undefined): Words[] {
  if (!then) return [words(`失去待办：${task.words.zh}`, `would lose the task: ${task.words.en}`)];
  const same = (['side', 'role', 'org', 'post', 'person'] as const).every((name) => task.owner[name] === then.owner[name]);
  const gone = task.commands.filter((command) => !then.commands.includes(command));
  return [
    ...(same ? [] : [words(`待办换了人：${task.words.zh} → ${then.words.zh}`, `the task would pass to another: ${task.words.en} → ${then.words.en}`)]),
    ...(gone.length === 0 ? [] : [words(`待办“${task.words.zh}”不能再办：${gone.join('、')}`, `the task “${task.words.en}” could no longer be dealt with by: ${gone.join(', ')}`)]),
    ...(task.dueAt !== null && then.dueAt !== task.dueAt ? [words(`待办期限变动：${task.words.zh}`, `the task would be due at another time: ${task.words.en}`)] : []),
  ];
}

function termLoss(term: HeldTerm, then: HeldTerm | undefined): Words[] {
  const same = then && (['status', 'startedAt', 'used', 'budget', 'dueAt'] as const).every((name) => term[name] === then[name]);
  return same ? [] : [words(`期限变动或不再计时：${term.words.zh}`, `the term would change or run no longer: ${term.words.en}`)];
}
