import type { Actor } from '../domain/actor.js';
import { NotFound } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { stagesOf } from '../../workflows/patterns/duties.js';
import { carries } from './authorise.js';
import { caseOffers, taskOffers } from './beside-offers.js';
import { powersNow, restore, takes } from './case-step.js';
import type { CaseParts } from './engine.js';

/** One thing an actor may do now, as the chart and his posts allow it. */
export interface AvailableAction {
  taskId: string | null;
  subject: Record<string, unknown> | null;
  command: string;
  /** The decision may instead be registered from paper. */
  paper: boolean;
  actor: Actor;
}

/** Everything these actors may do on a case now, tasks first, in the chart's order. */
export async function actionsFor(parts: CaseParts, actors: Actor[], caseId: string): Promise<AvailableAction[]> {
  const loaded = await parts.store.load(actors, caseId, '');
  if (!loaded) throw new NotFound('no-such-case', words('没有这个案卷。', 'There is no such case.'), caseId);
  const now = parts.clock.now().toISOString();
  const machine = parts.machineFor(loaded.workflow, loaded.chartVersion, loaded.pack);
  const stages = stagesOf(restore(machine, loaded.state, now).getMeta() as never);
  const tasks = loaded.tasks.flatMap((task) => {
    const actor = actors.find((a) => carries(a, task));
    const paper = stages.find((s) => s.stage === task.state)?.paper === true;
    const own = actor ? task.commands.map((command) => ({ taskId: task.id, subject: task.subject, command, paper, actor })) : [];
    const beside = task.kind === 'duty' ? taskOffers(actors, task, loaded.state.carriers[task.key]) : [];
    return [...own, ...beside.map((offer) => ({ taskId: task.id, subject: task.subject, command: offer.command, paper: false, actor: offer.actor }))];
  });
  const powers = powersNow(machine, loaded.state, now).flatMap((power) => {
    const actor = actors.find((a) => carries(a, power));
    const fieldless = (command: string): boolean => Object.keys(parts.forms[command]?.schema.shape ?? {}).length === 0;
    const open = actor ? power.commands.filter((c) => !fieldless(c) || takes(machine, loaded.state, c, now)) : [];
    return open.map((command) => ({ taskId: null, subject: power.subject, command, paper: power.paper, actor: actor! }));
  });
  const said = caseOffers(actors, loaded).map(({ command, actor }) => ({ taskId: null, subject: null, command, paper: false, actor }));
  return [...tasks, ...powers, ...said];
}
