import { HELD } from '../../workflows/patterns/hold.js';
import type { ArrangedAct } from './act-for-others.js';
import { besideStep } from './case-step.js';
import { stepWrites } from './case-writes.js';
import type { CaseParts } from './engine.js';
import { termRule } from './pack-terms.js';
import type { LoadedCase } from './store.js';
import { armTerm, type TermRow } from './terms.js';

const TYPE = 'repair.rewrite';

/**
 * Opens the duties a case owes and has no task for, closes tasks that nobody owes, stops terms without a state and arms missing ones anew: by the
 * state as it stands, which `yanshou check` holds against the journal. Null where tasks and terms are what is owed.
 */
export async function rewriteRows(parts: CaseParts, city: string, event: Record<string, unknown>): Promise<(loaded: LoadedCase) => ArrangedAct | null> {
  const calendar = await parts.calendarOf(city);
  const now = parts.clock.now().toISOString();
  return (loaded) => {
    const { pack } = parts.packOf(loaded.pack);
    const step = besideStep(parts.machineFor(loaded.workflow, loaded.chartVersion, loaded.pack), loaded.state, { type: TYPE, at: now });
    const writes = stepWrites(step, loaded, { taskId: null, command: TYPE, by: null, post: null }, {
      pack, calendar, now, seq: loaded.version + 1, caseId: loaded.id, side: loaded.side, withdrawMinutes: 0,
    });
    const held = step.stages.some((s) => s.stage === HELD);
    const runs = (row: TermRow | undefined, entry: number | undefined): boolean =>
      row !== undefined && row.entry === entry && (row.status === 'armed' || row.status === 'fired' || (held && row.status === 'paused'));
    const missing = (step.final ? [] : step.stages).filter((s) => s.term && !runs(loaded.terms.find((row) => row.term === s.term), step.state.entries[s.stage])).map((s) =>
      armTerm(s.term!, termRule(pack, s.term!, step.context.dates), s.duties[0]?.side ?? loaded.side, step.state.entries[s.stage]!, now, calendar, step.context.dates[s.term!]));
    const tasksOpened = writes.tasksOpened.map((task) => ({ ...task, ...carrierOf(loaded, task.key) }));
    const terms = [...writes.terms.filter((row) => !missing.some((one) => one.key === row.key)), ...missing];
    if (tasksOpened.length + writes.tasksClosed.length + terms.length === 0) return null;
    return { type: TYPE, event: { ...event, opened: tasksOpened.map(({ key }) => key), closed: writes.tasksClosed.length, terms: terms.map(({ key }) => key) }, rows: { tasksOpened, tasksClosed: writes.tasksClosed, terms } };
  };
}

/** A transferred duty comes back at the post it was transferred to. */
function carrierOf({ state }: LoadedCase, key: string): { org: string; role: string; post: string } | object {
  const to = state.carriers[key]?.post;
  return to === undefined ? {} : { org: to.org, role: to.role, post: to.post };
}
