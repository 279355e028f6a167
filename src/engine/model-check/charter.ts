import type { DutyRule } from '../../../workflows/vocabulary.js';
import { nameOf, type ChartNode } from './chart-structure.js';
import type { Violations } from './violation.js';
import type { Edge, Graph } from './walk-chart.js';

const plain = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));
const rule = (kind: string, one: DutyRule): string => `${kind} ${Object.entries(one).map(([name, value]) => `${name}=${plain(value)}`).join(' ')}`;

/** What a state says of itself: who must and may, by when, by which clause, who may read. Whatever a chart's meta gains later stands here too. */
function declared({ meta }: ChartNode): string[] {
  const { duties = [], powers = [], stage: _stage, words: _words, ...others } = meta;
  const said = Object.entries(others).map(([name, value]) => `${name} ${typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : plain(value)}`);
  return [...said.sort(), ...duties.map((one) => rule('duty', one)), ...powers.map((one) => rule('right', one))];
}

/** One row of a heading: an event, and everything it was seen to come to. */
interface Row {
  /** How often it was tried, by instant of the model. */
  at: Set<number>;
  to: Map<string, { at: Set<number>; times: number; also: Map<string, number> }>;
}

/** Gathers what a walk sees. */
export class Charter {
  readonly #headings = new Map<string, Map<string, Row>>();

  /** One event tried at an instant of the model. */
  add(instant: number, { one, told }: Edge): void {
    const rows = known(this.#headings, one.place, () => new Map<string, Row>());
    const row = known(rows, one.row, () => ({ at: new Set(), to: new Map() }));
    const outcome = known(row.to, told.to, () => ({ at: new Set(), times: 0, also: new Map() }));
    row.at.add(instant);
    outcome.at.add(instant);
    outcome.times += 1;
    for (const word of told.also) outcome.also.set(word, (outcome.also.get(word) ?? 0) + 1);
  }

  /** The rows of a stage; of the empty heading whatever is offered wherever a case is: rights of a group, results that come back. */
  rows(stage: string, instants: readonly string[]): string[] {
    return linesOf(this.#headings.get(stage), instants);
  }
}

function known<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

const sorted = <V>(map: Map<string, V>): [string, V][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** A line for each place an event may lead to: what it does every time, what at times, and when it comes only before or after an instant of the model. */
function linesOf(rows: Map<string, Row> | undefined, instants: readonly string[]): string[] {
  return sorted(rows ?? new Map<string, Row>()).flatMap(([name, row]) => sorted(row.to).map(([to, { at, times, also }]) => {
    const words = (always: boolean): string => sorted(also).filter(([, n]) => (n === times) === always).map(([word]) => word).join('; ');
    const when = at.size === row.at.size ? '' : ` @ ${[...at].sort().map((i) => instants[i]!.slice(0, 10)).join(', ')}`;
    return `${name} ${to}${when}${words(true) && ` | ${words(true)}`}${words(false) && ` | at times: ${words(false)}`}`;
  }));
}

/**
 * The charter of a chart: everything it declares and everything it was seen to do, a line each, from the chart itself. Kept beside the chart
 * and read by people, it is what they meant; a later chart is held against it line by line. No walk knows by itself who ought to decide.
 */
export function charterOf(title: string, nodes: readonly ChartNode[], graph: Graph, seen: Charter, instants: readonly string[]): string {
  const lines = [`# ${title}`, '', '## case.opened', ...graph.openings.map(({ label, told }) => `- ${label} ${told.to}${told.also.map((word) => `; ${word}`).join('')}`)];
  for (const node of nodes) {
    const own = [...declared(node), ...(node.meta.stage === undefined ? [] : seen.rows(node.meta.stage, instants))];
    const { words } = node.meta;
    if (own.length > 0 || words) lines.push('', `## ${nameOf(node)}${words ? ` ${words.zh} ${words.en}` : ''}`, ...own.map((line) => `- ${line}`));
  }
  lines.push('', '## *', ...seen.rows('', instants).map((line) => `- ${line}`), '');
  return lines.join('\n');
}

/** A line of a charter with the heading it stands under: one promise. */
function promises(charter: string): Map<string, { place: string; line: string }> {
  const found = new Map<string, { place: string; line: string }>();
  let place = '';
  for (const line of charter.split('\n')) {
    if (line.startsWith('## ')) place = line.slice(3);
    if (line.startsWith('## ') || line.startsWith('- ')) found.set(`${place}|${line}`, { place: place.split(' ')[0]!, line: line.slice(2).trim() });
  }
  return found;
}

/** Names every promise a chart no longer keeps, and everything it does that nobody has promised. */
export function holdToCharter(kept: string, shown: string, found: Violations): void {
  const [before, after] = [promises(kept), promises(shown)];
  for (const [key, { place, line }] of before) if (!after.has(key)) found.add('promise-broken', place, line);
  for (const [key, { place, line }] of after) if (!before.has(key)) found.add('not-promised', place, line);
}
