import type { AnyStateMachine } from 'xstate';
import type { CaseInput, CommandEvent } from '../../workflows/vocabulary.js';
import { isBeside } from '../../workflows/forms/task-commands.js';
import { besideStep, firstStep, nextStep, type CaseState } from './case-step.js';

/** One journal entry as replay reads it: its number, its command and its payload, nothing else. */
export interface Replayed {
  seq: number;
  command: string;
  payload: string;
}

/** Acts beside the chart leave the configuration as it is; only the instant of the context moves, and who carries a duty. */
const beside = (command: string): boolean => isBeside(command) || command.startsWith('paper.') || command.startsWith('repair.');

/**
 * The state a journal leads to, from its payloads alone.
 * @throws Error naming the entry the chart does not accept
 */
export function replay(machine: AnyStateMachine, journal: Replayed[]): CaseState {
  const [opening, ...rest] = journal;
  if (!opening) throw new Error('a journal begins with an opening');
  let state = firstStep(machine, (JSON.parse(opening.payload) as { input: CaseInput }).input).state;
  for (const entry of rest) {
    const event = JSON.parse(entry.payload) as CommandEvent;
    const step = beside(entry.command) ? besideStep(machine, state, { ...event, type: entry.command }) : nextStep(machine, state, event, entry.seq);
    if (!step) throw new Error(`entry ${entry.seq} (${entry.command}) is not accepted by the chart`);
    state = step.state;
  }
  return state;
}
