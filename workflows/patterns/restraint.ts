import { words, type Words } from '../../src/domain/text.js';
import type { BaseContext, CommandEvent, StageMeta } from '../vocabulary.js';
import { ASKING, SIGNING, openSigners, placeOf } from './added-signers.js';

const names = (list: { name: string }[]): string => list.map((one) => one.name).join('、');

/** Commands that are a person's but no decision of the procedure. */
const beside = new Set(['open', 'hold', 'resume', 'proposeJump', 'confirmJump', 'rejectJump', 'reviewAfterwards', ...SIGNING]);

/**
 * Why a person must not give a command now although the procedure would take it; null when he may. On hold nothing but going on; not by
 * whoever sent in what is judged; not before the signers asked for it have answered, except to send it back past those asked beside.
 */
export function restraintOn(context: BaseContext, stages: readonly StageMeta[], event: Pick<CommandEvent, 'type' | 'by' | 'task'>): Words | null {
  const [hold] = context.holding;
  if (hold && event.type !== 'resume' && event.type !== 'open') {
    return words(`案卷已由${hold.name}挂起（${hold.reason}），恢复办理后再办。`, `The case is on hold by ${hold.name} (${hold.reason}); it has to be resumed first.`);
  }
  const place = placeOf(event as CommandEvent);
  const stage = stages.find((s) => s.stage === place.stage);
  if (!stage || beside.has(event.type)) return null;
  if (stage.notBySubmitter && context.submittedBy !== null && (event.by?.person === context.submittedBy || event.by?.standsFor === context.submittedBy)) {
    return words('送审的人不能审自己送的件，代理人也不能代他审，请由本岗位其他人或上级办理。', 'Whoever sent this in may not judge it, nor may a deputy in his place; another holder of the post or a superior has to.');
  }
  if (stage.notByChecker && context.checkedBy != null && (event.by?.person === context.checkedBy || event.by?.standsFor === context.checkedBy)) {
    return words('初审的人不能复核自己审过的件，请由本岗位其他人复核。', 'Whoever made the first check may not make the second; another holder of the post has to.');
  }
  if (event.type === 'removeSigner') return null;
  const open = openSigners(context, place);
  if (context.deferred?.stage === place.stage && context.deferred.duty === place.duty) {
    return words(`决定已作出，正等${names(open)}后签；不等的，可减签。`, `Decided; ${names(open)} still signs after it. To go on without, remove the signer.`);
  }
  if (ASKING.includes(event.type)) return null;
  const first = open.filter((s) => s.mode === 'before');
  if (first.length > 0) return words(`正等${names(first)}前签；不等的，可减签。`, `${names(first)} signs before you. To go on without, remove the signer.`);
  const besideHim = open.filter((s) => s.mode === 'parallel');
  if (besideHim.length > 0 && !stage.back?.includes(event.type)) {
    return words(`正等${names(besideHim)}会签；退回不必等，不等的也可减签。`, `${names(besideHim)} signs beside you. Sending back need not wait; otherwise remove the signer.`);
  }
  return null;
}

/** Whether a decision has to wait for somebody who signs after it. */
export function waitsForSigners(context: BaseContext, stages: readonly StageMeta[], event: Pick<CommandEvent, 'type' | 'task'>): boolean {
  const place = placeOf(event as CommandEvent);
  const stage = stages.find((s) => s.stage === place.stage);
  if (!stage || beside.has(event.type) || ASKING.includes(event.type) || stage.back?.includes(event.type)) return false;
  return context.deferred === null && openSigners(context, place).some((s) => s.mode === 'after');
}
