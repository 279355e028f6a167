import type { Knex } from 'knex';
import { workerActor } from '../domain/actor.js';
import type { WorkCalendar } from '../domain/calendar.js';
import { localDay } from '../domain/local-day.js';
import type { Database } from '../database.js';
import { replay, versionIn } from '../engine/replay.js';
import type { PinnedPack } from '../../workflows/policies/pack-registry.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import { machineFor } from '../../workflows/registry.js';
import type { CommandEvent } from '../../workflows/vocabulary.js';

/** One act of a case with everything it carried. */
export interface JournalledAct {
  seq: number;
  at: string;
  command: string;
  state: string;
  event: CommandEvent;
}

/**
 * All that is known of a case at the step that asked for a paper: its context, its frozen content and its acts up to that step. What
 * happened afterwards is left out, so a paper made late, or made again after a crash, says the same.
 */
export interface Dossier {
  trx: Knex.Transaction;
  city: string;
  /** As it stands in titles: 济南市. */
  cityName: string;
  caseId: string;
  caseNumber: string;
  title: string;
  year: number;
  unit: { id: string; code: string; name: string };
  /** Names of the organisations the case names, by key, as they were on that day. */
  organisations: Record<string, string>;
  context: Record<string, unknown>;
  /** The last frozen version, parsed; null when nothing was frozen. */
  content: Record<string, unknown> | null;
  /** From the opening to the step that asked. */
  acts: JournalledAct[];
  pack: PolicyPack;
  calendar: WorkCalendar;
  /** Instant of the step that asked for the paper: its 成文日期. */
  at: string;
}

/** The last act of a kind, or undefined. */
export const lastAct = (dossier: Dossier, command: string): JournalledAct | undefined => dossier.acts.filter((a) => a.command === command).at(-1);

/** Names of organisations on a day: a body that is renamed later keeps its old name on the papers of its time. */
export async function namesOn(trx: Knex.Transaction, city: string, day: string, ids: string[]): Promise<Map<string, string>> {
  const rows = await trx('organisation_version').where({ city }).whereIn('org', ids).where('valid_from', '<=', day)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', day)).select('org', 'name');
  return new Map(rows.map((row) => [row.org, row.name]));
}

/** Reads a case as the system's own hand and gives it to `use` inside the same transaction. */
export async function withDossier<T>(
  parts: { database: Database; packOf(id: string): PinnedPack; calendarOf(city: string): Promise<WorkCalendar> },
  asked: { city: string; caseId: string; seq: number }, use: (dossier: Dossier) => Promise<T>,
): Promise<T> {
  const calendar = await parts.calendarOf(asked.city);
  return parts.database.asActor(workerActor(asked.city), async (trx) => {
    const { city, caseId } = asked;
    const row = await trx('case_file').where({ city, id: caseId }).first();
    const pinned = parts.packOf(row.pack);
    const entries = await trx('journal as j').join('journal_payload as p', (on) => on.on('p.city', 'j.city').andOn('p.year', 'j.year').andOn('p.case_id', 'j.case_id').andOn('p.seq', 'j.seq'))
      .where({ 'j.city': city, 'j.year': row.year, 'j.case_id': caseId }).where('j.seq', '<=', asked.seq).orderBy('j.seq').select('j.seq', 'j.at', 'j.command', 'j.chart', 'j.state', 'p.body');
    const acts = entries.map((e) => ({ seq: e.seq, at: e.at.toISOString(), command: e.command, state: e.state, event: JSON.parse(e.body) as CommandEvent }));
    const at = acts.at(-1)!.at;
    const charts = { workflow: row.workflow, opened: versionIn(entries[0].chart), machineOf: (version: number) => machineFor(row.workflow, version, pinned) };
    const { state } = replay(charts, entries.map((e) => ({ seq: e.seq, command: e.command, payload: e.body })));
    const context = (state.snapshot as { context: Record<string, unknown> }).context;
    const orgs = context.orgs as Record<string, string>;
    const names = await namesOn(trx, city, localDay(new Date(at)), Object.values(orgs));
    const content = context.content ? await trx('content_version').where({ city, case_id: caseId, hash: context.content as string }).first('body') : null;
    return use({
      trx, city, cityName: (await trx('city').where({ city }).first('name')).name, caseId, caseNumber: row.case_number, title: row.title, year: row.year,
      // The city's own matters are no filing unit's: the office stands in its place.
      unit: (await trx('filing_unit').where({ city, year: row.year, id: row.unit }).first('id', 'code', 'name')) ?? { id: row.unit, code: city, name: names.get(row.unit) ?? '' },
      organisations: Object.fromEntries(Object.entries(orgs).map(([key, id]) => [key, names.get(id) ?? ''])),
      context, content: content ? (JSON.parse(content.body) as Record<string, unknown>) : null, acts, pack: pinned.pack, calendar, at,
    });
  });
}
