import type { Language } from '../domain/text.js';
import type { ChartGraph } from './chart-graph.js';
import type { Live } from './live.js';

/** The picture in a sentence, for who cannot see it: how much there is, and where the case stands. The table beside it says the rest. */
export function describeChart({ states, moves }: ChartGraph, language: Language, live: Live | null): string {
  const stages = states.filter(({ kind }) => kind === 'stage');
  const steps = moves.filter(({ to }) => to !== null).length;
  const counted = { zh: `${stages.length} 个环节，${steps} 条去向。`, en: `${stages.length} states, ${steps} ways between them. ` }[language];
  if (live === null) return counted;
  const named = (wanted: readonly string[]): string => {
    const names = stages.filter(({ meta }) => wanted.includes(live.get(meta.stage!)?.state ?? '')).map(({ meta }) => `${meta.words![language]}${(live.get(meta.stage!)!.times ?? 1) > 1 ? ` ×${live.get(meta.stage!)!.times}` : ''}`);
    return names.length === 0 ? { zh: '无', en: 'none' }[language] : names.join({ zh: '、', en: ', ' }[language]);
  };
  const late = stages.some(({ meta }) => live.get(meta.stage!)?.state === 'late');
  const told = {
    zh: `现在：${named(['current', 'late'])}。${late ? `逾期：${named(['late'])}。` : ''}已走过：${named(['passed'])}。`,
    en: `Now: ${named(['current', 'late'])}. ${late ? `Overdue: ${named(['late'])}. ` : ''}Passed: ${named(['passed'])}.`,
  };
  return counted + told[language];
}
