import type { Actor } from '../domain/actor.js';
import { powersOf, stagesOf } from '../../workflows/patterns/duties.js';
import { powerKey } from './task-key.js';
import { mainStage } from './compose-write.js';
import { restore } from './case-step.js';
import { noSuchCase } from './dispatch.js';
import type { CaseParts } from './engine.js';
import { isRegistrar } from './paper.js';

/** One thing that may be registered from paper (线下办理): the decision of an open duty, or the exercise of a right that has no task. */
export interface PaperEntry {
  /** Null for a right. */
  taskId: string | null;
  subject: Record<string, unknown> | null;
  /** The stage it belongs to. */
  state: string;
  commands: string[];
  /** The act that is registered already and waits for a second person. */
  registered: string | null;
}

/** What fields are not filled in yet, as far ahead as a date can be: a guard that compares one must not close the way for want of it. */
const FAR_AHEAD = '9999-12-31T00:00:00.000Z';

/** Everything these actors, as registrars of their side, may register from paper on a case now; duties first. @throws NotFound */
export async function paperEntriesFor(parts: CaseParts, actors: Actor[], caseId: string): Promise<PaperEntry[]> {
  const loaded = await parts.store.load(actors, caseId, '');
  if (!loaded) throw noSuchCase(caseId);
  if (loaded.final) return [];
  const now = parts.clock.now().toISOString();
  const live = restore(parts.machineFor(loaded.workflow, loaded.chartVersion, loaded.pack), loaded.state, now);
  const stages = stagesOf(live.getMeta() as never);
  const registers = (side: 'unit' | 'city'): boolean => actors.some((actor) => isRegistrar(actor, side));
  const registered = (key: string): string | null => (loaded.tasks.find((task) => task.key === `compare:${key}`)?.subject?.paperId as string | undefined) ?? null;
  const duties = loaded.tasks.filter((task) => task.kind === 'duty' && registers(task.side) && stages.some((stage) => stage.stage === task.state && stage.paper === true))
    .map((task): PaperEntry => ({ taskId: task.id, subject: task.subject, state: task.state, commands: task.commands, registered: registered(task.key) }));
  const takes = (command: string): boolean => {
    const fields = Object.fromEntries(Object.keys(parts.forms[command]?.schema.shape ?? {}).map((name) => [name, FAR_AHEAD]));
    return live.can({ ...fields, type: command, at: now, facts: { defects: 0 } } as never);
  };
  const rights = powersOf(live.getMeta() as never, live.context).filter((power) => power.paper && registers(power.side)).flatMap((power) => power.commands.filter(takes))
    .map((command): PaperEntry => ({ taskId: null, subject: null, state: mainStage(stages), commands: [command], registered: registered(powerKey(command)) }));
  return [...duties, ...rights];
}
