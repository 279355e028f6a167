import type { Language } from '../domain/text.js';
import type { ChartGraph } from './chart-graph.js';
import type { Connection } from './connections.js';
import { dashes, ink } from './palette.js';
import type { Point, Route } from './place-nodes.js';
import { escaped, text, whole } from './svg-text.js';

const arrow = (id: string, fill: string): string =>
  `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 .5 8 4 0 7.5z" fill="${fill}"/></marker>`;

/** The tips of lines: forth and back. */
export const arrows = arrow('f', ink.faint) + arrow('b', ink.back);

/** The attributes the lines of one direction share. */
export const lineStyle = (back: boolean): string => `fill="none" stroke="${back ? ink.back : ink.faint}"${back ? ` stroke-dasharray="${dashes.back}"` : ''} stroke-width="1.3"`;

export function curveOf({ points: [first, ...rest], tip, tail }: Route): string {
  const at = ([x, y]: Point): string => `${whole(x)} ${whole(y)}`;
  return `M${tail === null ? '' : `${at(tail)}L`}${at(first!)}C${rest.map(at).join(' ')}L${at(tip)}`;
}

/** A line between states; pointed at, it says from where to where and by what. */
export function drawLine(line: Connection, route: Route, label: readonly string[], graph: ChartGraph, language: Language): string {
  const name = (id: string): string => graph.states.find((state) => state.id === id)?.words?.[language] ?? '◇';
  const title = `${name(line.from)} ${line.opposite.length > 0 ? '↔' : '→'} ${name(line.to)} · ${label.join(language === 'zh' ? '' : ' ')}`;
  const dotted = line.automatic && !line.back ? ` stroke-dasharray="${dashes.automatic}"` : '';
  return `<path d="${curveOf(route)}"${dotted}${route.tail === null ? '' : ' marker-start="url(#f)"'} marker-end="url(#${line.back ? 'b' : 'f'})"><title>${escaped(title)}</title></path>`;
}

/** The text of a line, around the middle of the room the layout kept for it. */
export function drawLabel({ back, automatic }: Connection, lines: readonly string[], { label: [x, y] }: Route): string {
  const top = y - (lines.length * 15) / 2;
  return lines.map((one, index) => text(x, top + 15 * index + 11.5, one, { fill: back ? ink.backWords : automatic ? ink.faint : ink.plain })).join('');
}
