import type { ChartGraph } from './chart-graph.js';
import type { Connection } from './connections.js';
import type { Homes } from './homes.js';
import { placeNodes, type PlacedEdge, type PlacedNode, type Point, type Route, type Size } from './place-nodes.js';

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** The mark where a group begins, with the line to its first state. */
export interface Start {
  readonly at: Point;
  readonly route: Route;
}

/** A chart laid out, in units of the picture, the origin at the top left. */
export interface Layout extends Size {
  readonly boxes: ReadonlyMap<string, Box>;
  /** By the index of the line. */
  readonly routes: ReadonlyMap<number, Route>;
  readonly starts: readonly Start[];
}

/** What is to be placed, with sizes known beforehand. */
export interface Placing {
  readonly graph: ChartGraph;
  readonly homes: Homes;
  readonly lines: readonly Connection[];
  readonly cards: ReadonlyMap<string, Size>;
  /** Of the text on each line. */
  readonly labels: readonly Size[];
  /** Of the heading of each group. */
  readonly headings: ReadonlyMap<string, Size>;
}

const MARGIN = 14;
const GAP = 14;
const DOT = 10;
/** What still reads at the width of A4. */
const PAGE = 900;

/** Lays out a chart from the inside out: each group by itself, then as one box of the group around it. */
export async function layOut(placing: Placing): Promise<Layout> {
  return contentOf(placing.graph.states[0]!.id, placing);
}

const EMPTY: Layout = { width: 0, height: 0, boxes: new Map(), routes: new Map(), starts: [] };

async function contentOf(group: string, placing: Placing): Promise<Layout> {
  const { graph, homes, lines, labels, cards } = placing;
  const states = new Map(graph.states.map((state) => [state.id, state]));
  const children = homes.children.get(group)!;
  const parts = new Map<string, Layout>();
  for (const id of children) parts.set(id, states.get(id)!.children.length > 0 ? await framed(id, placing) : { ...EMPTY, ...cards.get(id)! });
  const own = homes.spans.flatMap((span, index) => (span.group === group ? [{ ...span, index }] : []));
  if (states.get(group)!.kind === 'regions' && own.length === 0) return beside(children.map((id) => [id, parts.get(id)!]));

  const nodes = children.map((id): PlacedNode => ({ id, width: parts.get(id)!.width, height: parts.get(id)!.height, shape: shapes[states.get(id)!.kind] ?? 'box' }));
  const edges = own.map(({ from, to, index }): PlacedEdge => {
    const { back, automatic, opposite } = lines[index]!;
    return { from, to, label: labels[index]!, back, both: opposite.length > 0, weight: back ? 0 : automatic ? 1 : 2 };
  });
  const first = states.get(group)!.kind === 'group' ? children.find((id) => states.get(id)!.entered[0] === states.get(group)!.entered[0]) : undefined;
  const marked = first !== undefined && states.get(first)!.kind !== 'choice' && states.get(first)!.children.length === 0;
  if (marked) {
    nodes.unshift({ id: '', width: DOT, height: DOT, shape: 'circle' });
    edges.unshift({ from: '', to: first, label: null, back: false, both: false, weight: 10 });
  }
  const placed = await placeNodes(nodes, edges);
  const laid = children.map((id) => moved(parts.get(id)!, id, placed.corners.get(id)!));
  const { boxes, routes, starts } = together(laid);
  own.forEach(({ index }, n) => (routes as Map<number, Route>).set(index, placed.routes[marked ? n + 1 : n]!));
  const [x, y] = placed.corners.get('') ?? [0, 0];
  return { width: placed.width, height: placed.height, boxes, routes, starts: marked ? [...starts, { at: [x + DOT / 2, y + DOT / 2], route: placed.routes[0]! }] : starts };
}

const shapes: Readonly<Record<string, PlacedNode['shape']>> = { choice: 'diamond', history: 'circle' };

/** A group with its frame and heading. */
async function framed(id: string, placing: Placing): Promise<Layout> {
  const inner = await contentOf(id, placing);
  const heading = placing.headings.get(id)!;
  const above = heading.height + MARGIN;
  return { ...moved(inner, null, [MARGIN, above]), width: Math.max(inner.width + 2 * MARGIN, heading.width), height: inner.height + above + MARGIN };
}

/** Regions side by side as far as a page is wide, the others in rows below; the last of each row takes what is left of it. */
function beside(regions: readonly (readonly [id: string, region: Layout])[]): Layout {
  const rows: { id: string; region: Layout; x: number }[][] = [];
  let x = Infinity;
  for (const [id, region] of regions) {
    if (x + region.width > PAGE) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ id, region, x });
    x += region.width + GAP;
  }
  const width = Math.max(...rows.flat().map((one) => one.x + one.region.width));
  let y = 0;
  const laid = rows.flatMap((row) => {
    const top = y;
    y += Math.max(...row.map(({ region }) => region.height)) + GAP;
    return row.map(({ id, region, x: left }, index) => moved({ ...region, width: index === row.length - 1 ? width - left : region.width }, id, [left, top]));
  });
  return { width, height: y - GAP, ...together(laid) };
}

const together = (parts: readonly Layout[]): Omit<Layout, keyof Size> => ({
  boxes: new Map(parts.flatMap((one) => [...one.boxes])), routes: new Map(parts.flatMap((one) => [...one.routes])), starts: parts.flatMap((one) => one.starts),
});

/** A part at its place; with an id, its own box too. */
function moved(part: Layout, id: string | null, [dx, dy]: Point): Layout {
  const shift = ([x, y]: Point): Point => [x + dx, y + dy];
  const shifted = ({ points, tip, tail, label }: Route): Route => ({ points: points.map(shift), tip: shift(tip), tail: tail === null ? null : shift(tail), label: shift(label) });
  return {
    ...part,
    boxes: new Map([...(id === null ? [] : [[id, { x: dx, y: dy, width: part.width, height: part.height }] as const]), ...[...part.boxes].map(([key, box]) => [key, { ...box, x: box.x + dx, y: box.y + dy }] as const)]),
    routes: new Map([...part.routes].map(([index, route]) => [index, shifted(route)])),
    starts: part.starts.map(({ at, route }) => ({ at: shift(at), route: shifted(route) })),
  };
}
