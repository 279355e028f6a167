import type { Preparer } from '../preparation.js';

/** 年度办结: projects in the plan of this year that no acceptance has ended go over to the next (结转). */
export const close: Preparer = async ({ trx, caseRow }) => {
  const { rows } = await trx.raw(
    `select count(distinct p.id)::int as n from project p join project_in_plan i on i.city = p.city and i.project = p.id
      where p.city = ? and p.unit = ? and i.year = ? and p.accepted_case is null and p.dropped_case is null`, [caseRow.city, caseRow.unit, caseRow.year]);
  return { facts: { carriedOver: rows[0].n } };
};
