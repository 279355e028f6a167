import { formatMoney } from '../domain/money.js';
import type { JudgedProject } from '../domain/plan-standing.js';
import { judgeCenter, judgeHall, judgeStation, centerClass, type StandardRules } from '../domain/standards.js';
import { words, type Words } from '../domain/text.js';
import type { Verdict } from '../domain/verdict.js';
import type { PlanContent, PlanProject } from '../../workflows/forms/plan-sections.js';
import type { SectionDefect } from './read-sections.js';

/** What the register says of the unit in that year. `population` is what the hall is judged by: entrusted residents are deducted. */
export interface PlanRegister {
  readonly unit: { readonly code: string; readonly population: number };
  readonly townships: ReadonlyMap<string, { readonly name: string; readonly population: number }>;
  /** Communities and villages of the unit by code. */
  readonly villages: ReadonlyMap<string, { readonly name: string; readonly township: string }>;
}

export interface PlanTotals {
  readonly byTier: Readonly<Record<PlanProject['tier'], { readonly projects: number; readonly area: number; readonly money: number }>>;
  /** 分 */
  readonly funds: number;
  readonly money: number;
}

export interface PlanCheck {
  readonly defects: readonly SectionDefect[];
  readonly projects: readonly JudgedProject[];
  /** Projects below standard without a justification. */
  readonly belowUnjustified: number;
  readonly totals: PlanTotals;
}

/** Holds a whole plan against annex 2, the register and its own sums. Sections that could not be read are left to their own defects. */
export function checkPlan(content: PlanContent, register: PlanRegister, rules: StandardRules, year: number): PlanCheck {
  const projects = content.premises?.projects ?? [];
  const judged = projects.map((project, index) => judgeProject(project, index, register, rules));
  const below = belowUnjustified(projects, judged);
  return {
    defects: [...placeDefects(projects, register), ...below.flatMap(belowDefect), ...fundDefects(content), ...scheduleDefects(content, year)],
    projects: judged, belowUnjustified: below.length, totals: totalsOf(content),
  };
}

const belowUnjustified = (projects: readonly PlanProject[], judged: readonly JudgedProject[]): JudgedProject[] =>
  judged.filter((one) => one.verdicts.some(({ ok }) => !ok) && projects[one.index]!.justification === null);

/** What is wrong with rows that say what they are about, in a section that cannot be read as a whole yet: foreign and repeated places, areas below standard. */
export function rowDefects(projects: readonly PlanProject[], register: PlanRegister, rules: StandardRules): SectionDefect[] {
  const begun = ({ tier, placeCode }: PlanProject): boolean => tier !== null && placeCode !== '';
  const judged = projects.flatMap((project, index) => (begun(project) ? [judgeProject(project, index, register, rules)] : []));
  return [...placeDefects(projects, register).filter(({ field }) => begun(projects[Number(field.split('.')[1])]!)), ...belowUnjustified(projects, judged).flatMap(belowDefect)];
}

/** The area a project is counted with: gross where it was entered. 0.01 m². */
export const projectArea = (project: PlanProject): number => project.grossArea ?? project.usableArea ?? 0;

/** One project held against annex 2. What was moved out, or stands nowhere in the unit, is judged by nothing. */
export function judgeProject(project: PlanProject, index: number, register: PlanRegister, rules: StandardRules): JudgedProject {
  const base = { index, tier: project.tier, placeCode: project.placeCode, name: project.name, className: null };
  const none = { ...base, population: null, verdicts: [] };
  if (project.kind === 'moved-out') return none;
  if (project.tier === 'hall') {
    const { population } = register.unit;
    return project.placeCode === register.unit.code ? { ...base, population, verdicts: judgeHall(rules, { population, grossArea: project.grossArea }) } : none;
  }
  if (project.tier === 'station') return { ...none, verdicts: register.villages.has(project.placeCode) ? judgeStation(rules, project) : [] };
  const township = register.townships.get(project.placeCode);
  if (township === undefined) return none;
  const verdicts = judgeCenter(rules, { ...project, population: township.population, rooms: project });
  return { ...base, population: township.population, className: centerClass(rules, township.population).class.id, verdicts };
}

const at = (section: string, field: string, code: string, sentence: Words): SectionDefect => ({ section, field, code, sentence });

function belowDefect({ index, name: typed, placeCode, verdicts }: JudgedProject): SectionDefect[] {
  const name = typed || placeCode;
  const field: Record<string, string> = { hallArea: 'grossArea', serviceArea: 'usableArea', stationArea: 'usableArea' };
  return verdicts.filter(({ ok }) => !ok).map((one) => at('premises', `projects.${index}.${field[one.item] ?? one.item}`, 'below-standard', words(
    `${name}：${one.name.zh}${one.explanation.zh}改到标准以上，或填写低于标准的说明。`,
    `${name}: ${one.name.en}. ${one.explanation.en} Bring it up to the standard or say why it is below.`,
  )));
}

