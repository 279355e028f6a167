import type { Duty, Power } from '../../workflows/patterns/duties.js';

/** Names a duty within its case: the state, the step that entered it, the duty within the state. */
export const taskKey = (duty: Duty, entries: Record<string, number>): string => `${duty.stage}#${entries[duty.stage] ?? 0}#${duty.key}`;

/** Names a right that may be exercised on paper, for the comparison that waits beside it: one at a time. */
export const powerKey = (command: string): string => `power#${command}`;

/** The duty or right a task beside it stands for: a comparison with a paper, an opinion that was asked for. */
export const besideOf = (key: string): string => key.replace(/^(compare|opinion):/, '');

/** What a task beside the duties may stand for: an open duty, or a right that still holds. */
export const standingKeys = (dutyKeys: Iterable<string>, powers: readonly Power[]): Set<string> =>
  new Set([...dutyKeys, ...powers.filter((power) => power.paper).flatMap((power) => power.commands.map(powerKey))]);
