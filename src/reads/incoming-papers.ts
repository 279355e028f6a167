import type { Knex } from 'knex';
import { deliveryCorrections, type DeliveryCorrection } from './delivery-corrections.js';

/** One line of the register of incoming papers (收文簿) with its four dates. */
export interface IncomingPaper {
  id: string;
  caseId: string;
  unit: string;
  unitName: string | null;
  number: number;
  theirNumber: string;
  title: string;
  channel: 'system' | 'exchange' | 'paper' | 'confidential';
  dated: string;
  deliveredAt: Date;
  deliveryEvidence: string | null;
  evidenceAttachment: string | null;
  registeredAt: Date;
  enteredAt: Date;
  registrarName: string | null;
  /** What stood in the row before and what is proposed to stand there, oldest first. */
  corrections: DeliveryCorrection[];
}

/** The incoming papers of a year, or of one case in it, latest number first. */
export async function incomingPapers(trx: Knex.Transaction, city: string, year: number, caseId?: string): Promise<IncomingPaper[]> {
  const rows = await trx('incoming as i')
    .leftJoin('filing_unit as u', (on) => on.on('u.city', 'i.city').andOn('u.year', 'i.year').andOn('u.id', 'i.unit'))
    .leftJoin('person as p', (on) => on.on('p.city', 'i.city').andOn('p.id', 'i.registered_by'))
    .where({ 'i.city': city, 'i.year': year, ...(caseId === undefined ? {} : { 'i.case_id': caseId }) })
    .orderBy('i.number', 'desc')
    .select('i.id', 'i.case_id as caseId', 'i.unit', 'u.name as unitName', 'i.number', 'i.their_number as theirNumber', 'i.title', 'i.channel', 'i.dated',
      'i.delivered_at as deliveredAt', 'i.delivery_evidence as deliveryEvidence', 'i.evidence_attachment as evidenceAttachment',
      'i.registered_at as registeredAt', 'i.entered_at as enteredAt', 'p.name as registrarName', 'i.corrected_from as correctedFrom');
  if (rows.length === 0) return [];
  const corrections = await deliveryCorrections(trx, city, year, rows);
  return rows.map(({ correctedFrom: _kept, ...row }) => ({ ...row, corrections: corrections.get(row.id) ?? [] }));
}
