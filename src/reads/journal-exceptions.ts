import type { Knex } from 'knex';
import { ofCase, plainLine, type ExceptionLine } from './exception-line.js';

const acts = (trx: Knex.Transaction, city: string, year: number): Knex.QueryBuilder =>
  ofCase(trx('journal as j'), 'j').where({ 'j.city': city, 'j.year': year }).orderBy('j.at')
    .select('j.at', 'j.command', 'c.workflow', trx.raw(`substring(j.chart from '[0-9]+$')::int as "chartVersion"`), 'c.pack');

type ActRow = Pick<ExceptionLine, 'at' | 'unit' | 'unitName' | 'caseId' | 'caseNumber' | 'title'> & NonNullable<ExceptionLine['act']>;

const lineOf = ({ workflow, chartVersion, pack, command, ...row }: ActRow, kind: string): ExceptionLine => ({ ...plainLine, ...row, kind, words: '', act: { workflow, chartVersion, pack, command } });

/** Terms that ran out before the duty was done, but for those of which the step itself recorded an exception, and the filing, which is read from the stages. */
export async function missedTerms(trx: Knex.Transaction, city: string, year: number): Promise<ExceptionLine[]> {
  const rows: ActRow[] = await acts(trx, city, year).where('j.command', 'like', 'term.%.due').whereNot('j.command', 'term.plan.filing.due')
    .whereNotExists(trx('exception_entry as e').select(trx.raw('1')).whereRaw('e.city = j.city and e.case_id = j.case_id and e.at = j.at'));
  return rows.map((row) => lineOf(row, 'missed-term'));
}

/** What a deputy did in another's name, within the days of the deputyship. */
export async function actedByDeputy(trx: Knex.Transaction, city: string, year: number): Promise<ExceptionLine[]> {
  const rows: (ActRow & { deputy: string; actingFor: string })[] = await acts(trx, city, year)
    .join('person as b', (on) => on.on('b.city', 'j.city').andOn('b.id', 'j.person')).join('person as a', (on) => on.on('a.city', 'j.city').andOn('a.id', 'j.acting_for'))
    .select('b.name as deputy', 'a.name as actingFor');
  return rows.map(({ deputy, actingFor, ...row }) => ({ ...lineOf(row, 'deputy'), people: [deputy], actingFor }));
}

const kinds: Readonly<Record<string, string>> = { dissent: 'dissent', reviewAfterwards: 'reviewed-afterwards' };

/** Dissents of a team's members, and what posts say that a jump had passed over: as far as this reader may see what was written. */
export async function againstAndAfterwards(trx: Knex.Transaction, city: string, year: number): Promise<ExceptionLine[]> {
  const rows: (ActRow & { person: string | null; body: string | null })[] = await acts(trx, city, year).whereIn('j.command', Object.keys(kinds))
    .leftJoin('person as p', (on) => on.on('p.city', 'j.city').andOn('p.id', 'j.person'))
    .leftJoin('journal_payload as b', (on) => on.on('b.city', 'j.city').andOn('b.year', 'j.year').andOn('b.case_id', 'j.case_id').andOn('b.seq', 'j.seq'))
    .select('p.name as person', 'b.body');
  return rows.map(({ person, body, ...row }) => {
    const said = body === null ? {} : (JSON.parse(body) as { reason?: string; opinion?: string; paper?: { signatory: string; post: string } });
    return {
      ...lineOf(row, kinds[row.command]!), act: null, words: said.reason ?? said.opinion ?? '', people: person === null ? [] : [person],
      signatory: said.paper === undefined ? null : `${said.paper.post} ${said.paper.signatory}`,
    };
  });
}
