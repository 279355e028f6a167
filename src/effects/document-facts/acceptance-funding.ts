import type { FactsOf } from '../../documents/document-kinds.js';
import type { Dossier } from '../dossier.js';
import { acceptanceOf, applicationOf } from './acceptance-case.js';
import type { PlanOfYear } from './plan-of-year.js';
import { actOf, notRegistered, paragraphsOf } from './recorded.js';

const levels = [['city', '市级'], ['district', '区县本级'], ['township', '街道乡镇']] as const;

/** 资金管理情况: budgeted by the plan on record, allocated and spent as the unit declared; 分. */
export function fundingOf(dossier: Dossier, plan: PlanOfYear | null): FactsOf<'acceptanceReport'>['funding'] {
  const declared = applicationOf(dossier).completedProjects;
  return {
    lines: dossier.pack.catalogues.fundCategories.value.map(({ id, name }) => {
      const budget = plan?.content.funds?.lines.filter(({ category }) => category === id) ?? [];
      const used = declared?.funds.filter(({ category }) => category === id) ?? [];
      const total = (list: readonly number[]): number | null => (list.length === 0 ? null : list.reduce((sum, one) => sum + one, 0));
      const sources = levels.filter(([level]) => budget.some((line) => line[level] > 0)).map(([, words]) => words).join('、');
      return {
        category: name.zh, source: sources === '' ? notRegistered : sources, budgeted: total(budget.map((line) => line.total)),
        allocated: total(used.map(({ allocated }) => allocated)), spent: total(used.map(({ spent }) => spent)),
      };
    }),
    specialAccount: declared?.specialAccount ?? plan?.content.funds?.specialAccount ?? notRegistered, violations: acceptanceOf(dossier).vetoes.includes('misuse') ? 1 : 0,
    narrative: paragraphsOf(actOf(dossier, 'submitDraft'), 'funding'),
  };
}
