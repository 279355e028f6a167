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
  const baseline: Baseline = { city, caseId, year: file.year, unit: file.unit, amended: amends ? await projectsIn(trx, city, amends.caseId) : [] };
  for (const project of (sections as PlanContent).premises?.projects ?? []) await enterProject(trx, baseline, project);
  await dropProjects(trx, baseline);
  if (amends) await trx('project_in_plan').where({ city, case_id: amends.caseId }).delete();
}

interface Listed {
  readonly id: string;
  readonly tier: string;
  readonly place: string;
  readonly kind: string;
}

interface Baseline {
  readonly city: string;
  readonly caseId: string;
  readonly year: number;
  readonly unit: string;
  /** What the plan on record listed before this amendment of it. */
  readonly amended: readonly Listed[];
}

const projectsIn = (trx: Knex.Transaction, city: string, caseId: string): Promise<Listed[]> =>
  trx('project_in_plan as i').join('project as p', (on) => on.on('p.city', 'i.city').andOn('p.id', 'i.project')).where({ 'i.city': city, 'i.case_id': caseId })
    .select('p.id', 'p.tier', 'p.place_code as place', 'i.kind');

const open = { accepted_case: null, dropped_case: null };

/**
 * A project keeps its identity across years and amendments: one of the amended plan is the same, accepted or not; else one that is still
 * open is found again by its place.
 */
async function enterProject(trx: Knex.Transaction, { city, caseId, year, unit, amended }: Baseline, project: PlanProject): Promise<void> {
  const place = { city, tier: project.tier, place_code: project.placeCode };
  const here = (one: Listed): boolean => one.tier === project.tier && one.place === project.placeCode;
  if ((await projectsIn(trx, city, caseId)).some(here)) return;
  const kept = amended.find((one) => here(one) && (one.kind !== 'moved-out' || project.kind === 'moved-out'));
  if (kept === undefined) {
    await trx('project').insert({ ...place, id: newId(), unit, name: project.name, opened_year: year })
      .onConflict(trx.raw('(city, tier, place_code) where accepted_case is null and dropped_case is null')).merge({ name: project.name });
  } else await trx('project').where({ city, id: kept.id, ...open }).update({ name: project.name });
  const known = await trx('project').where(kept === undefined ? { ...place, ...open } : { city, id: kept.id }).first('id', 'opened_year');
  await trx('project_in_plan').insert({
    city, project: known.id, case_id: caseId, year, unit, kind: project.kind === 'new' && known.opened_year < year ? 'continued' : project.kind,
    type: project.type, area: projectArea(project), archive_area: project.archiveArea, planned_finish: project.plannedFinish,
  }).onConflict(['city', 'project', 'case_id']).ignore();
}

/** What an amendment left out, or a plan lists as 调出, is not built any more: nobody applies for its acceptance, and no year carries it over. */
async function dropProjects(trx: Knex.Transaction, { city, caseId, amended }: Baseline): Promise<void> {
  const listed = await projectsIn(trx, city, caseId);
  const dropped = [...amended.filter(({ id }) => !listed.some((one) => one.id === id)), ...listed.filter(({ kind }) => kind === 'moved-out')].map(({ id }) => id);
  await trx('project').where({ city, ...open }).whereIn('id', dropped).update({ dropped_case: caseId });
}

async function endProjects(trx: Knex.Transaction, city: string, caseId: string, unit: string, sections: FrozenContent['sections']): Promise<void> {
  const ended = (sections.completedProjects as { projects: { project: string }[] } | undefined)?.projects.map(({ project }) => project) ?? [];
  await trx('project').where({ city, unit }).whereIn('id', ended).whereNull('accepted_case').update({ accepted_case: caseId });
}
