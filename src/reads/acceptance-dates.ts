import type { Knex } from 'knex';
import type { CaseDate } from '../domain/date-order.js';
import { words } from '../domain/text.js';

/** Dates that were typed in an acceptance: a project completed before it was applied for, a visit made before its record was handed in. */
export async function acceptanceDates(trx: Knex.Transaction, city: string, year: number): Promise<CaseDate[]> {
  return [...(await completions(trx, city, year)), ...(await visits(trx, city, year))];
}

async function completions(trx: Knex.Transaction, city: string, year: number): Promise<CaseDate[]> {
  const rows: { caseId: string; body: string; frozenAt: Date }[] = await trx('content_version as v').join('case_file as c', (on) => on.on('c.city', 'v.city').andOn('c.id', 'v.case_id'))
    .where({ 'v.city': city, 'v.year': year, 'c.workflow': 'acceptance' }).select('v.case_id as caseId', 'v.body', 'v.frozen_at as frozenAt');
  const names = new Map<string, string>((await trx('project').where({ city }).select('id', 'name')).map(({ id, name }) => [id, name]));
  return rows.flatMap(({ caseId, body, frozenAt }) => {
    const { completedProjects } = (JSON.parse(body) as { sections: { completedProjects?: { projects: { project: string; finishedOn: string }[] } } }).sections;
    return (completedProjects?.projects ?? []).map(({ project, finishedOn }) => ({
      caseId, named: names.get(project) ?? project, paper: words('项目完成', 'Completion of the project'), dated: finishedOn, step: words('申请验收', 'Application'), at: frozenAt.toISOString(),
    }));
  });
}

async function visits(trx: Knex.Transaction, city: string, year: number): Promise<CaseDate[]> {
  const rows: { caseId: string; command: string; at: Date; body: string }[] = await trx('journal as j')
    .join('journal_payload as p', (on) => on.on('p.city', 'j.city').andOn('p.year', 'j.year').andOn('p.case_id', 'j.case_id').andOn('p.seq', 'j.seq'))
    .where({ 'j.city': city, 'j.year': year }).whereIn('j.command', ['recordVisit', 'confirmRectification']).select('j.case_id as caseId', 'j.command', 'j.at', 'p.body');
  const record = words('提交记录', 'Handing in the record');
  return rows.flatMap(({ caseId, command, at, body }) => {
    const act = JSON.parse(body) as { to?: string; visitedOn?: string };
    const dated = command === 'recordVisit' ? act.to : act.visitedOn;
    if (dated === undefined) return [];
    return [{ caseId, named: '', paper: command === 'recordVisit' ? words('现场验收', 'Visit') : words('复验', 'Re-inspection'), dated, step: record, at: at.toISOString() }];
  });
}
