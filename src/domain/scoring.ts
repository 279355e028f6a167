import { dividedHalfUp, readQuantity } from './decimal-text.js';
import type { Defect, Read } from './errors.js';
import { words, type Words } from './text.js';

/** A score as an integer of tenths: 13.8 points are 138. */
export type Score = number;

/** How members' scores become the team's: 分项负责, 独立打分取均值, 集体评议. */
export type ScoringMode = 'byItem' | 'average' | 'collective';

export interface ScoreItem {
  readonly id: string;
  readonly dimension: string;
  /** The department whose member scores it when items are shared out. */
  readonly department: string;
  readonly points: Score;
  readonly clause: string;
  readonly title: Words;
  readonly rule: Words;
  readonly method: Words;
}

/** The sheet of the six 到位: 100 points. */
export interface ScoreSheet {
  readonly id: string;
  readonly title: Words;
  readonly dimensions: readonly { readonly id: string; readonly name: Words }[];
  readonly items: readonly ScoreItem[];
}

/** A member who scores. Exactly one of a team is the leader. */
export interface Scorer {
  readonly id: string;
  readonly department: string;
  readonly leader: boolean;
}

/** One member's score for one item. */
export interface ScoreEntry {
  readonly item: string;
  readonly member: string;
  readonly score: Score;
  /** Required where points are taken off. */
  readonly reason: string;
}

/** Who has to score each item, by item id. */
export type ScoringDuties = Readonly<Record<string, readonly string[]>>;

/** The team's score of an item; null while a member's score is missing. */
export interface ScoredItem {
  readonly item: ScoreItem;
  readonly score: Score | null;
  readonly entries: readonly ScoreEntry[];
}

/** The sheet filled in. `total` adds what is there; it is final only when `missing` is empty. */
export interface ScoreResult {
  readonly items: readonly ScoredItem[];
  readonly dimensions: readonly { readonly id: string; readonly name: Words; readonly score: Score; readonly points: Score }[];
  readonly total: Score;
  readonly missing: readonly { readonly item: string; readonly member: string }[];
}

/** Reads a score with at most one decimal, not above the item's points. */
export function readScore(field: string, text: string, points: Score): Read<Score> {
  const most = formatScore(points);
  return readQuantity(field, text, {
    places: 1,
    units: { 分: 0 },
    limit: points,
    name: words('得分', 'score'),
    limitText: words(`本项分值 ${most} 分`, `the ${most} points of this item`),
  });
}

/** One decimal where there is one: `89.6`, `15`. */
export function formatScore(score: Score): string {
  const sign = score < 0 ? '-' : '';
  const tenths = Math.abs(score) % 10;
  return `${sign}${Math.trunc(Math.abs(score) / 10)}${tenths === 0 ? '' : `.${tenths}`}`;
}

/** 按比得分: points × part ÷ whole, rounded half up to one decimal, exactly. A whole of 0 earns nothing. */
export function ratioScore(points: Score, part: number, whole: number): Score {
  return whole === 0 ? 0 : dividedHalfUp(points * Math.min(part, whole), whole);
}

/**
 * Who scores what. Shared out by department, each item belongs to the first member of its department and to the leader
 * where the department has no member; scored independently it belongs to all, collectively to the leader who records it.
 */
export function scoringDuties(sheet: ScoreSheet, team: readonly Scorer[], mode: ScoringMode): ScoringDuties {
  const everyone = team.map(({ id }) => id);
  const leader = team.filter((one) => one.leader).map(({ id }) => id);
  const ofDepartment = (department: string) => team.find((one) => one.department === department)?.id;
  return Object.fromEntries(
    sheet.items.map((item): [string, string[]] => {
      if (mode === 'average') return [item.id, everyone];
      const responsible = mode === 'byItem' ? ofDepartment(item.department) : undefined;
      return [item.id, responsible === undefined ? leader : [responsible]];
    }),
  );
}

/** What is wrong with the scores one member hands in: foreign or unknown items, too many points, points off without a reason. */
export function entryDefects(sheet: ScoreSheet, duties: ScoringDuties, entries: readonly ScoreEntry[]): Defect[] {
  return entries.flatMap((entry) => {
    const item = sheet.items.find(({ id }) => id === entry.item);
    const defect = (code: string, zh: string, en: string): Defect[] => [
      { field: `scores.${entry.item}`, code, sentence: words(zh, en) },
    ];
    if (item === undefined) return defect('unknown-item', `评分表没有“${entry.item}”这一项。`, `The sheet has no item ${entry.item}.`);
    const name = item.title;
    if (!duties[item.id]?.includes(entry.member)) return defect('not-your-item', `“${name.zh}”不由你评分。`, `“${name.en}” is not yours to score.`);
    const valid = Number.isSafeInteger(entry.score) && entry.score >= 0 && entry.score <= item.points;
    const most = formatScore(item.points);
    if (!valid) return defect('out-of-range', `“${name.zh}”应在 0 到 ${most} 分之间。`, `“${name.en}” is between 0 and ${most} points.`);
    const silent = entry.score < item.points && entry.reason.trim() === '';
    return silent ? defect('no-reason', `“${name.zh}”扣了分，请写明理由。`, `Points were taken off “${name.en}”: give the reason.`) : [];
  });
}

/** Adds the members' scores up to the team's; several scores of one item are averaged half up to one decimal. */
export function rollUp(sheet: ScoreSheet, duties: ScoringDuties, entries: readonly ScoreEntry[]): ScoreResult {
  const missing: { item: string; member: string }[] = [];
  const items = sheet.items.map((item): ScoredItem => {
    const due = duties[item.id] ?? [];
    const given = due.flatMap((member) => entries.filter((one) => one.item === item.id && one.member === member).slice(-1));
    const lacking = due.filter((member) => !given.some((one) => one.member === member));
    missing.push(...lacking.map((member) => ({ item: item.id, member })));
    const complete = due.length > 0 && lacking.length === 0;
    return { item, entries: given, score: complete ? dividedHalfUp(sum(given.map((one) => one.score)), given.length) : null };
  });
  const dimensions = sheet.dimensions.map((dimension) => {
    const own = items.filter(({ item }) => item.dimension === dimension.id);
    return { ...dimension, score: sum(own.map(({ score }) => score ?? 0)), points: sum(own.map(({ item }) => item.points)) };
  });
  return { items, dimensions, total: sum(items.map(({ score }) => score ?? 0)), missing };
}

function sum(scores: readonly Score[]): Score {
  return scores.reduce((total, one) => total + one, 0);
}
