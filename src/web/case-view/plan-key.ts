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
  rows: { name: string; className: string | null; item: Words; required: string; actual: string; difference: string; ok: boolean; explanation: Words }[];
}

/** The areas only: rooms that must be there are listed where they are missing. */
export function planKey(body: unknown): PlanKey | null {
  const { totals, judged } = body as FrozenPlan;
  if (totals === null || totals === undefined) return null;
  const verdicts = judged.flatMap((project) => project.verdicts.map((verdict) => ({ project, verdict })));
  return {
    tasks: (['hall', 'center', 'station'] as const).map((tier) => ({ tier, count: totals.byTier[tier].projects })).filter((one) => one.count > 0),
    funds: formatMoney(totals.funds), investment: formatMoney(totals.money),
    met: verdicts.filter(({ verdict }) => verdict.ok).length, below: verdicts.filter(({ verdict }) => !verdict.ok).length,
    rows: verdicts.filter(({ verdict }) => verdict.unit === 'area' || !verdict.ok).map(({ project, verdict }) => ({
      name: project.name, className: project.className, item: verdict.name, required: quantity(verdict, verdict.required), actual: quantity(verdict, verdict.actual),
      difference: verdict.unit === 'area' && verdict.difference !== null ? `${verdict.difference > 0 ? '+' : ''}${formatArea(verdict.difference)}` : '', ok: verdict.ok,
      explanation: verdict.explanation,
    })),
  };
}

function quantity({ unit }: Verdict, value: number | null): string {
  if (value === null) return '—';
  return unit === 'area' ? `${formatArea(value)} m²` : value === 1 ? '✓' : '—';
}
