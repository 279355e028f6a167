import type { BaseContext, CommandEvent } from '../vocabulary.js';
import type { ChartTransition } from './chart.js';

export const returnGuards = {
  /** Only to where this case has been: a stage that a jump went past is no place to return to. */
  returnsTo: (c: BaseContext, e: CommandEvent, p: Record<string, unknown>): boolean => e.target === p.stage && c.trail.includes(String(p.stage)),
};

export const returnSets = {
  returned: (_c: BaseContext, e: CommandEvent, p: Record<string, unknown>) => ({ goesBack: e.then === 'straightBack' ? { at: String(e.target), to: String(p.from) } : null }),
  wentBack: () => ({ goesBack: null }),
};

/**
 * 退回 from a stage to stages the case has been in. With `straightBack` what the earlier stage sends on comes back here at once
 * (直接返回); otherwise every step is gone through again (逐级重走).
 */
export function returnsFrom(from: string, targets: readonly string[], actionsTo: (target: string) => NonNullable<ChartTransition['actions']>): ChartTransition[] {
  return targets.map((target) => ({
    guard: { type: 'returnsTo', params: { stage: target } }, target, actions: [{ type: 'set.returned', params: { from } }, ...actionsTo(target)],
  }));
}
