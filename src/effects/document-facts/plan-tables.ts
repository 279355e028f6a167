import type { z } from 'zod';
import type { plainTable } from '../../documents/fact-types.js';
import { formatArea } from '../../domain/area.js';
import { formatDate } from '../../domain/chinese-date.js';
import { grouped } from '../../domain/decimal-text.js';
import { formatYuan } from '../../domain/money.js';
import type { Verdict, VerdictItem } from '../../domain/verdict.js';
import type { FrozenContent } from '../../content/freeze.js';
import { fundCategories, projectTypes, type PlanContent } from '../../../workflows/forms/plan-sections.js';

type PlainTable = z.infer<typeof plainTable>;

const none = '—';
const areaOf = (verdicts: readonly Verdict[], item: VerdictItem, side: 'required' | 'actual'): string => {
  const value = verdicts.find((one) => one.item === item)?.[side] ?? null;
  return value === null ? none : formatArea(value);
};
const wordsOf = (list: readonly { value: string; words: { zh: string } }[], value: string): string => list.find((one) => one.value === value)?.words.zh ?? value;

const tierTables = [
  { tier: 'hall', caption: '综合服务大厅建设任务表', item: 'hallArea' },
  { tier: 'center', caption: '街道（乡镇）服务中心建设任务表', item: 'serviceArea' },
  { tier: 'station', caption: '社区、行政村服务站（点）建设任务表', item: 'stationArea' },
] as const;

/** 建设任务分解表, one table for each tier, with the standards the frozen version was held against. */
export function projectTables(frozen: FrozenContent): PlainTable[] {
  const projects = (frozen.sections as PlanContent).premises?.projects ?? [];
  return tierTables.flatMap(({ tier, caption, item }): PlainTable[] => {
    const rows = frozen.judged.filter((one) => one.tier === tier && projects[one.index]?.kind !== 'moved-out').map(({ index, name, population, className, verdicts }) => {
      const { type, plannedFinish, money } = projects[index]!;
      const own = tier === 'station' ? [] : [population === null ? none : `${grouped(population)}${className === null ? '' : `（${className}类）`}`];
      const archive = tier === 'center' ? [`${areaOf(verdicts, 'archiveArea', 'required')}/${areaOf(verdicts, 'archiveArea', 'actual')}`] : [];
      return [name, wordsOf(projectTypes, type), ...own, areaOf(verdicts, item, 'required'), areaOf(verdicts, item, 'actual'), ...archive,
        plannedFinish === null ? none : formatDate(plannedFinish), money === null ? none : formatYuan(money)];
    });
    const columns = ['平台', '建设方式', ...(tier === 'station' ? [] : ['常住人口']), '标准', '拟建', ...(tier === 'center' ? ['档案室标准/拟建'] : []), '计划完成', '投入'];
    return rows.length === 0 ? [] : [{ caption: `${caption}（单位：人、平方米、元）`, columns, rows, sample: false }];
  });
}

/** 经费预算表. */
export function fundTable({ funds }: PlanContent): PlainTable[] {
  if (funds === undefined) return [];
  const rows = funds.lines.map((line) => [wordsOf(fundCategories, line.category), formatYuan(line.city), formatYuan(line.district), formatYuan(line.township), formatYuan(line.total)]);
  return [{ caption: '经费预算表（单位：元）', columns: ['经费类别', '市级', '区县本级', '街道乡镇', '合计'], rows: [...rows, ['总计', '', '', '', formatYuan(funds.total)]], sample: false }];
}

/** 实施步骤. */
export function phaseTable({ schedule }: PlanContent): PlainTable[] {
  if (schedule === undefined) return [];
  return [{ caption: '实施步骤表', columns: ['阶段', '开始', '结束', '任务'], rows: schedule.phases.map((one) => [one.name, formatDate(one.from), formatDate(one.to), one.task ?? none]), sample: false }];
}

/** 人员配备, where heads were entered. */
export function staffTable({ organisation }: PlanContent): PlainTable[] {
  const heads = [['综合服务大厅', organisation?.hallStaff], ['街道（乡镇）服务中心', organisation?.centerStaff], ['社区、行政村服务站（点）', organisation?.stationStaff]] as const;
  const rows = heads.flatMap(([tier, count]) => (count === null || count === undefined ? [] : [[tier, grouped(count)]]));
  return rows.length === 0 ? [] : [{ caption: '人员配备表（单位：人）', columns: ['平台级别', '人数'], rows, sample: false }];
}
