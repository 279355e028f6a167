import type { z } from 'zod';
import type { Words } from '../../src/domain/text.js';
import type { PolicyPack } from '../policies/policy-pack.js';
import { acceptanceSchemas, acceptanceSectionNames, acceptanceSectionWords } from './acceptance-sections.js';
import { matterSchemas, matterSectionNames, matterSectionWords } from './matter-sections.js';
import { planSchemas, planSectionNames, planSectionsOf, planSectionWords, type PlanType } from './plan-sections.js';

/** A section of a case's content: what the unit writes outside the door, bit by bit. */
export interface SectionForm {
  readonly name: string;
  readonly words: Words;
  readonly schema: z.ZodObject;
}

/** The sections of a workflow in their order; none for workflows without content of their own. */
export function sectionForms(workflow: string, pack: PolicyPack): readonly SectionForm[] {
  if (workflow === 'plan') {
    const schemas = planSchemas(pack);
    return planSectionNames.map((name) => ({ name, words: planSectionWords(pack, name), schema: schemas[name] }));
  }
  if (workflow === 'acceptance') {
    const schemas = acceptanceSchemas(pack);
    return acceptanceSectionNames.map((name) => ({ name, words: acceptanceSectionWords[name], schema: schemas[name] }));
  }
  if (workflow === 'matter') return matterSectionNames.map((name) => ({ name, words: matterSectionWords[name], schema: matterSchemas[name] }));
  return [];
}

/** The sections that must be complete: a plan with nothing to build is one page. `bodies` are the sections as typed. */
export function requiredSections(workflow: string, bodies: Readonly<Record<string, unknown>>): readonly string[] {
  if (workflow === 'matter') return matterSectionNames;
  if (workflow !== 'plan') return acceptanceSectionNames;
  const planType = (bodies.basics as { planType?: PlanType } | undefined)?.planType;
  return planSectionsOf(planType ?? 'construction');
}
