import type { Knex } from 'knex';

/** A hit of the search in the top bar. */
export interface FoundCase {
  caseId: string;
  caseNumber: string;
  title: string;
  workflow: string;
  documentNumber: string | null;
}

const MOST = 30;

/** Cases by number, unit, title or the number of a paper the reader may see. */
export async function findCases(trx: Knex.Transaction, city: string, text: string): Promise<FoundCase[]> {
  const like = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const { rows } = await trx.raw(
    `select c.id as "caseId", c.case_number as "caseNumber", c.title, c.workflow,
            (select d.number from document d where d.city = c.city and d.case_id = c.id and d.number ilike ? limit 1) as "documentNumber"
       from case_file c
      where c.city = ? and (c.case_number ilike ? or c.title ilike ?
            or exists (select 1 from document d where d.city = c.city and d.case_id = c.id and d.number ilike ?))
      order by c.year desc, c.case_number limit ${MOST}`,
    [like, city, like, like, like],
  );
  return rows;
}
