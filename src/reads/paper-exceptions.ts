import type { Knex } from 'knex';
import { formatDate } from '../domain/chinese-date.js';
import { ofCase, plainLine, type ExceptionLine } from './exception-line.js';

interface PaperRow extends Pick<ExceptionLine, 'at' | 'unit' | 'unitName' | 'caseId' | 'caseNumber' | 'title'> {
  wording: string;
  paperDate: string;
  keptAt: string;
  signatoryName: string;
  signatoryPost: string;
  registrar: string | null;
  comparer: string | null;
  mismatches: { field: string; seen: string }[] | null;
}

const papers = async (trx: Knex.Transaction, city: string, year: number, status: 'compared' | 'sent-back'): Promise<PaperRow[]> =>
  ofCase(trx('paper_act as a'), 'a')
    .leftJoin('person as r', (on) => on.on('r.city', 'a.city').andOn('r.id', 'a.registered_by'))
    .leftJoin('person as k', (on) => on.on('k.city', 'a.city').andOn('k.id', 'a.compared_by'))
    .where({ 'a.city': city, 'a.year': year, 'a.status': status })
    .select('a.compared_at as at', 'a.wording', 'a.paper_date as paperDate', 'a.kept_at as keptAt', 'a.signatory_name as signatoryName', 'a.signatory_post as signatoryPost',
      'r.name as registrar', 'k.name as comparer', 'a.mismatches');

const line = (row: PaperRow, kind: string, words: string): ExceptionLine => ({
  ...plainLine, at: row.at, kind, unit: row.unit, unitName: row.unitName, caseId: row.caseId, caseNumber: row.caseNumber, title: row.title, words,
  signatory: `${row.signatoryPost} ${row.signatoryName}`, people: [row.registrar, row.comparer].filter((one) => one !== null),
});

/** Paper acts that took effect: in the signatory's name, registered and compared by two. */
export async function actedOnPaper(trx: Knex.Transaction, city: string, year: number): Promise<ExceptionLine[]> {
  return (await papers(trx, city, year, 'compared')).map((row) => line(row, 'paper', `纸面日期${formatDate(row.paperDate)}；原件：${row.keptAt}；批示：${row.wording}`));
}

/** Registrations that were not what the paper says, with what the second person saw there. */
export async function differedOnComparison(trx: Knex.Transaction, city: string, year: number): Promise<ExceptionLine[]> {
  return (await papers(trx, city, year, 'sent-back')).map((row) => line(row, 'paper-differed', `纸面日期${formatDate(row.paperDate)}；纸面所见：${(row.mismatches ?? []).map(({ seen }) => `“${seen}”`).join('、')}`));
}
