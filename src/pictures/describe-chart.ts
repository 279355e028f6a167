import type { Language } from '../domain/text.js';
import type { ChartGraph } from './chart-graph.js';
import type { Live, StageMark } from './live.js';

/** How much there is in a picture: what stands for it where it cannot be seen. The table beside it says the rest. */
export function describeChart({ states, moves }: ChartGraph, language: Language): string {
  const stages = states.filter(({ kind }) => kind === 'stage').length;
  const ways = moves.filter(({ to }) => to !== null).length;
  return { zh: `${stages} 个环节，${ways} 条去向。`, en: `${stages} states, ${ways} ways between them.` }[language];
}

const heads = { current: { zh: '现在', en: 'Now' }, late: { zh: '现在，已逾期', en: 'Now, overdue' }, passed: { zh: '已走过', en: 'Passed' } } as const;

/** Where a case stands in its picture and where it has been, in the chart's order. */
export function describePosition({ states }: ChartGraph, language: Language, live: Live): string {
  const [colon, comma, stop, between] = language === 'zh' ? ['：', '、', '。', ''] : [': ', ', ', '.', ' '];
  return (['late', 'current', 'passed'] as const).flatMap((state) => {
    const named = states.flatMap(({ meta }) => {
      const mark: StageMark | undefined = live.get(meta.stage ?? '');
      return mark?.state === state ? [meta.words![language] + (mark.times !== null && mark.times > 1 ? ` ×${mark.times}` : '')] : [];
    });
    return named.length === 0 ? [] : [heads[state][language] + colon + named.join(comma) + stop];
  }).join(between);
}
