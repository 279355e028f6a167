import { planSchemas, type PlanProject } from '../../workflows/forms/plan-sections.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';

/** The projects of a section as typed, what can be read of each field by field; everything else as if it had not been entered. */
export function readableProjects(pack: PolicyPack, premises: unknown): PlanProject[] {
  const { projects } = (premises ?? {}) as { projects?: unknown };
  if (!Array.isArray(projects)) return [];
  const { shape } = planSchemas(pack).premises.shape.projects.element;
  return projects.map((row) => Object.fromEntries(Object.entries(shape).map(([name, field]) => {
    const read = field.safeParse((row as Record<string, unknown> | null)?.[name]);
    return [name, read.success ? read.data : (name === 'placeCode' || name === 'name' ? '' : null)];
  })) as unknown as PlanProject);
}
