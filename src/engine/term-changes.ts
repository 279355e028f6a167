import type { WorkCalendar } from '../domain/calendar.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import { HELD } from '../../workflows/patterns/hold.js';
import type { Step } from './case-step.js';
import { termRule } from './pack-terms.js';
import { armTerm, pauseTerm, resumeTerm, withReminder, type TermRow } from './terms.js';

/** What the terms of a step are reckoned by. */
export interface Reckoning {
  pack: PolicyPack;
  calendar: WorkCalendar;
  now: string;
  side: 'unit' | 'city';
}

/**
 * The terms a step changes. Leaving and entering one state in one step is folded into one row, so a re-entry always arms anew. While a case is
 * on hold every term but the hold's own stands still; a statutory date runs on, because nobody but the law can move it.
 */
export function termChanges(step: Step, before: TermRow[], event: string, by: Reckoning): TermRow[] {
  const changed = new Map<string, TermRow>();
  const known = new Map(before.map((row) => [row.term, row]));
  const paused = new Set(step.marks.filter((m) => m.type === 'pauseTerm').map((m) => String(m.params.term)));
  const active = new Map(step.final ? [] : step.stages.filter((s) => s.term).map((s) => [s.term!, s]));
  const rule = (term: string) => termRule(by.pack, term, step.context.dates);
  for (const row of before) {
    if (row.status !== 'armed' && row.status !== 'fired') continue;
    const stage = active.get(row.term);
    const stays = stage !== undefined && !step.entered.includes(stage.stage);
    const pauses = paused.has(row.term) && !step.final;
    // A term that has already fired is kept as it is, unless it is to go on later: then it has no days left and must not get new ones.
    if (step.final || (!stays && (row.status === 'armed' || pauses))) {
      const stopped = pauses ? pauseTerm(row, rule(row.term), by.now, by.calendar) : { ...row, status: 'cancelled' as const, nextReminderAt: null, nextRung: null };
      changed.set(row.term, stopped);
    } else if (stays && event === `term.${row.term}.due`) {
      changed.set(row.term, { ...row, status: 'fired', nextRung: null, nextReminderAt: null });
    } else if (stays && event === `term.${row.term}.remind`) {
      changed.set(row.term, withReminder(row, rule(row.term), by.now, by.calendar));
    }
  }
  if (step.final) {
    for (const row of before) if (row.status === 'paused') changed.set(row.term, { ...row, status: 'cancelled' });
    return [...changed.values()];
  }
  for (const [term, stage] of active) {
    if (!step.entered.includes(stage.stage)) continue;
    const entry = step.state.entries[stage.stage]!;
    const earlier = changed.get(term) ?? known.get(term);
    const row = earlier?.status === 'paused'
      ? resumeTerm(earlier, rule(term), entry, by.now, by.calendar)
      : armTerm(term, rule(term), stage.duties[0]?.side ?? by.side, entry, by.now, by.calendar, step.context.dates[term]);
    changed.set(term, row);
  }
  const held = step.stages.some((s) => s.stage === HELD);
  for (const [term, { stage }] of active) {
    const row = changed.get(term) ?? known.get(term);
    if (row === undefined || stage === HELD || rule(term).kind === 'date') continue;
    if (held && row.status === 'armed') changed.set(term, pauseTerm(row, rule(term), by.now, by.calendar));
    else if (step.left.includes(HELD) && !held && row.status === 'paused') changed.set(term, resumeTerm(row, rule(term), row.entry, by.now, by.calendar));
  }
  return [...changed.values()];
}
