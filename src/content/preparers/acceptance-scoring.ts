import { readArea } from '../../domain/area.js';
import type { Defect } from '../../domain/errors.js';
import { needsExplanation } from '../../domain/grading.js';
import { entryDefects, readScore, scoringDuties, type Score, type ScoreEntry, type Scorer } from '../../domain/scoring.js';
import { localDay } from '../../domain/local-day.js';
import { words, type Words } from '../../domain/text.js';
import { conclusions } from '../../../workflows/forms/acceptance-commands.js';
import { inputLimitsOf, scoreSheetOf, selfScoreLimitOf, termOf } from '../../../workflows/policies/pack-rules.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { atAGlance, demandNone, sound, type Preparer } from '../preparation.js';
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

/** Clauses of annex 2 begin so. */
const ANNEX_2 = 'C-9.';

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
  // What annex 2 demands is measured or looked at: an area, or a room that must be there.
  const measuredShort = read.reduce((sum, { measured }) => sum + measured.filter(({ met }) => !met).length, 0)
    + visits.reduce((sum, visit) => sum + roomsMissing(p.pack, visit), 0);
  return sound({ measuredShort, visits: visits.map((visit, index) => ({ ...found.places[index]!, visitedOn: visit.visitedOn, measured: read[index]!.measured, checklist: visit.checklist })) });
};

/** Rooms annex 2 asks of a platform that were not there. */
const roomsMissing = (pack: PolicyPack, { tier, checklist }: Visit): number =>
  checklist.filter(({ item, result }) => result === 'unmet' && pack.inspection.checklists.value[tier].find((one) => one.id === item)?.clause.startsWith(ANNEX_2)).length;

/** 评分: a member scores all of his or her own items and no others, to one decimal, with a reason for every point taken off. */
export const scoreItems = atAGlance(({ fields, context, task, pack }) => {
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
});

/** 起草报告: total and grade are facts; the conclusion may not contradict them. */
export const submitDraft = atAGlance(({ fields, context, pack }) => {
  const { total, grade, vetoes, selfScore, visit } = context as { total: number | null; grade: string | null; vetoes: string[]; selfScore: number | null; visit: { measuredShort: number } | null };
  const findings = fields.findings as { severity: string; days: number }[];
  const longest = termOf(pack, 'acceptance.rectifying').count;
  const passed = fields.conclusion === 'passed';
  // Rectification is of findings: it raises no score and undoes no excluding circumstance, so neither leads to a pass by way of a re-inspection.
  const mayPass = fields.conclusion !== 'failed';
  const short = visit?.measuredShort ?? 0;
  demandNone([
    ...(mayPass && grade === 'fail' && vetoes.length === 0 ? pin('conclusion', 'below-pass', words('得分在合格线以下，结论只能是验收不合格。', 'The total is below the pass mark: the conclusion can only be failed.')) : []),
    ...(mayPass && vetoes.length > 0 ? pin('conclusion', 'veto', words('有不予通过情形，结论只能是验收不合格。', 'A circumstance excludes a pass: the conclusion can only be failed.')) : []),
    ...(passed && short > 0 ? pin('conclusion', 'measured-short', words(`实地查看有 ${short} 项低于附件2标准，不能验收合格；请列为问题，限期整改后复验。`, `${short} items fall short of annex 2; list them as findings to be put right.`)) : []),
    ...(passed && findings.length > 0 ? pin('conclusion', 'open-finding', words('还有未整改的问题，只能限期整改后复验或不合格。', 'With open findings the conclusion is rectification or failure.')) : []),
    ...(fields.conclusion === 'conditional' && findings.length === 0 ? pin('findings', 'missing', words('限期整改的，请列出须整改的问题。', 'List the findings to be put right.')) : []),
    ...findings.flatMap(({ days }, index) => (days > longest ? pin(`findings.${index}.days`, 'too-long', words(`整改期限不超过 ${longest} 日。`, `At most ${longest} days.`)) : [])),
    ...(selfScore !== null && total !== null && fields.scoreDifference === null && needsExplanation(selfScore, total, selfScoreLimitOf(pack))
      ? pin('scoreDifference', 'missing', words('自评分与验收分相差较大，请说明。', 'The unit’s own score and the team’s differ widely: explain.')) : []),
  ]);
  const former = context.conclusion as string | null;
  const said = (value: unknown): string => conclusions.find((one) => one.value === value)?.words.zh ?? String(value);
  return sound({ total, grade, ...(former !== null && former !== fields.conclusion ? { exception: `上一稿“${said(former)}”，现改为“${said(fields.conclusion)}”` } : {}) });
});

/** 复验: every open finding has its own result. */
export const confirmRectification = atAGlance(({ fields, context, pack, now }) => {
  const open = (context.findings as { key: string; state: string }[]).filter(({ state }) => state === 'submitted' || state === 'rectifying').map(({ key }) => key);
  const given = (fields.results as { finding: string }[]).map(({ finding }) => finding);
  demandNone([
    ...open.filter((key) => !given.includes(key)).flatMap((key) => pin('results', 'missing', words(`${key} 还没有复验结果。`, `${key} has no result yet.`))),
    ...given.flatMap((key, index) => (open.includes(key) ? [] : pin(`results.${index}.finding`, 'no-such-finding', words(`没有待复验的 ${key}。`, `${key} awaits no re-inspection.`)))),
    ...remeasured(fields.measures as { item: string; values: string[] }[], pack),
    ...(String(fields.visitedOn) > localDay(new Date(now)) ? pin('visitedOn', 'in-future', words('复验日期晚于今天。', 'The re-inspection is later than today.')) : []),
  ]);
  return sound();
});

/** What was measured again is an area too: as many exact readings as the first time. */
function remeasured(measures: readonly { item: string; values: string[] }[], pack: PolicyPack): Defect[] {
  const times = pack.acceptance.measurements.value;
  const limit = inputLimitsOf(pack).area;
  return measures.flatMap(({ item, values }, index): Defect[] => {
    const typed = values.filter((value) => value.trim() !== '');
    if (typed.length !== times) return pin(`measures.${index}.values`, 'readings', words(`“${item}”须实测 ${times} 次，现有 ${typed.length} 次。`, `“${item}” is measured ${times} times, not ${typed.length}.`));
    return typed.flatMap((value, place) => {
      const read = readArea(`measures.${index}.values.${place}`, value, limit);
      return read.ok ? [] : [read.defect];
    });
  });
}
