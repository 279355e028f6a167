import type { Knex } from 'knex';
import type { Words } from '../domain/text.js';
import { caseContext } from './case-context.js';

/** A delivery as it stands, stood or is to stand in the register. `file` is the attachment of its evidence. */
export interface DeliveryValue {
  deliveredAt: Date;
  evidence: string | null;
  file: string | null;
}

/** Who acted, from which post and when. */
export interface Hand {
  name: string;
  post: Words;
  actingFor: string | null;
  at: Date;
}

/** 更正送达时间: both values, why, and the two persons behind it. `compared` is null while a second person has not confirmed it; the former value stands until then. */
export interface DeliveryCorrection {
  former: DeliveryValue;
  corrected: DeliveryValue;
  reason: string;
  proposed: Hand | null;
  compared: Hand | null;
}

/** A row of the register with what its column `corrected_from` keeps: former values, oldest first. */
export interface CorrectedRow {
  id: string;
  caseId: string;
  number: number;
  deliveredAt: Date;
  deliveryEvidence: string | null;
  evidenceAttachment: string | null;
  correctedFrom: { deliveredAt: string; evidence: string | null; evidenceAttachment: string | null; reason: string }[] | null;
}

interface Act extends Hand {
  caseId: string;
  command: string;
}

/** The corrections of these rows of one year by row id, oldest first; one that waits for its comparison stands last. */
export async function deliveryCorrections(trx: Knex.Transaction, city: string, year: number, rows: readonly CorrectedRow[]): Promise<Map<string, DeliveryCorrection[]>> {
  const acts = await actsOn(trx, city, year, rows);
  const found = new Map<string, DeliveryCorrection[]>();
  for (const caseId of new Set(rows.map((row) => row.caseId))) {
    const own = rows.filter((row) => row.caseId === caseId).sort((a, b) => a.number - b.number);
    const { done, open } = pairs(acts.filter((act) => act.caseId === caseId));
    for (const row of own) found.set(row.id, valuesOf(row).map((one) => ({ ...one, ...(done.shift() ?? { proposed: null, compared: null }) })));
    const latest = own.at(-1)!;
    const pending = open === null ? null : await proposedValue(trx, city, caseId);
    if (pending !== null) found.get(latest.id)!.push({ former: present(latest), ...pending, proposed: open, compared: null });
  }
  return found;
}

/** Who proposed and who compared stands in the journal only: the register keeps values. */
async function actsOn(trx: Knex.Transaction, city: string, year: number, rows: readonly CorrectedRow[]): Promise<Act[]> {
  const cases = [...new Set(rows.map((row) => row.caseId))];
  const acts = await trx('journal as j')
    .leftJoin('person as p', (on) => on.on('p.city', 'j.city').andOn('p.id', 'j.person'))
    .leftJoin('person as a', (on) => on.on('a.city', 'j.city').andOn('a.id', 'j.acting_for'))
    .leftJoin('post', (on) => on.on('post.city', 'j.city').andOn('post.id', 'j.post'))
    .where({ 'j.city': city, 'j.year': year }).whereIn('j.case_id', cases).whereIn('j.command', ['correctDelivery', 'confirmDelivery', 'rejectDelivery'])
    .orderBy('j.seq')
    .select('j.case_id as caseId', 'j.command', 'j.at', 'p.name', 'a.name as actingFor', 'post.name as zh', 'post.name_en as en');
  return acts.map(({ zh, en, name, ...act }) => ({ ...act, name: name ?? '', post: { zh: zh ?? '', en: en ?? zh ?? '' } }));
}

/** Each confirmation with the proposal it confirmed, and the proposal nobody has answered. */
function pairs(acts: readonly Act[]): { done: Pick<DeliveryCorrection, 'proposed' | 'compared'>[]; open: Hand | null } {
  const done: Pick<DeliveryCorrection, 'proposed' | 'compared'>[] = [];
  let open: Hand | null = null;
  for (const { caseId: _case, command, ...hand } of acts) {
    if (command === 'confirmDelivery') done.push({ proposed: open, compared: hand });
    open = command === 'correctDelivery' ? hand : null;
  }
  return { done, open };
}

const present = (row: CorrectedRow): DeliveryValue => ({ deliveredAt: row.deliveredAt, evidence: row.deliveryEvidence, file: row.evidenceAttachment });

/** What stood in a row and what took its place: the next former value, in the end the present one. */
function valuesOf(row: CorrectedRow): Pick<DeliveryCorrection, 'former' | 'corrected' | 'reason'>[] {
  const former = row.correctedFrom ?? [];
  const values = [...former.map((one) => ({ deliveredAt: new Date(one.deliveredAt), evidence: one.evidence, file: one.evidenceAttachment })), present(row)];
  return former.map(({ reason }, index) => ({ former: values[index]!, corrected: values[index + 1]!, reason }));
}

async function proposedValue(trx: Knex.Transaction, city: string, caseId: string): Promise<Pick<DeliveryCorrection, 'corrected' | 'reason'> | null> {
  const correction = (await caseContext(trx, city, caseId))?.correction as { deliveredAt: string; evidence: string; evidenceFile: string | null; reason: string } | null | undefined;
  if (correction == null) return null;
  return { corrected: { deliveredAt: new Date(correction.deliveredAt), evidence: correction.evidence, file: correction.evidenceFile }, reason: correction.reason };
}
