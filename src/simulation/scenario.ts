import { z } from 'zod';
import { InvalidInput, type Defect } from '../domain/errors.js';
import { isDay } from '../domain/local-day.js';
import { words } from '../domain/text.js';
import demonstration from './data/jinan.json' with { type: 'json' };

const said = (zh: string, en: string): string => `${zh}｜${en}`;
const day = z.string().refine(isDay, { error: said('日期写成 2026-09-01 的样子', 'write a day as 2026-09-01') });
/** A day of every year. */
export const yearDay = z.string().refine((text) => /^\d{2}-\d{2}$/.test(text) && isDay(`2023-${text}`), { error: said('日期写成 09-15 的样子', 'write a day of the year as 09-15') });
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: said('时间写成 08:30 的样子', 'write a time as 08:30') });
const spreadOf = <T extends z.ZodType>(one: T) => z.tuple([one, one, one]);
const spread = spreadOf(z.number().min(0).max(10_000)).refine(([least, usual, most]) => least <= usual && usual <= most, {
  error: said('三个数应由小到大：最少、通常、最多', 'three numbers, ascending: least, usual, most'),
});
const odds = z.number().min(0).max(1);
const share = z.number().min(0.05).max(1);
const worker = z.strictObject({
  /** Posts by the names of the demonstration register; the first names the person. */
  posts: z.array(z.string()).min(1),
  /** The part of the working time that is left for this programme. */
  attention: share,
});

/** Somebody away: who by the name of the first post, from and to both included. */
export const leaveShape = z.strictObject({ who: z.string().min(1), from: day, to: day }).refine(({ from, to }) => from <= to, {
  error: said('休假的结束日期早于开始日期', 'a leave ends before it begins'),
});

const duty = z.strictObject({
  /** Hours of work, in full attention; by command where they differ. */
  hours: z.union([spread, z.record(z.string(), spread)]),
  /** The same where it was done before and came back. */
  again: spread.optional(),
  /** Working days that pass before it can be begun: papers are gathered, a meeting is awaited. */
  wait: spread.optional(),
  /** How often each command is chosen of those the chart offers. */
  odds: z.record(z.string(), z.number().positive()),
});

const scenarioShape = z.strictObject({
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  /** 示例: not measured in any office. */
  sample: z.boolean(),
  opens: z.strictObject({ day: yearDay, time: clockTime }),
  hours: z.array(z.tuple([clockTime, clockTime])).min(1),
  people: z.strictObject({ unit: z.array(worker).min(1), city: z.array(worker).min(1) }),
  inspectors: z.strictObject({ count: z.int().min(1).max(60), perTeam: z.int().min(1).max(10), attention: share }),
  leave: z.array(leaveShape),
  /** Moves the statutory date of filing; null leaves the pack's. */
  deadline: yearDay.nullable(),
  construction: z.strictObject({ done: spreadOf(yearDay).refine(([a, b, c]) => a <= b && b <= c, { error: said('三个日期应由早到晚', 'three days, ascending') }), again: spread }),
  visits: z.strictObject({
    places: z.strictObject({ hall: z.int().min(0).max(1), center: z.int().min(0), station: z.int().min(0) }), inspectionDays: spread, acceptanceDays: spread, acceptanceLeadWorkdays: z.int().min(0),
  }),
  facts: z.strictObject({ nothingNew: odds, moneyChanged: odds, finding: odds, refusedToSign: odds, short: odds, quality: spread, rectified: odds }),
  duties: z.record(z.string(), duty),
  /** Stages with duties that no odds of this scenario lead to. */
  neverEntered: z.array(z.string()),
  /** Minutes each effect takes. */
  effects: z.strictObject({ issueDocument: spread, notify: spread, openCase: spread, tellParent: spread, recordBaseline: spread, archiveCase: spread }),
});

/** How the people of a year work: data, not procedure. */
export type Scenario = z.infer<typeof scenarioShape>;
export type Duties = Scenario['duties'][string];

/**
 * Reads a scenario.
 * @throws InvalidInput with a sentence for every entry that is wrong
 */
export function readScenario(json: unknown): Scenario {
  const parsed = scenarioShape.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(parsed.error.issues.flatMap(defectsOf));
}

function defectsOf(issue: z.core.$ZodIssue): Defect[] {
  const path = issue.path.join('.');
  const defect = (field: string, code: string, zh: string, en: string): Defect => ({ field, code, sentence: words(`情景 ${field || '文件'}：${zh}。`, `Scenario ${field || 'file'}: ${en}.`) });
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => defect(path === '' ? key : `${path}.${key}`, 'unknown', '没有这一项', 'there is no such entry'));
  const [zh, en] = issue.message.split('｜');
  if (en !== undefined) return [defect(path, 'wrong', zh!, en)];
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return [missing ? defect(path, 'missing', '缺这一项', 'this entry is missing') : defect(path, 'wrong', '内容不合要求', issue.message)];
}

/** The demonstration city as its register has it, with times and odds marked 示例. */
export const demonstrationScenario = (): Scenario => readScenario(demonstration);
