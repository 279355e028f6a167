import type { Knex } from 'knex';
import type { Clock } from '../clock.js';
import type { Database } from '../database.js';
import { workerActor } from '../domain/actor.js';
import type { WorkCalendar } from '../domain/calendar.js';
import { localDay } from '../domain/local-day.js';
import { termRule } from '../engine/pack-terms.js';
import { termOf } from '../engine/store.js';
import { reckonAnew } from '../engine/terms.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import { carriersOf } from './carriers.js';
import { idFrom } from './deterministic-id.js';

interface Parts {
  database: Database;
  clock: Clock;
  calendarOf(city: string): Promise<WorkCalendar>;
  packOf(id: string): { pack: PolicyPack };
}

const BATCH = 200;

/**
 * Reckons anew what still runs under an earlier calendar: a year's arrangement has been published or corrected (暂定 becomes certain). Only
 * the rows of terms and tasks change, never a case; whoever owes something whose last day has moved is told from when to when.
 * Returns how many terms were looked at; 0 when all run under the present calendar.
 */
export const reckonTerms = (parts: Parts) => async (city: string): Promise<number> => {
  const calendar = await parts.calendarOf(city);
  const now = parts.clock.now();
  return parts.database.asActor(workerActor(city), async (trx) => {
    const rows = await trx('term').where({ city, status: 'armed' }).whereNot('calendar_version', calendar.version).orderBy('due_at').limit(BATCH).forUpdate().skipLocked();
    for (const row of rows) {
      const term = termOf(row);
      const { pack: packId } = await trx('case_file').where({ city, id: row.case_id }).first('pack');
      const context = await contextOf(trx, city, row.case_id);
      const next = reckonAnew(term, termRule(parts.packOf(packId).pack, term.term, context.dates), now.toISOString(), calendar);
      await trx('term').where({ city, case_id: row.case_id, key: term.key }).update({
        due_at: next.dueAt, provisional: next.provisional, calendar_version: next.calendarVersion, next_rung: next.nextRung, next_reminder_at: next.nextReminderAt,
      });
      if (next.dueAt === term.dueAt) continue;
      await trx('task').where({ city, case_id: row.case_id, term_key: term.term, status: 'open' }).update({ due_at: next.dueAt });
      const [from, due] = [lastDay(term.dueAt!), lastDay(next.dueAt!)];
      const notices = (await carriersOf(trx, { city, caseId: row.case_id, term: term.term })).map((to) => ({
        city, id: idFrom(`reckoned:${row.case_id}:${term.key}:${term.entry}:${calendar.version}:${to.org}:${to.role}`), year: row.year, unit: row.unit, side: to.side,
        case_id: row.case_id, org: to.org, role: to.role, template: 'termMoved', params: JSON.stringify({ unit: context.unitName, caseNumber: context.caseNumber, from, due }), at: now,
      }));
      if (notices.length > 0) await trx('notice').insert(notices).onConflict(['city', 'id']).ignore();
    }
    return rows.length;
  });
};

const lastDay = (dueAt: string): string => localDay(new Date(Date.parse(dueAt) - 1));

async function contextOf(trx: Knex.Transaction, city: string, caseId: string): Promise<{ unitName: string; caseNumber: string; dates: Record<string, string> }> {
  const { snapshot } = await trx('case_snapshot').where({ city, id: caseId }).first('snapshot');
  return JSON.parse(snapshot).snapshot.context;
}