function placeDefects(projects: readonly PlanProject[], register: PlanRegister): SectionDefect[] {
  const seen = new Map<string, number>();
  return projects.flatMap((project, index) => {
    const field = `projects.${index}.placeCode`;
    const known = project.tier === 'hall' ? project.placeCode === register.unit.code : project.tier === 'center' ? register.townships.has(project.placeCode) : register.villages.has(project.placeCode);
    if (!known) {
      return [at('premises', field, 'foreign-place', words(
        `代码 ${project.placeCode} 不是本单位${project.tier === 'hall' ? '' : project.tier === 'center' ? '的街道、乡镇' : '的社区、行政村'}，请核对。`,
        `Code ${project.placeCode} is none of this unit's places; check it.`))];
    }
    const key = `${project.tier}:${project.placeCode}`;
    const first = seen.get(key);
    seen.set(key, first ?? index);
    if (first === undefined) return [];
    return [at('premises', field, 'duplicate-place', words(
      `${project.name || project.placeCode}与第 ${first + 1} 行重复：同一地方同一级平台只列一次。`, `${project.name || project.placeCode} repeats row ${first + 1}: list one platform of a place once.`))];
  });
}

function fundDefects({ funds, premises }: PlanContent): SectionDefect[] {
  if (funds === undefined) return [];
  const differs = (field: string, stated: number, sum: number) => at('funds', field, 'sum', words(
    `合计填 ${formatMoney(stated)} 万元，各列相加是 ${formatMoney(sum)} 万元。`, `The total says ${formatMoney(stated)}, the entries add up to ${formatMoney(sum)}.`));
  const lines = funds.lines.flatMap((line, index) => {
    const sum = line.city + line.district + line.township;
    return sum === line.total ? [] : [differs(`lines.${index}.total`, line.total, sum)];
  });
  const missing = (['personnelFund', 'operatingFund', 'constructionFund'] as const).filter((category) => !funds.lines.some((line) => line.category === category));
  const names = { personnelFund: words('人员经费', 'personnel'), operatingFund: words('工作经费', 'operating costs'), constructionFund: words('基础建设经费', 'construction') };
  const sum = funds.lines.reduce((total, line) => total + line.total, 0);
  const building = funds.lines.filter((line) => line.category === 'constructionFund').reduce((total, line) => total + line.total, 0);
  const projects = (premises?.projects ?? []).reduce((total, project) => total + (project.money ?? 0), 0);
  return [
    ...lines,
    ...missing.map((category) => at('funds', 'lines', 'missing', words(`缺${names[category].zh}一行（没有的填 0）。`, `The line of ${names[category].en} is missing (enter 0 for none).`))),
    ...(sum === funds.total ? [] : [differs('total', funds.total, sum)]),
    ...(projects <= building ? [] : [at('funds', 'lines', 'projects-exceed', words(
      `各项目投入相加 ${formatMoney(projects)} 万元，超过基础建设经费 ${formatMoney(building)} 万元。`, `The projects cost ${formatMoney(projects)}, more than the construction funds of ${formatMoney(building)}.`))]),
  ];
}

function scheduleDefects({ schedule }: PlanContent, year: number): SectionDefect[] {
  return (schedule?.phases ?? []).flatMap((phase, index) => {
    if (phase.from > phase.to) return [at('schedule', `phases.${index}.to`, 'order', words('结束日期早于开始日期。', 'It ends before it begins.'))];
    const outside = Number(phase.from.slice(0, 4)) < year || Number(phase.to.slice(0, 4)) > year + 1;
    return outside ? [at('schedule', `phases.${index}.from`, 'year', words(`日期应在 ${year} 年至 ${year + 1} 年内。`, `The dates lie within ${year} and ${year + 1}.`))] : [];
  });
}

function totalsOf({ premises, funds }: PlanContent): PlanTotals {
  const of = (tier: PlanProject['tier']) => {
    const own = (premises?.projects ?? []).filter((project) => project.tier === tier && project.kind !== 'moved-out');
    return { projects: own.length, area: own.reduce((sum, one) => sum + projectArea(one), 0), money: own.reduce((sum, one) => sum + (one.money ?? 0), 0) };
  };
  const byTier = { hall: of('hall'), center: of('center'), station: of('station') };
  return { byTier, funds: funds?.total ?? 0, money: byTier.hall.money + byTier.center.money + byTier.station.money };
}
