import type { Defect } from '../../domain/errors.js';
import { needsExplanation } from '../../domain/grading.js';
import { entryDefects, readScore, scoringDuties, type Score, type ScoreEntry, type Scorer } from '../../domain/scoring.js';
import { localDay } from '../../domain/local-day.js';
import { words, type Words } from '../../domain/text.js';
import { scoreSheetOf, selfScoreLimitOf, termOf } from '../../../workflows/policies/pack-rules.js';
import { demandNone, sound, type Preparer } from '../preparation.js';
import { checklistDefects, readMeasures, type Tier } from './measured.js';
import { places } from './places.js';
import type { PostedMember } from './team-posts.js';

interface Visit {
  tier: Tier;
  placeCode: string;
  measures: { item: string; values: string[] }[];
  checklist: { item: string; result: string }[];
  visitedOn: string;
  note: string | null;
}

const pin = (field: string, code: string, sentence: Words): Defect[] => [{ field, code, sentence }];

/** 现场验收: each platform measured and checked like an inspection's, within the dates of the visit. */
export const recordVisit: Preparer = async (p) => {
  const [from, to] = [String(p.fields.from), String(p.fields.to)];
  const visits = p.fields.visits as Visit[];
  const found = await places(p, visits, 'visits');
  demandNone([
    ...found.defects,
    ...(to < from ? pin('to', 'order', words('结束日期早于开始日期。', 'It ends before it begins.')) : []),
    ...(to > localDay(new Date(p.now)) ? pin('to', 'in-future', words('结束日期晚于今天。', 'It ends later than today.')) : []),
    ...visits.flatMap((visit, index) => (visit.visitedOn < from || visit.visitedOn > to
      ? pin(`visits.${index}.visitedOn`, 'outside', words('日期不在现场验收期间。', 'The date is outside the visit.')) : [])),
  ]);
  const read = visits.map((visit, index) => readMeasures(p.pack, visit.tier, found.places[index]!.population, visit.measures, `visits.${index}.measures`));
  demandNone([
    ...read.flatMap(({ defects }) => defects),
    ...visits.flatMap((visit, index) => checklistDefects(p.pack, visit.tier, visit.checklist, `visits.${index}.checklist`)),
  ]);
  const measuredShort = read.reduce((sum, { measured }) => sum + measured.filter(({ met }) => !met).length, 0);
  return sound({ measuredShort, visits: visits.map((visit, index) => ({ ...found.places[index]!, visitedOn: visit.visitedOn, measured: read[index]!.measured, checklist: visit.checklist })) });
};

/** 评分: a member scores all of his or her own items and no others, to one decimal, with a reason for every point taken off. */
export const scoreItems: Preparer = async ({ fields, context, task, pack }) => {
  const sheet = scoreSheetOf(pack);
  const members = context.members as PostedMember[];
  const member = members.find((one) => one.post === task?.subject?.post)!;
  const duties = scoringDuties(sheet, members.map((one): Scorer => ({ id: one.post, department: one.department, leader: one.leader })), 'byItem');
  // Items were dealt out when the team was formed; a replaced member's items went with the seat.
  const own = Object.fromEntries(Object.keys(duties).map((item) => [item, members.filter((one) => one.items.includes(item)).map((one) => one.post)]));
  const typed = fields.scores as Record<string, string>;
  const reasons = fields.reasons as Record<string, string>;
  const defects: Defect[] = [];
  const entries = Object.entries(typed).flatMap(([item, text]): ScoreEntry[] => {
    const points = sheet.items.find((one) => one.id === item)?.points ?? 0;
    const read = points === 0 ? { ok: true as const, value: 0 } : readScore(`scores.${item}`, text, points);
    if (!read.ok) defects.push(read.defect);
    return read.ok ? [{ item, member: member.post, score: read.value, reason: reasons[item] ?? '' }] : [];
  });
  const missing = member.items.filter((item) => !(item in typed)).flatMap((item) =>
    pin(`scores.${item}`, 'missing', words(`“${sheet.items.find((one) => one.id === item)!.title.zh}”还没有评分。`, `“${sheet.items.find((one) => one.id === item)!.title.en}” has no score yet.`)));
  const vetoes = fields.vetoes as { id: string }[];
  const foreign = vetoes.flatMap(({ id }, index) => (pack.scoring.vetoes.value.some((one) => one.id === id) ? [] : pin(`vetoes.${index}.id`, 'unknown', words('没有这种不予通过情形。', 'There is no such circumstance.'))));
  demandNone([...defects, ...entryDefects(sheet, own, entries), ...missing, ...foreign]);
  const scores = Object.fromEntries(entries.map(({ item, score }): [string, Score] => [item, score]));
  return sound({ scores, reasons: Object.fromEntries(entries.map(({ item, reason }) => [item, reason])), vetoes: [...new Set(vetoes.map(({ id }) => id))] });
};

/** 起草报告: total and grade are facts; the conclusion may not contradict them. */
export const submitDraft: Preparer = async ({ fields, context, pack }) => {
  const { total, grade, vetoes, selfScore } = context as { total: number | null; grade: string | null; vetoes: string[]; selfScore: number | null };
  const findings = fields.findings as { severity: string; days: number }[];
  const longest = termOf(pack, 'acceptance.rectifying').count;
  const passed = fields.conclusion === 'passed';
  demandNone([
    ...(passed && grade === 'fail' && vetoes.length === 0 ? pin('conclusion', 'below-pass', words('得分在合格线以下，不能验收合格。', 'The total is below the pass mark.')) : []),
    ...(passed && vetoes.length > 0 ? pin('conclusion', 'veto', words('有不予通过情形，不能验收合格。', 'A circumstance excludes a pass.')) : []),
    ...(passed && findings.length > 0 ? pin('conclusion', 'open-finding', words('还有未整改的问题，只能限期整改后复验或不合格。', 'With open findings the conclusion is rectification or failure.')) : []),
    ...(fields.conclusion === 'conditional' && findings.length === 0 ? pin('findings', 'missing', words('限期整改的，请列出须整改的问题。', 'List the findings to be put right.')) : []),
    ...findings.flatMap(({ days }, index) => (days > longest ? pin(`findings.${index}.days`, 'too-long', words(`整改期限不超过 ${longest} 日。`, `At most ${longest} days.`)) : [])),
    ...(selfScore !== null && total !== null && fields.scoreDifference === null && needsExplanation(selfScore, total, selfScoreLimitOf(pack))
      ? pin('scoreDifference', 'missing', words('自评分与验收分相差较大，请说明。', 'The unit’s own score and the team’s differ widely: explain.')) : []),
  ]);
  return sound({ total, grade });
};

/** 复验: every open finding has its own result. */
export const confirmRectification: Preparer = async ({ fields, context }) => {
  const open = (context.findings as { key: string; state: string }[]).filter(({ state }) => state === 'submitted' || state === 'rectifying').map(({ key }) => key);
  const given = (fields.results as { finding: string }[]).map(({ finding }) => finding);
  demandNone([
    ...open.filter((key) => !given.includes(key)).flatMap((key) => pin('results', 'missing', words(`${key} 还没有复验结果。`, `${key} has no result yet.`))),
    ...given.flatMap((key, index) => (open.includes(key) ? [] : pin(`results.${index}.finding`, 'no-such-finding', words(`没有待复验的 ${key}。`, `${key} awaits no re-inspection.`)))),
  ]);
  return sound();
};
