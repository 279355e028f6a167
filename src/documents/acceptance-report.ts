import { z } from 'zod';
import {
  area, citedDocument, colophon, count, dimension, documentNumber, fen, finding, isoDate, isoInstant, optionalText, redHead, signature, tenths, text, tier,
} from './fact-types.js';

/** One member of the acceptance team (C-7.8) with the items he or she answers for. */
const teamMember = z.object({ name: text, unit: text, post: text, role: z.enum(['leader', 'member']), duties: text });

/** A member replaced in mid-course: scores given stay under the giver's name, the report lists both. */
const replacement = z.object({ left: text, joined: text, reason: text, approvedBy: text, on: isoDate });

/** Built against planned, by tier. `floorArea` 0.01 m², `staff` heads as planned, `accepted` seen on site and up to standard, `covered`/`units` divisions served by an own or shared platform. */
const tierSummary = z.object({ tier, planned: count, built: count, accepted: count, units: count, covered: count, staff: count.nullable(), floorArea: area });

/** One measurement against its standard of annex 2; `standard` and `measured` 0.01 m². Standards are minima (C-3.6). */
const measuredLine = z.object({
  facility: text, tier, className: optionalText, population: count.nullable(), item: text, standard: area, measured: area, met: z.boolean(), clause: text, note: optionalText,
});

/** Rooms and functions that are there or not: 多功能接待室, 临街一楼服务大厅, the six services of a hall … */
const functionCheck = z.object({ facility: text, item: text, present: z.boolean(), clause: text });

/** One of the three budget categories (C-4.1), amounts in 分; null where nobody entered one. */
const fundLine = z.object({ category: text, source: text, budgeted: fen.nullable(), allocated: fen.nullable(), spent: fen.nullable() });

/** 建设档案: there with its number, or not applicable with the reason. */
const constructionPaper = z.object({ name: text, state: z.enum(['present', 'notApplicable']), note: optionalText });

/** One line of the score sheet. `points`, scores in 0.1; `scoredBy` the member answering for the item. */
const sheetLine = z.object({ dimension, item: text, points: tenths, selfScore: tenths.nullable(), score: tenths, scoredBy: text, reason: optionalText });

/** The facts of an acceptance report (domain.md §4.5, D12). Every figure on the paper is one of these; nothing is computed but sums that are checked. */
export const acceptanceReportFacts = z.object({
  ...redHead,
  number: documentNumber,
  /** As printed under the QR code, e.g. `7K4P-92XD`. */
  verifyCode: text,
  /** Number of the report whose place this one takes after a re-inspection. */
  replaces: text.optional(),
  /** 填报单位. */
  unit: z.object({ code: text, name: text }),
  /** Whether the sheet, weights and grades are the pack's sample part and must carry （示例）. */
  sample: z.boolean(),
  basis: z.array(citedDocument).min(1),
  organization: z.object({
    team: z.array(teamMember).min(3),
    replacements: z.array(replacement),
    from: isoDate,
    to: isoDate,
    procedure: z.array(text).min(1),
    sampling: z.object({ rule: text, seed: optionalText, tiers: z.array(z.object({ tier, total: count, drawn: count })).min(1) }),
  }),
  construction: z.object({ tiers: z.array(tierSummary).min(1), narrative: z.array(text), papers: z.array(constructionPaper).optional() }),
  /** `inPlace` is null where what was checked does not settle it. */
  sixInPlace: z.array(z.object({ dimension, points: tenths, score: tenths, inPlace: z.boolean().nullable(), evaluation: text })).length(6),
  standards: z.object({ measured: z.array(measuredLine).min(1), functions: z.array(functionCheck) }),
  funding: z.object({ lines: z.array(fundLine).min(1), specialAccount: text, violations: count, narrative: z.array(text) }),
  score: z.object({ total: tenths, points: tenths, bonus: tenths, passMark: tenths, excellentMark: tenths, grade: text, mode: text, sheet: z.array(sheetLine).min(1),
    /** The unit's own total and why the team's differs from it. */
    selfTotal: tenths.nullable().optional(), difference: optionalText.optional() }),
  /** 不予通过情形: each case of the pack with what was found. */
  barring: z.array(z.object({ item: text, found: z.boolean() })),
  findings: z.array(finding),
  conclusion: z.object({ outcome: z.enum(['passed', 'conditional', 'failed']), reinspectBy: isoDate.nullable(), narrative: z.array(text) }),
  recommendations: z.array(text),
  samplingList: z.array(z.object({ facility: text, tier, visitedOn: isoDate })),
  /** Further attachments kept with the case; sheet and sampling list are bound in and need not be named. */
  attachments: z.array(text),
  signatures: z.array(signature).min(1),
  /** Dissents stand in the 评议记录; they are printed only where the pack says so. */
  dissents: z.object({ printed: z.boolean(), items: z.array(z.object({ name: text, text, at: isoInstant })) }),
  colophon,
});

export type AcceptanceReportFacts = z.infer<typeof acceptanceReportFacts>;

/** What each outcome is called on paper (lifecycle §3). */
export const outcomeWords: Record<AcceptanceReportFacts['conclusion']['outcome'], string> = {
  passed: '验收合格',
  conditional: '限期整改后复验',
  failed: '验收不合格',
};

/** A sentence for every figure that contradicts another; empty when the report may be printed. */
export function contradictionsOf(facts: AcceptanceReportFacts): string[] {
  const found: string[] = [];
  const byDimension = facts.sixInPlace.reduce((sum, one) => sum + one.score, 0);
  if (byDimension + facts.score.bonus !== facts.score.total) found.push(`score.total ${facts.score.total} ≠ ${byDimension} + bonus ${facts.score.bonus}`);
  for (const one of facts.sixInPlace) {
    const sheet = facts.score.sheet.filter((line) => line.dimension === one.dimension);
    const sum = sheet.reduce((total, line) => total + line.score, 0);
    if (sum !== one.score) found.push(`sixInPlace.${one.dimension} ${one.score} ≠ score sheet ${sum}`);
    if (one.score > one.points) found.push(`sixInPlace.${one.dimension} ${one.score} > points ${one.points}`);
  }
  facts.standards.measured.forEach((line, index) => {
    if (line.met !== line.measured >= line.standard) found.push(`standards.measured[${index}] met=${line.met} but ${line.measured} against ${line.standard}`);
  });
  const blocked = facts.findings.some((one) => one.severity === 'blocking' && one.state !== 'verified');
  if (blocked && facts.conclusion.outcome === 'passed') found.push('conclusion passed with an open blocking finding');
  if (facts.conclusion.outcome === 'passed') {
    // After a re-inspection the first measurements stand beside its results.
    facts.standards.measured.forEach((line, index) => {
      if (!line.met && facts.replaces === undefined) found.push(`conclusion passed with standards.measured[${index}] short`);
    });
    found.push(...facts.barring.filter((one) => one.found).map((one) => `conclusion passed with ${one.item}`));
  }
  return found;
}
