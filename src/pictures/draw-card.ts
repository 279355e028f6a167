import type { Language } from '../domain/text.js';
import { sizes, type Card, type Glyph } from './cards.js';
import type { GraphState } from './chart-graph.js';
import type { Box } from './lay-out.js';
import type { StageMark } from './live.js';
import { dashes, ink, marked } from './palette.js';
import { escaped, text, whole } from './svg-text.js';

const shapes: Readonly<Record<Glyph, string>> = {
  who: '<circle cx="5" cy="2.8" r="2.3"/><path d="M.8 9.5C.8 4.8 9.2 4.8 9.2 9.5"/>',
  term: '<circle cx="5" cy="5" r="4.2"/><path d="M5 2.4V5l2 1.4"/>',
  stay: '<path d="M8.9 3.4A4.2 4.2 0 1 0 9.2 5.6M9.2.9V3.6H6.5"/>',
  around: '<path d="M.8 1.2H5.5V8.6M3.2 6.4l2.3 2.4 2.3-2.4"/>',
};

/** The signs before lines of cards, to be used by name: who acts, until when, what is done without leaving, what comes from the group around. */
export const glyphs = Object.entries(shapes).map(([id, shape]) => `<g id="${id}" fill="none" stroke="${ink.faint}" stroke-linecap="round">${shape}</g>`).join('');

const fills = { title: ink.strong, other: ink.faint, plain: ink.plain, faint: ink.faint } as const;

/** A state: a card for a stage, a pill where nothing is to do, a diamond for a fork, an H for the way back into a group. An end has a double frame. */
export function drawCard(state: GraphState, card: Card, { x, y, width, height }: Box, mark: StageMark | null, language: Language): string {
  if (state.kind === 'choice') return `<path d="M${whole(x + width / 2)} ${whole(y)}l9 9-9 9-9-9z" fill="${ink.paper}" stroke="${ink.faint}"/>`;
  if (state.kind === 'history') return `<circle cx="${whole(x + width / 2)}" cy="${whole(y + height / 2)}" r="9" fill="${ink.paper}" stroke="${ink.faint}"/>${text(x + width / 2, y + 13, 'H', { 'font-size': 11, 'text-anchor': 'middle', fill: ink.faint })}`;
  const { fill, edge } = mark === null ? { fill: ink.paper, edge: ink.edge } : marked[mark.state];
  const thick = mark !== null && mark.state !== 'passed';
  const frame = (inset: number, inner: string): string =>
    `<rect x="${whole(x + inset)}" y="${whole(y + inset)}" width="${whole(width - 2 * inset)}" height="${whole(height - 2 * inset)}" rx="${state.kind === 'rest' ? 14 : 5 - inset / 2}" fill="${inner}" stroke="${edge}"${thick ? ' stroke-width="2"' : ''}/>`;
  const lines = card.lines.map((line) => (line.glyph === null ? '' : `<use href="#${line.glyph}" x="${whole(x + 12)}" y="${whole(y + line.y - 9)}"/>`)
    + text(x + line.x, y + line.y, line.text, { 'font-size': sizes[line.role], 'font-weight': line.role === 'title' ? 700 : undefined, fill: fills[line.role] }));
  const badge = mark === null ? '' : text(x + width - 10, y + 21, badgeOf(mark, language), { 'font-size': 11, 'font-weight': 700, 'text-anchor': 'end', fill: marked[mark.state].words });
  const title = escaped(`${state.words?.zh ?? ''} ${state.words?.en ?? ''}`.trim());
  return `<g><title>${title}</title>${frame(0, fill)}${state.final ? frame(3, 'none') : ''}${lines.join('')}${badge}</g>`;
}

/** Never by colour alone: where the case is, and how often it has been there. */
function badgeOf({ state, times }: StageMark, language: Language): string {
  const count = times === null || times < 2 ? '' : ` ×${times}`;
  return (state === 'passed' ? '✓' : { current: { zh: '现在', en: 'now' }, late: { zh: '逾期', en: 'late' } }[state][language]) + count;
}

/** A group: its frame, dashed where it runs beside others, its name, and the rights that hold throughout it. */
export function drawFrame(region: boolean, heading: readonly string[], { x, y, width, height }: Box): string {
  const lines = heading.map((line, index) => text(x + 12, y + 19 + 16 * index, line, index === 0 ? { 'font-size': 13, 'font-weight': 700, fill: ink.plain } : { 'font-size': 11, fill: ink.faint }));
  return `<rect x="${whole(x)}" y="${whole(y)}" width="${whole(width)}" height="${whole(height)}" rx="6" fill="${region ? ink.paper : ink.ground}" stroke="${ink.frame}"${region ? ` stroke-dasharray="${dashes.region}"` : ''}/>${lines.join('')}`;
}
