import { formatArea } from '../../domain/area.js';
import { formatMoney } from '../../domain/money.js';
import type { Words } from '../../domain/text.js';
import type { Verdict } from '../../domain/verdict.js';

interface FrozenPlan {
  totals: { byTier: Record<'hall' | 'center' | 'station', { projects: number; money: number }>; funds: number; money: number } | null;
  judged: { name: string; tier: string; className: string | null; verdicts: Verdict[] }[];
}

/** 方案要点: what a plan asks for, and how each of its platforms stands against annex 2. As frozen: no paper and no page judges anew. */
export interface PlanKey {
  tasks: { tier: string; count: number }[];
  funds: string;
  investment: string;
  met: number;
  below: number;
  /** Annex 2 by class of platform: the standard and what the plan has, from the least to the most. */
  classes: { tier: string; className: string | null; item: Words; count: number; required: string; range: string; below: number }[];
  /** Platform by platform, what falls short first. */
  rows: { name: string; className: string | null; item: Words; required: string; actual: string; difference: string; ok: boolean; explanation: Words }[];
}

/** The areas only: rooms that must be there are listed where they are missing. */
export function planKey(body: unknown): PlanKey | null {
  const { totals, judged } = body as FrozenPlan;
  if (totals === null || totals === undefined) return null;
  const verdicts = judged.flatMap((project) => project.verdicts.map((verdict) => ({ project, verdict })));
  const rows = verdicts.filter(({ verdict }) => verdict.unit === 'area' || !verdict.ok).map(({ project, verdict }) => ({
    name: project.name, className: project.className, item: verdict.name, required: quantity(verdict, verdict.required), actual: quantity(verdict, verdict.actual),
    difference: verdict.unit === 'area' && verdict.difference !== null ? `${verdict.difference > 0 ? '+' : ''}${formatArea(verdict.difference)}` : '', ok: verdict.ok,
    explanation: verdict.explanation,
  }));
  return {
    tasks: (['hall', 'center', 'station'] as const).map((tier) => ({ tier, count: totals.byTier[tier].projects })).filter((one) => one.count > 0),
    funds: formatMoney(totals.funds), investment: formatMoney(totals.money),
    met: verdicts.filter(({ verdict }) => verdict.ok).length, below: verdicts.filter(({ verdict }) => !verdict.ok).length,
    classes: classesOf(judged), rows: [...rows.filter((row) => !row.ok), ...rows.filter((row) => row.ok)],
  };
}

/** One line for each class and item that is measured, in the order of the tiers. */
function classesOf(judged: FrozenPlan['judged']): PlanKey['classes'] {
  const groups = new Map<string, { project: FrozenPlan['judged'][number]; verdict: Verdict }[]>();
  for (const project of judged) {
    for (const verdict of project.verdicts.filter(({ unit }) => unit === 'area')) {
      const key = `${project.tier} ${project.className ?? ''} ${verdict.item} ${verdict.required}`;
      groups.set(key, [...(groups.get(key) ?? []), { project, verdict }]);
    }
  }
  const tiers = ['hall', 'center', 'station'];
  return [...groups.values()].map((group) => {
    const [{ project, verdict }] = group as [{ project: FrozenPlan['judged'][number]; verdict: Verdict }];
    const actual = group.flatMap((one) => (one.verdict.actual === null ? [] : [one.verdict.actual]));
    const [least, most] = [Math.min(...actual), Math.max(...actual)];
    return {
      tier: project.tier, className: project.className, item: verdict.name, count: group.length, required: quantity(verdict, verdict.required),
      range: actual.length === 0 ? '—' : least === most ? quantity(verdict, least) : `${formatArea(least)}—${quantity(verdict, most)}`, below: group.filter((one) => !one.verdict.ok).length,
    };
  }).sort((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || (a.className ?? '').localeCompare(b.className ?? ''));
}

function quantity({ unit }: Verdict, value: number | null): string {
  if (value === null) return '—';
  return unit === 'area' ? `${formatArea(value)} m²` : value === 1 ? '✓' : '—';
}
