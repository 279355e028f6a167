import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../src/database.js';
import { checkCases } from '../../src/engine/check-cases.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import { machineFor } from '../../workflows/registry.js';
import type { Acknowledged } from './front.js';
import { CITY, type Installation } from './installation.js';

/** What an attacked installation looks like when everything has settled. Every list names what is wrong; empty is right. */
export interface Verdict {
  cases: number;
  entries: number;
  documents: number;
  acknowledged: number;
  /** Acknowledged to a client and not in the journal, papers promised and not there, duties nobody has, terms that do not run. */
  lost: string[];
  /** Carried out more than once. */
  doubled: string[];
  /** Anything else that stays. */
  broken: string[];
}

const SETTLE_MS = 150_000;

/** Waits until nothing is left to be done, then compares everything with everything. */
export async function verdict(on: Installation, alarmsOf: () => Promise<{ kind: string; caseNumber: string; about: string }[]>): Promise<Verdict> {
  const found: Verdict = { cases: 0, entries: 0, documents: 0, acknowledged: 0, lost: [], doubled: [], broken: [] };
  await outboxEmpty(on, found);
  await replays(on, found);
  await ledger(on, found);
  await papers(on, found);
  await numbers(on, found);
  await invariant(on, found);
  for (const alarm of await alarmsOf()) found.broken.push(`alarm ${alarm.kind} ${alarm.caseNumber} ${alarm.about}`);
  for (const one of on.replicas) if (one.fellOver() > 0) found.broken.push(`${one.name} ended by itself ${one.fellOver()} times`);
  return found;
}

async function outboxEmpty(on: Installation, found: Verdict): Promise<void> {
  const until = performance.now() + SETTLE_MS;
  const left = () => on.rows<{ effect: string; parked: boolean; error: string | null; key: string }>('select effect, key, parked_at is not null as parked, last_error as error from outbox where run_after <= now() + (select clock_offset_ms from installation) * interval \'1 ms\'');
  let rows = await left();
  while (rows.length > 0 && performance.now() < until && !rows.every((one) => one.parked)) {
    await pause(200);
    rows = await left();
  }
  for (const { effect, key, parked, error } of rows) found.lost.push(`effect ${effect} ${key} ${parked ? 'parked' : 'not done'}: ${error ?? ''}`);
}

/** Every case is what its journal leads to. */
async function replays(on: Installation, found: Verdict): Promise<void> {
  const database = openDatabase(on.database);
  try {
    const parts = { database, packOf: policyPack, machineFor: (workflow: string, version: number, pack: string) => machineFor(workflow, version, policyPack(pack)) };
    const count = await checkCases(parts, [CITY], ({ caseNumber, entry, what }) => found.broken.push(`${caseNumber} entry ${entry}: ${what.en}`));
    Object.assign(found, { cases: count.cases, entries: count.entries });
  } finally {
    await database.close();
  }
}

/** What was acknowledged is in the journal, and what people have in the journal was acknowledged: each once, at the place that was told. */
async function ledger(on: Installation, found: Verdict): Promise<void> {
  const told = new Map<string, Acknowledged>();
  for (const one of on.front.ledger) {
    const before = told.get(one.key);
    if (before && (before.caseId !== one.caseId || before.version !== one.version)) found.doubled.push(`${one.key} acknowledged as ${before.version} and as ${one.version}`);
    told.set(one.key, one);
  }
  found.acknowledged = told.size;
  const commands = await on.rows<{ key: string; caseId: string; version: number | null; entries: number }>(
    `select c.key, c.case_id as "caseId", (c.outcome->>'version')::int as version,
            (select count(*)::int from journal j where j.case_id = c.case_id and j.seq = (c.outcome->>'version')::int) as entries from command c`);
  const kept = new Map(commands.map((one) => [one.key, one]));
  for (const one of told.values()) {
    const command = kept.get(one.key);
    if (command === undefined) found.lost.push(`${one.key} was acknowledged and is not there`);
    else if (command.caseId !== one.caseId || command.version !== one.version || command.entries !== 1) found.lost.push(`${one.key} was acknowledged as step ${one.version}, is ${command.version}`);
  }
  // A step carried out under a second key would be a step more than there are commands.
  const uneven = await on.rows<{ case_id: string; steps: number; commands: number }>(
    `select j.case_id, j.steps, coalesce(c.commands, 0) as commands from (select case_id, count(*)::int as steps from journal group by 1) j
       left join (select case_id, count(*)::int as commands from command group by 1) c using (case_id) where j.steps is distinct from c.commands`);
  for (const { case_id: id, steps, commands } of uneven) found.doubled.push(`case ${id} has ${steps} steps and ${commands} commands`);
}

