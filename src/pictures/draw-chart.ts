import type { Language } from '../domain/text.js';
import { describeChart, describePosition } from './describe-chart.js';
import { drawCard, drawFrame, glyphs } from './draw-card.js';
import { arrows, curveOf, drawLabel, drawLine, lineStyle } from './draw-line.js';
import { drawLegend } from './draw-legend.js';
import type { Live } from './live.js';
import { fonts, ink } from './palette.js';
import type { PreparedChart } from './prepare-chart.js';
import { escaped, whole } from './svg-text.js';

/** Around the whole, so that no edge is cut. */
const MARGIN = 4;

/** A chart as SVG, with where a case stands. Presentation attributes only: it stands under a strict content security policy. */
export function drawChart(chart: PreparedChart, language: Language, title: string, live: Live | null): string {
  const { graph, layout, labels, connections: { lines } } = chart;
  const legend = drawLegend(chart, language, live !== null);
  const width = whole(Math.max(layout.width, legend.width) + 2 * MARGIN);
  const height = whole(layout.height + legend.height + 3 * MARGIN);
  const states = graph.states.slice(1);
  const isRegion = new Set(graph.states.filter(({ kind }) => kind === 'regions').flatMap(({ children }) => children));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" width="${width}" height="${height}" viewBox="-${MARGIN} -${MARGIN} ${width} ${height}" font-family="${fonts}">`,
    `<title id="t">${escaped(title)}</title>`,
    `<desc id="d">${escaped([describeChart(graph, language), ...(live === null ? [] : [describePosition(graph, language, live)])].join(' '))}</desc>`,
    `<defs>${glyphs}${arrows}</defs>`,
    `<rect x="-${MARGIN}" y="-${MARGIN}" width="${width}" height="${height}" fill="${ink.paper}"/>`,
    ...states.filter(({ children }) => children.length > 0).map(({ id }) => drawFrame(isRegion.has(id), chart.headings.get(id)!, layout.boxes.get(id)!)),
    ...[false, true].flatMap((back) => [
      `<g ${lineStyle(back)}>`, ...lines.flatMap((line, index) => (line.back === back ? [drawLine(line, layout.routes.get(index)!, labels[index]!, graph, language)] : [])), '</g>',
    ]),
    ...layout.starts.map(({ at: [x, y], route }) => `<circle cx="${whole(x)}" cy="${whole(y)}" r="5" fill="${ink.faint}"/><path d="${curveOf(route)}" ${lineStyle(false)} marker-end="url(#f)"/>`),
    ...states.filter(({ children }) => children.length === 0).map((state) => drawCard(state, chart.cards.get(state.id)!, layout.boxes.get(state.id)!, live?.get(state.meta.stage ?? '') ?? null, language)),
    `<g font-size="12" text-anchor="middle" stroke="${ink.paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">`,
    ...lines.map((line, index) => drawLabel(line, labels[index]!, layout.routes.get(index)!)),
    '</g>',
    `<g transform="translate(0 ${whole(layout.height + MARGIN)})" font-size="12">${legend.svg}</g>`,
    '</svg>\n',
  ].join('\n');
}
