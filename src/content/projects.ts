import type { Knex } from 'knex';
import { newId } from '../clock.js';
import type { PlanContent, PlanProject } from '../../workflows/forms/plan-sections.js';
import { projectArea } from './plan-check.js';
import type { FrozenContent } from './freeze.js';

/**
 * What a case has decided about projects enters the register: a plan on record makes its projects the baseline, in the place of the plan it
 * amends; an acceptance passed ends those it was applied for. Done twice, it changes nothing. The caller is the system's own hand.
 */
export async function recordBaseline(trx: Knex.Transaction, { city, caseId }: { city: string; caseId: string }): Promise<void> {
  const file = await trx('case_file').where({ city, id: caseId }).first('workflow', 'year', 'unit');
  const stored = await trx('case_snapshot').where({ city, id: caseId }).first('snapshot');
  const { content: hash, amends } = (JSON.parse(stored.snapshot) as { snapshot: { context: { content: string | null; amends?: { caseId: string } | null } } }).snapshot.context;
  const version = hash === null ? undefined : await trx('content_version').where({ city, case_id: caseId, hash }).first('body');
  if (version === undefined) return;
  const { sections } = JSON.parse(version.body) as FrozenContent;
  if (file.workflow === 'acceptance') return endProjects(trx, city, caseId, file.unit, sections);
  for (const project of (sections as PlanContent).premises?.projects ?? []) await enterProject(trx, { city, caseId, year: file.year, unit: file.unit }, project);
  if (amends) await trx('project_in_plan').where({ city, case_id: amends.caseId }).delete();
}

/** A project keeps its identity across years: one that is not yet accepted is found again by its place. */
async function enterProject(trx: Knex.Transaction, { city, caseId, year, unit }: { city: string; caseId: string; year: number; unit: string }, project: PlanProject): Promise<void> {
  const place = { city, tier: project.tier, place_code: project.placeCode };
  if (await trx('project_in_plan as i').join('project as p', (on) => on.on('p.city', 'i.city').andOn('p.id', 'i.project'))
    .where({ 'i.city': city, 'i.case_id': caseId, 'p.tier': project.tier, 'p.place_code': project.placeCode }).first('p.id')) return;
  await trx('project').insert({ ...place, id: newId(), unit, name: project.name, opened_year: year })
    .onConflict(trx.raw('(city, tier, place_code) where accepted_case is null')).merge({ name: project.name });
  const known = await trx('project').where(place).whereNull('accepted_case').first('id', 'opened_year');
  await trx('project_in_plan').insert({
    city, project: known.id, case_id: caseId, year, unit, kind: project.kind === 'new' && known.opened_year < year ? 'continued' : project.kind,
    type: project.type, area: projectArea(project), archive_area: project.archiveArea, planned_finish: project.plannedFinish,
  }).onConflict(['city', 'project', 'case_id']).ignore();
}

async function endProjects(trx: Knex.Transaction, city: string, caseId: string, unit: string, sections: FrozenContent['sections']): Promise<void> {
  const ended = (sections.completedProjects as { projects: { project: string }[] } | undefined)?.projects.map(({ project }) => project) ?? [];
  await trx('project').where({ city, unit }).whereIn('id', ended).whereNull('accepted_case').update({ accepted_case: caseId });
}
