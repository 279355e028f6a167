import { halfWidth, words, type Words } from '../../domain/text.js';
import { cellLine, type TypedRow } from './read-rows.js';
import type { LocatedSheet } from './locate-columns.js';
import type { RowReport } from '../../domain/row-report.js';
import type { PlanWorkbookRegister } from './workbook-register.js';

/** Codes that are unknown, another unit's or of another tier, and places listed twice, each pinned to its cell. */
export function placeDefects(found: LocatedSheet, typed: readonly TypedRow[], register: PlanWorkbookRegister): RowReport[] {
  const column = found.columns.find(({ id }) => id === 'placeCode');
  if (column === undefined) return [];
  const first = new Map<string, number>();
  return typed.flatMap(({ row, values }): RowReport[] => {
    const { tier, placeCode } = values;
    if (typeof placeCode !== 'string' || typeof tier !== 'string') return [];
    const code = halfWidth(placeCode).trim();
    const wrong = foreignPlace(tier, code, register);
    const defect = (id: string, sentence: Words) => [cellLine(found, row, column, 'defect', placeCode, id, sentence)];
    if (wrong !== null) return defect(wrong.code, wrong.sentence);
    const key = `${tier}:${code}`;
    const before = first.get(key);
    first.set(key, before ?? row);
    if (before === undefined) return [];
    return defect('duplicate-place', words(`与第 ${before} 行重复：同一地方同一级平台只列一次。`, `It repeats row ${before}: list one platform of a place once.`));
  });
}

function foreignPlace(tier: string, code: string, { unit, townships, villages, elsewhere }: PlanWorkbookRegister): { code: string; sentence: Words } | null {
  const actual = code === unit.code ? 'hall' : townships.has(code) ? 'center' : villages.has(code) ? 'station' : null;
  if (actual === tier) return null;
  if (actual !== null) {
    const [zh, en] = { hall: ['本单位', 'the unit itself'], center: ['街道、乡镇', 'a township'], station: ['社区、行政村', 'a community or village'] }[actual] as [string, string];
    return { code: 'other-tier', sentence: words(`${code} 是${zh}的代码，与平台级别不符，请核对。`, `${code} is the code of ${en} and does not fit the tier; check it.`) };
  }
  const owner = elsewhere.get(code);
  if (owner !== undefined) return { code: 'other-unit', sentence: words(`${code} 是${owner}的代码，不是${unit.name}的，请核对。`, `${code} belongs to ${owner}, not to ${unit.name}; check it.`) };
  return { code: 'unknown-place', sentence: words(`没有 ${code} 这个区划代码，请查“区划代码”表。`, `There is no division code ${code}; see the sheet of codes.`) };
}
