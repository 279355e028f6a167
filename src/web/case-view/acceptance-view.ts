import { formatScore, type Score } from '../../domain/scoring.js';
import { words, type Words } from '../../domain/text.js';
import { gradesOf, scoreSheetOf, vetoesOf } from '../../../workflows/policies/pack-rules.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import type { TimelineEntry } from '../../reads/case-timeline.js';

/** The outcome of an acceptance on screen: the figures the chart computed, the same that stand in the report. */
export interface AcceptanceView {
  conclusion: { words: Words; tone: 'green' | 'amber' | 'red' } | null;
  total: string;
  points: string;
  grade: Words;
  passMark: string;
  excellentMark: string;
  selfScore: string | null;
  /** Weights and marks are the city's samples (示例). */
  sample: boolean;
  dimensions: { words: Words; points: string; score: string }[];
  items: { words: Words; dimension: Words; points: string; score: string; short: boolean; by: string | null; reason: string | null }[];
  vetoes: Words[];
}

interface Scored {
  scores: Record<string, Score>;
  total: Score | null;
  grade: string | null;
  vetoes: string[];
  conclusion: string | null;
  selfScore: Score | null;
  documents: { kind: string }[];
}

const conclusions: Record<string, AcceptanceView['conclusion']> = {
  passed: { words: words('验收合格', 'Passed'), tone: 'green' },
  conditional: { words: words('限期整改后复验', 'Rectify, then re-inspection'), tone: 'amber' },
  failed: { words: words('验收不合格', 'Failed'), tone: 'red' },
};

/**
 * Null until every member has scored, so that nobody is led by another's score; and null for the unit until the report is issued, because
 * what a team writes before that is the city's own.
 */
export function acceptanceView(pack: PolicyPack, context: Record<string, unknown> | null, timeline: readonly TimelineEntry[], scope: 'unit' | 'city' | 'system'): AcceptanceView | null {
  const { scores, total, grade, vetoes, conclusion, selfScore, documents } = (context ?? {}) as Partial<Scored>;
  if (scores === undefined || total == null) return null;
  if (scope === 'unit' && !(documents ?? []).some(({ kind }) => kind === 'acceptanceReport')) return null;
  const sheet = scoreSheetOf(pack);
  const grades = gradesOf(pack);
  const sum = (values: readonly Score[]): Score => values.reduce((all, one) => all + one, 0);
  const scoring = timeline.filter((entry) => entry.command === 'scoreItems');
  const giver = (item: string): TimelineEntry | undefined => scoring.find((entry) => item in (((entry.payload?.facts as Record<string, unknown> | undefined)?.scores ?? {}) as object));
  const mark = (id: string): string => formatScore(grades.find((one) => one.id === id)?.from ?? 0);
  return {
    conclusion: conclusions[conclusion ?? ''] ?? null, total: formatScore(total), points: formatScore(sum(sheet.items.map((item) => item.points))),
    grade: grades.find((one) => one.id === grade)?.name ?? words('', ''), passMark: mark('pass'), excellentMark: mark('excellent'),
    selfScore: selfScore == null ? null : formatScore(selfScore), sample: pack.scoring.sheet.sample || pack.scoring.grades.sample,
    dimensions: sheet.dimensions.map(({ id, name }) => {
      const own = sheet.items.filter((item) => item.dimension === id);
      return { words: name, points: formatScore(sum(own.map((item) => item.points))), score: formatScore(sum(own.map((item) => scores[item.id] ?? 0))) };
    }),
    items: sheet.items.map(({ id, title, dimension, points }) => {
      const act = giver(id);
      const reason = ((act?.payload?.facts as { reasons?: Record<string, string> } | undefined)?.reasons ?? {})[id]?.trim();
      return {
        words: title, dimension: sheet.dimensions.find((one) => one.id === dimension)?.name ?? words(dimension, dimension), points: formatScore(points), score: formatScore(scores[id] ?? 0),
        short: (scores[id] ?? 0) < points, by: act?.personName ?? null, reason: reason === undefined || reason === '' ? null : reason,
      };
    }),
    vetoes: vetoesOf(pack, vetoes ?? []).map(({ name }) => name),
  };
}
