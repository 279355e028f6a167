import { instance, type Attributes, type Viz } from '@viz-js/viz';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

/** Something to be placed; its size is known beforehand. */
export interface PlacedNode extends Size {
  readonly id: string;
  readonly shape: 'box' | 'circle' | 'diamond';
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** Room for its text; null for none. */
  readonly label: Size | null;
  readonly back: boolean;
  readonly both: boolean;
  /** How much it is to be short and straight. */
  readonly weight: number;
}

/** Where a line runs: a start, then Bézier curves in threes, with straight ends to its tips. `label` is the middle of its text. */
export interface Route {
  readonly points: readonly Point[];
  readonly tip: Point;
  /** The second tip of a line that runs both ways. */
  readonly tail: Point | null;
  readonly label: Point;
}

export interface Placement extends Size {
  /** The top left corner by id. */
  readonly corners: ReadonlyMap<string, Point>;
  readonly routes: readonly Route[];
}

const POINTS_PER_INCH = 72;
const inches = (units: number): number => Math.round((units / POINTS_PER_INCH) * 1e4) / 1e4;

/** An empty table of a fixed size: Graphviz is given room for text and never the text, so no font it lacks can change what it does. */
const room = ({ width, height }: Size): Attributes[string] => ({ html: `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" FIXEDSIZE="TRUE" WIDTH="${Math.ceil(width)}" HEIGHT="${Math.ceil(height)}"><TR><TD></TD></TR></TABLE>` });

/** Compiling the library costs more than a layout: once in a process is enough. */
let compiled: Promise<Viz> | undefined;

/** Places nodes in layers from top to bottom with Graphviz. The same input gives the same output on every machine. */
export async function placeNodes(nodes: readonly PlacedNode[], edges: readonly PlacedEdge[]): Promise<Placement> {
  const viz = await (compiled ??= instance());
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const drawn = viz.renderJSON({
    directed: true,
    graphAttributes: { nodesep: 0.22, ranksep: 0.26 },
    nodeAttributes: { fixedsize: true, label: '' },
    edgeAttributes: { arrowsize: 0.7 },
    nodes: nodes.map(({ id, width, height, shape }) => ({ name: names.get(id)!, attributes: { width: inches(width), height: inches(height), shape } })),
    edges: edges.map(({ from, to, label, back, both, weight }, index) => {
      // A return is placed as its way forth and drawn the other way round: so the main line runs from top to bottom.
      const [tail, head] = back ? [to, from] : [from, to];
      return { tail: names.get(tail)!, head: names.get(head)!, attributes: { id: `e${index}`, weight, dir: back ? 'back' : both ? 'both' : 'forward', ...(label === null ? {} : { label: room(label) }) } };
    }),
  }) as Drawn;
  const [, , width, height] = numbers(drawn.bb) as [number, number, number, number];
  const at = (text: string): Point => {
    const [x, y] = numbers(text) as [number, number];
    return [x, height - y];
  };
  const found = new Map((drawn.objects ?? []).map((one) => [one.name, at(one.pos)]));
  const byId = new Map((drawn.edges ?? []).map((edge) => [edge.id, edge]));
  return {
    width, height,
    corners: new Map(nodes.map((node) => {
      const [x, y] = found.get(names.get(node.id)!)!;
      return [node.id, [x - node.width / 2, y - node.height / 2]];
    })),
    routes: edges.map((_edge, index) => routeOf(byId.get(`e${index}`)!, at)),
  };
}

interface Drawn {
  bb: string;
  objects?: { name: string; pos: string }[];
  edges?: { id: string; pos: string; lp?: string }[];
}

const numbers = (text: string): number[] => text.split(',').map(Number);

/** `e,x,y` is the tip at the end, `s,x,y` that at the start; a return has only the latter. */
function routeOf({ pos, lp }: { pos: string; lp?: string }, at: (text: string) => Point): Route {
  const parts = pos.split(' ');
  const tipOf = (mark: string): Point | null => {
    const part = parts.find((one) => one.startsWith(mark));
    return part === undefined ? null : at(part.slice(mark.length));
  };
  const points = parts.filter((part) => !/^[se],/.test(part)).map(at);
  const [start, end] = [tipOf('s,'), tipOf('e,')];
  const label = lp === undefined ? points[0]! : at(lp);
  return end === null ? { points: points.reverse(), tip: start!, tail: null, label } : { points, tip: end, tail: start, label };
}