/** Every paper once, its bytes in the store, and the case knows the very one that is kept. */
async function papers(on: Installation, found: Verdict): Promise<void> {
  const documents = await on.rows<{ id: string; case_id: string; kind: string; sha256: string; facts_hash: string }>('select id, case_id, kind, sha256, facts_hash from document');
  found.documents = documents.length;
  const seen = new Set<string>();
  for (const one of documents) {
    const what = `${one.case_id} ${one.kind} ${one.facts_hash}`;
    if (seen.has(what)) found.doubled.push(`paper ${one.kind} of ${one.case_id} is there twice`);
    seen.add(what);
    const bytes = blob(on, one.sha256);
    if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== one.sha256) found.lost.push(`bytes of paper ${one.kind} of ${one.case_id}`);
  }
  const issued = await on.rows<{ case_id: string; id: string; sha256: string }>(
    `select j.case_id, p.body::jsonb #>> '{document,id}' as id, p.body::jsonb #>> '{document,sha256}' as sha256 from journal j join journal_payload p on p.case_id = j.case_id and p.year = j.year and p.seq = j.seq
      where j.command = 'document.issued'`);
  const told = new Map(issued.map((one) => [one.id, one]));
  if (told.size !== issued.length) found.doubled.push(`${issued.length - told.size} papers were told to their case twice`);
  for (const one of documents) {
    const known = told.get(one.id);
    if (known === undefined) found.lost.push(`case ${one.case_id} was not told of ${one.kind}`);
    else if (known.sha256 !== one.sha256) found.broken.push(`the journal of ${one.case_id} names another ${one.kind} than is kept`);
  }
  const packages = await on.rows<{ case_id: string; side: string; sha256: string }>('select case_id, side, sha256 from archive_package');
  for (const one of packages) if (blob(on, one.sha256) === null) found.lost.push(`package ${one.side} of ${one.case_id}`);
  const refused = await on.rows<{ case_id: string }>(`select case_id from journal where command = 'document.refused'`);
  for (const one of refused) found.broken.push(`a paper of ${one.case_id} was refused`);
}

function blob(on: Installation, sha256: string): Buffer | null {
  try {
    return readFileSync(join(on.blobs, sha256.slice(0, 2), sha256.slice(2, 4), sha256));
  } catch {
    return null;
  }
}

/** Every series runs from one without a gap, and every number stands on what it was given for, unless it is void with a reason. */
async function numbers(on: Installation, found: Verdict): Promise<void> {
  const series = await on.rows<{ issuer_code: string; year: number; last_number: number; given: number; highest: number }>(
    `select s.issuer_code, s.year, s.last_number, count(a.*)::int as given, coalesce(max(a.number), 0)::int as highest from number_series s
       left join number_allocation a using (city, issuer_code, year) group by 1, 2, 3`);
  for (const one of series) if (one.given !== one.last_number || one.highest !== one.last_number) found.broken.push(`series ${one.issuer_code} ${one.year}: ${one.given} numbers up to ${one.last_number}`);
  const unused = await on.rows<{ issuer_code: string; number: number }>(
    `select issuer_code, number from number_allocation a where (voided_at is null or voided_reason is null)
        and not exists (select 1 from document d where d.id = a.document_id) and not exists (select 1 from incoming i where i.id = a.document_id)`);
  for (const one of unused) found.lost.push(`number ${one.issuer_code} ${one.number} stands on nothing and is not void`);
}

/** A case that is not final has an open duty with an owner who exists, or a time at which it wakes; no duty of a closed case is open. */
async function invariant(on: Installation, found: Verdict): Promise<void> {
  const forgotten = await on.rows<{ case_number: string }>(
    `select case_number from case_file f where not final
        and not exists (select 1 from task t join post p on p.org = t.org and p.role = t.role and (t.post is null or t.post = p.id) join post_holding h on h.post = p.id where t.case_id = f.id and t.status = 'open')
        and not exists (select 1 from term t where t.case_id = f.id and t.status = 'armed' and (t.due_at is not null or t.next_reminder_at is not null))
        and not exists (select 1 from case_link l join case_file c on c.id = l.child where l.parent = f.id and not c.final)`);
  for (const one of forgotten) found.lost.push(`${one.case_number} is live and nobody has it`);
  const doubled = await on.rows<{ case_id: string; key: string }>(`select case_id, key from task where status = 'open' group by case_id, key having count(*) > 1`);
  for (const one of doubled) found.doubled.push(`duty ${one.key} of ${one.case_id} is open twice`);
  const late = await on.rows<{ case_id: string; term: string }>(
    `select case_id, term from term where status = 'armed' and due_at < now() + (select clock_offset_ms from installation) * interval '1 ms' - interval '2 minutes'`);
  for (const one of late) found.lost.push(`term ${one.term} of ${one.case_id} did not fire`);
  const doubleCases = await on.rows<{ workflow: string; unit: string; count: number }>(
    `select workflow, unit, count(*)::int from case_file f where not exists (select 1 from case_link l where l.child = f.id and l.kind = 'amends') group by workflow, unit, year having count(*) > 1`);
  for (const one of doubleCases) found.doubled.push(`${one.workflow} of ${one.unit} was opened ${one.count} times`);
}
