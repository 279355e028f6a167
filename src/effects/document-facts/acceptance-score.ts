import type { Dimension } from '../../documents/fact-types.js';
import type { FactsOf } from '../../documents/document-kinds.js';
import { formatScore } from '../../domain/scoring.js';
import { gradesOf, scoreSheetOf } from '../../../workflows/policies/pack-rules.js';
import { valueOf } from '../../../workflows/policies/policy-pack.js';
import type { Dossier } from '../dossier.js';
import { acceptanceOf, applicationOf, scoringActs, visitsOf } from './acceptance-case.js';
import { actOf, recorded, textOf } from './recorded.js';
import { checkItem } from './visited-places.js';

type Report = FactsOf<'acceptanceReport'>;

const modes = { byItem: '分项负责', average: '独立打分取平均', collective: '集体评议' } as const;
const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

/** 得分与等次: every item with its giver, the total and grade the chart computed. */
export function scoreOf(dossier: Dossier): Report['score'] {
  const { pack } = dossier;
  const { total, grade, selfScore } = acceptanceOf(dossier);
  const items = scoreSheetOf(pack).items;
  const grades = gradesOf(pack);
  const from = (id: string): number => recorded(grades.find((one) => one.id === id), '等次').from;
  return {
    total: recorded(total, '总分'), points: sum(items.map(({ points }) => points)), bonus: 0, passMark: from('pass'), excellentMark: from('excellent'),
    grade: recorded(grades.find(({ id }) => id === grade), '等次').name.zh, mode: modes[valueOf(pack.scoring.mode)], sheet: sheetLines(dossier),
    selfTotal: selfScore, difference: textOf(actOf(dossier, 'submitDraft'), 'scoreDifference'),
  };
}

function sheetLines(dossier: Dossier): Report['score']['sheet'] {
  const { scores } = acceptanceOf(dossier);
  const acts = scoringActs(dossier);
  return scoreSheetOf(dossier.pack).items.map(({ id, dimension, title, points }) => {
    const act = recorded(acts.filter(({ event }) => id in ((event.facts?.scores ?? {}) as object)).at(-1), `“${title.zh}”的评分`);
    const reason = ((act.event.facts?.reasons ?? {}) as Record<string, string>)[id]?.trim();
    return { dimension: dimension as Dimension, item: title.zh, points, selfScore: null, score: scores[id]!, scoredBy: act.event.by.name, reason: reason === undefined || reason === '' ? null : reason };
  });
}

/** 六到位: the sheet summed by dimension, what was checked on site, and the leader's words where there are any. */
export function sixInPlaceOf(dossier: Dossier): Report['sixInPlace'] {
  const lines = sheetLines(dossier);
  const written = (actOf(dossier, 'submitDraft').event.evaluations ?? {}) as Record<string, string>;
  const own = applicationOf(dossier).selfAssessment ?? {};
  const { vetoes } = acceptanceOf(dossier);
  const { pack } = dossier;
  return scoreSheetOf(pack).dimensions.map(({ id }) => {
    const mine = lines.filter((line) => line.dimension === id);
    const { met, unmet } = checked(dossier, id);
    const excluded = pack.scoring.vetoes.value.filter((one) => one.dimension === id && vetoes.includes(one.id)).map(({ name }) => name.zh);
    const said = written[id]?.trim();
    return {
      dimension: id as Dimension, points: sum(mine.map(({ points }) => points)), score: sum(mine.map(({ score }) => score)), inPlace: excluded.length > 0 ? false : met > 0 && unmet === 0 ? true : null,
      evaluation: [
        own[id] === undefined ? '' : `单位自评${formatScore(own[id].score)}分。`,
        met + unmet === 0 ? '' : `现场检查${met + unmet}项次，符合${met}项次${unmet === 0 ? '' : `，不符合${unmet}项次`}。`,
        ...excluded.map((name) => `有不予通过情形：${name}。`), said === undefined || said === '' ? deductions(mine) : said,
      ].join(''),
    };
  });
}

/** What was measured and checked on site for a dimension. */
function checked(dossier: Dossier, dimension: string): { met: number; unmet: number } {
  const results = visitsOf(dossier).flatMap((visit) => [
    ...visit.checklist.map(({ item, result }) => ({ item, result: result as string })),
    ...visit.measured.map(({ item, met }) => ({ item, result: met ? 'met' : 'unmet' })),
  ].filter(({ item }) => checkItem(dossier, visit.tier, item)?.dimension === dimension).map(({ result }) => result));
  return { met: results.filter((one) => one === 'met').length, unmet: results.filter((one) => one === 'unmet').length };
}

function deductions(lines: Report['score']['sheet']): string {
  const taken = lines.filter(({ score, points }) => score < points).map(({ item, points, score, reason }) => `${item}扣${formatScore(points - score)}分${reason === null ? '' : `（${reason}）`}`);
  return taken.length === 0 ? '各项均得满分。' : `${taken.join('；')}。`;
}
