import { z } from 'zod';
import { InvalidInput, type Defect } from '../../src/domain/errors.js';
import { isDay } from '../../src/domain/local-day.js';
import { words } from '../../src/domain/text.js';
import { policyPackSchema } from './policy-pack-schema.js';

/** A dated set of numbers, chains, forms and papers of one city, each value with the clause it rests on. */
export type PolicyPack = z.infer<typeof policyPackSchema>;

/** One value of a pack: `sample` is true where the policy is silent and the city fills in an example (示例). */
export interface Entry<T> {
  readonly value: T;
  readonly clause: string;
  readonly basis: string;
  readonly sample: boolean;
}

/** The bare value of an entry. */
export function valueOf<T>(entry: Entry<T>): T {
  return entry.value;
}

/** Where a value comes from, for screens and papers: 三（二） of the policy, with 示例 where it is a sample. */
export function citationOf(pack: PolicyPack, entry: Entry<unknown>): { place: string; basis: string; sample: boolean } {
  return { place: pack.clauses[entry.clause] ?? entry.clause, basis: entry.basis, sample: entry.sample };
}

/**
 * Reads a pack from parsed JSON.
 * @throws InvalidInput with one sentence per defect, each naming its path, all defects at once
 */
export function loadPack(json: unknown): PolicyPack {
  const parsed = policyPackSchema.safeParse(json);
  if (!parsed.success) throw new InvalidInput(parsed.error.issues.flatMap(shapeDefects));
  const defects = contentDefects(parsed.data);
  if (defects.length > 0) throw new InvalidInput(defects);
  return parsed.data;
}

function shapeDefects(issue: z.core.$ZodIssue): Defect[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => defect(join(path, key), 'unknown', '规则包没有这一项', 'the pack has no such entry'));
  }
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  if (missing) return [defect(path, 'missing', '缺这一项', 'this entry is missing')];
  return [defect(path, 'wrong-shape', '内容不合要求', issue.message)];
}

/** What a shape cannot say: clauses exist, tables ascend, points add up, days exist. */
function contentDefects(pack: PolicyPack): Defect[] {
  const defects: Defect[] = [];
  const demand = (holds: boolean, path: string, code: string, zh: string, en: string) => {
    if (!holds) defects.push(defect(path, code, zh, en));
  };
  for (const [path, clause] of clausesIn(pack, '')) {
    demand(clause in pack.clauses, path, 'unknown-clause', `条款 ${clause} 未列入 clauses`, `clause ${clause} is not listed under clauses`);
  }
  demand(isDay(pack.effectiveFrom), 'effectiveFrom', 'no-such-day', '没有这一天', 'there is no such day');
  const bands = pack.standards.hall.value.bands.map((band) => band.upTo ?? Infinity);
  demand(ascending(bands) && bands.at(-1) === Infinity, 'standards.hall.value.bands', 'not-ascending', '分档应由小到大，最后一档不设上限', 'bands must ascend and the last be open');
  const classes = pack.standards.center.value.classes.map((one) => -one.from);
  demand(ascending(classes) && pack.standards.center.value.classes.at(-1)?.from === 0, 'standards.center.value.classes', 'not-descending', '类别应由大到小，最后一类从 0 起', 'classes must descend and the last begin at 0');
  const sheet = pack.scoring.sheet.value;
  const total = sheet.items.reduce((sum, item) => sum + Math.round(item.points * 10), 0);
  demand(total === 1000, 'scoring.sheet.value.items', 'not-100', `分值合计应为 100，现为 ${total / 10}`, `points must add up to 100, not ${total / 10}`);
  const dimensions = new Set(sheet.dimensions.map((one) => one.id));
  pack.scoring.vetoes.value.forEach(({ dimension }, index) => {
    const path = `scoring.vetoes.value.${index}.dimension`;
    demand(dimension === null || dimensions.has(dimension), path, 'unknown-dimension', `没有“${dimension}”这一到位`, `there is no dimension ${dimension}`);
  });
  const departments = new Set(pack.team.departments.value.map((one) => one.id));
  const seen = new Set<string>();
  sheet.items.forEach((item, index) => {
    const path = `scoring.sheet.value.items.${index}`;
    demand(dimensions.has(item.dimension), `${path}.dimension`, 'unknown-dimension', `没有“${item.dimension}”这一到位`, `there is no dimension ${item.dimension}`);
    demand(departments.has(item.department), `${path}.department`, 'unknown-department', `没有“${item.department}”这个部门`, `there is no department ${item.department}`);
    demand(!seen.has(item.id), `${path}.id`, 'duplicate', `评分项 ${item.id} 重复`, `score item ${item.id} appears twice`);
    seen.add(item.id);
  });
  for (const name of ['quorum', 'majority'] as const) {
    const { parts, of } = pack.decisions[name].value;
    demand(parts <= of, `decisions.${name}.value`, 'more-than-all', '份额不能大于全部', 'a share is no more than the whole');
  }
  const grades = pack.scoring.grades.value.map((grade) => -grade.from);
  demand(ascending(grades) && pack.scoring.grades.value.at(-1)?.from === 0, 'scoring.grades.value', 'not-descending', '等次应由高到低，最后一等从 0 起', 'grades must descend and the last begin at 0');
  return defects;
}

function clausesIn(node: unknown, path: string): [string, string][] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]): [string, string][] => {
    const here = join(path, key);
    return key === 'clause' && typeof value === 'string' ? [[here, value]] : clausesIn(value, here);
  });
}

function ascending(numbers: readonly number[]): boolean {
  return numbers.every((one, index) => index === 0 || one > numbers[index - 1]!);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function defect(field: string, code: string, zh: string, en: string): Defect {
  return { field, code, sentence: words(`规则包 ${field}：${zh}。`, `Policy pack ${field}: ${en}.`) };
}
