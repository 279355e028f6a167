import type { AnyStateMachine } from 'xstate';
import type { CaseInput, CommandEvent } from '../../workflows/vocabulary.js';
import { isBeside } from '../../workflows/forms/task-commands.js';
import { moveHash, versionMove } from '../../workflows/version-moves.js';
import { besideStep, firstStep, nextStep, type CaseState } from './case-step.js';
import { ledOver, MIGRATED, MIGRATED_BACK, type Migrated } from './migrate/led-over.js';

/** One journal entry as replay reads it: its number, its command and its payload, nothing else. */
export interface Replayed {
  seq: number;
  command: string;
  payload: string;
}

/** Acts beside the chart leave the configuration as it is; only the instant of the context moves, and who carries a duty. */
const beside = (command: string): boolean => isBeside(command) || command.startsWith('paper.') || command.startsWith('repair.');

/** The chart a case was opened under, and every other version it may have been led to since, each under the case's pack. */
export interface Charts {
  workflow: string;
  opened: number;
  machineOf(version: number): AnyStateMachine;
}

/** The version in a chart's name as journal entries have it: `plan.v2` is 2. */
export const versionIn = (chart: string): number => Number(chart.slice(chart.lastIndexOf('.v') + 2));

/**
 * The state a journal leads to, from its payloads alone, and the version of the chart it then stands under.
 * @throws Error naming the entry the chart does not accept
 */
export function replay({ workflow, opened, machineOf }: Charts, journal: Replayed[]): { state: CaseState; version: number } {
  const [opening, ...rest] = journal;
  if (!opening) throw new Error('a journal begins with an opening');
  let now = { state: firstStep(machineOf(opened), (JSON.parse(opening.payload) as { input: CaseInput }).input).state, version: opened };
  let before: { seq: number; was: typeof now } | null = null;
  for (const entry of rest) {
    const event = JSON.parse(entry.payload) as CommandEvent;
    const refused = new Error(`entry ${entry.seq} (${entry.command}) is not accepted by the chart`);
    if (entry.command === MIGRATED) {
      const led = event as unknown as Migrated;
      const move = versionMove(workflow, led.from, led.to);
      if (led.from !== now.version || move === null || moveHash(move) !== led.move) throw refused;
      before = { seq: entry.seq, was: now };
      now = { state: ledOver(move, machineOf(led.from), machineOf(led.to), now.state, led.at, entry.seq).state, version: led.to };
    } else if (entry.command === MIGRATED_BACK) {
      if (before === null || before.seq !== entry.seq - 1) throw refused;
      now = before.was;
    } else {
      const step = beside(entry.command) ? besideStep(machineOf(now.version), now.state, { ...event, type: entry.command }) : nextStep(machineOf(now.version), now.state, event, entry.seq);
      if (!step) throw refused;
      now = { ...now, state: step.state };
    }
  }
  return now;
}
