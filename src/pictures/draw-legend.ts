import { words, type Language } from '../domain/text.js';
import { namesOf } from './cards.js';
import { dashes, ink, marked } from './palette.js';
import type { PreparedChart } from './prepare-chart.js';
import { text, whole } from './svg-text.js';
import { widthOf } from './text-size.js';

const lines = [
  { words: words('办理', 'step'), edge: ink.faint, dash: null }, { words: words('退回', 'way back'), edge: ink.back, dash: dashes.back },
  { words: words('到期或自动', 'by the clock or by itself'), edge: ink.faint, dash: dashes.automatic },
];
const ends = { fill: ink.paper, edge: ink.edge, words: words('双框：案卷办结', 'double frame: the case ends') };
const marks = [{ ...marked.current, words: words('现在', 'now') }, { ...marked.passed, words: words('已走过', 'passed') }, { ...marked.late, words: words('逾期', 'overdue') }];

const box = (x: number, inset: number, { fill, edge }: { fill: string; edge: string }): string =>
  `<rect x="${whole(x + inset)}" y="${2 + inset}" width="${20 - 2 * inset}" height="${14 - 2 * inset}" rx="3" fill="${fill}" stroke="${edge}"/>`;

/** What lines, frames and colours mean, and what may come in every state. */
export function drawLegend({ graph, connections }: PreparedChart, language: Language, live: boolean): { svg: string; width: number; height: number } {
  let x = 0;
  const named = (sample: string, width: number, name: string): string => {
    const words = text(x + width, 13, name, { fill: ink.faint });
    x += width + widthOf(name, 12) + 18;
    return sample + words;
  };
  const parts = [
    ...lines.map(({ words: name, edge, dash }) => named(`<path d="M${whole(x)} 9h26" stroke="${edge}" stroke-width="1.3"${dash === null ? '' : ` stroke-dasharray="${dash}"`}/>`, 32, name[language])),
    named(box(x, 0, ends) + box(x, 3, ends), 26, ends.words[language]),
    ...(live ? marks : []).map((mark) => named(box(x, 0, mark), 26, mark.words[language])),
  ];
  const always = namesOf(connections.stays.get(graph.states[0]!.id) ?? [], language);
  const note = always === '' ? '' : `${{ zh: '随时：', en: 'at any time: ' }[language]}${always}`;
  return { svg: parts.join('') + (note === '' ? '' : text(0, 33, note, { fill: ink.faint })), width: Math.max(x, widthOf(note, 12)), height: note === '' ? 20 : 40 };
}
