import type { Knex } from 'knex';
import { ofCase, plainLine, type ExceptionLine } from './exception-line.js';
import { actedByDeputy, againstAndAfterwards, missedTerms } from './journal-exceptions.js';
import { actedOnPaper, differedOnComparison } from './paper-exceptions.js';

/** Everything of a year that was late, extended, skipped, corrected, refused, contradicted or decided on paper, earliest first, as far as this reader may see it. */
export async function exceptionsOf(trx: Knex.Transaction, city: string, year: number): Promise<ExceptionLine[]> {
  const sources = [recordedBySteps, lateFilings, missedTerms, againstAndAfterwards, actedByDeputy, actedOnPaper, differedOnComparison, voidedNumbers];
  const lines: ExceptionLine[] = [];
  for (const source of sources) lines.push(...(await source(trx, city, year)));
  return lines.sort((a, b) => a.at.getTime() - b.at.getTime());
}

async function recordedBySteps(trx: Knex.Transaction, city: string, year: number): Promise<ExceptionLine[]> {
  const rows = await ofCase(trx('exception_entry as e'), 'e').leftJoin('person as p', (on) => on.on('p.city', 'e.city').andOn('p.id', 'e.person'))
    .where({ 'e.city': city, 'e.year': year }).orderBy(['e.at', 'e.id']).select('e.at', 'e.kind', 'e.words', 'e.signatory', 'p.name as personName');
  return rows.map(({ personName, ...line }: Omit<ExceptionLine, 'people'> & { personName: string | null }) => ({ ...plainLine, ...line, people: personName === null ? [] : [personName] }));
}

/** Where a yearly plan stood on its deadline and after: known to the city from its stages, whose content is the unit's own until it files. */
async function lateFilings(trx: Knex.Transaction, city: string, year: number): Promise<ExceptionLine[]> {
  const kinds: Readonly<Record<string, string>> = { overdue: 'missed-term', late: 'late-filing' };
  const rows: (ExceptionLine & { stage: string })[] = await ofCase(trx('case_stage as s'), 's').where({ 's.city': city, 's.year': year, 'c.workflow': 'plan' }).whereIn('s.stage', Object.keys(kinds))
    .orderBy(['s.case_id', 's.seq']).select('s.stage', 's.entered_at as at');
  const lateBefore = (line: ExceptionLine, index: number): boolean => rows.slice(0, index).some((one) => one.caseId === line.caseId && one.stage === 'late');
  // A plan that was late at its filing, came to be in time by proof and is late once more is so because that proof was corrected.
  return rows.map(({ stage, ...line }, index) => ({ ...plainLine, ...line, kind: kinds[stage]!, words: stage === 'late' && lateBefore(line, index) ? '更正送达时间后，改为逾期' : '' }));
}

/** Numbers that were allocated and voided; a paper that was never made has no case to lead to. */
async function voidedNumbers(trx: Knex.Transaction, city: string, year: number): Promise<ExceptionLine[]> {
  const rows = await trx('number_allocation as n')
    .leftJoin('document as d', (on) => on.on('d.city', 'n.city').andOn('d.id', 'n.document_id'))
    .leftJoin('case_file as c', (on) => on.on('c.city', 'd.city').andOn('c.id', 'd.case_id'))
    .leftJoin('filing_unit as u', (on) => on.on('u.city', 'd.city').andOn('u.year', 'd.year').andOn('u.id', 'd.unit'))
    .where({ 'n.city': city, 'n.year': year }).whereNotNull('n.voided_at')
    .select('n.voided_at as at', 'n.issuer_code as issuerCode', 'n.number', 'n.voided_reason as words', 'd.unit', 'u.name as unitName', 'd.case_id as caseId', 'c.case_number as caseNumber');
  return rows.map(({ issuerCode, number, ...row }) => ({ ...plainLine, ...row, kind: 'voided-number', title: `${issuerCode}〔${year}〕${number}号` }));
}
