import type { Asked, Step } from '../case-step.js';
import type { Facts } from './chart-model.js';

/** More leaves of one object than a reader compares one by one. */
const MOST_LEAVES = 4;

type Leaves = Map<string, unknown>;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isEntries = (value: unknown): value is Record<string, unknown>[] => Array.isArray(value) && value.length > 0 && value.every(isObject);

/** Leaves that say which entry it is, or what somebody wrote: of no meaning to a reader of the chart. */
const NAMING = new Set(['key', 'id', 'post', 'org', 'side', 'name', 'reason', 'by', 'basis']);

/** A value as far as it means something to a reader of the chart: words of the chart as they are, numbers, texts and instants by their kind. */
function told(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return '#';
  if (Array.isArray(value)) return value.length === 0 ? '[]' : '[…]';
  if (isObject(value)) return `{${Object.entries(value).filter(([k, v]) => !NAMING.has(k) && isTelling(v)).map(([k, v]) => `${k}=${told(v)}`).join(' ')}}`;
  const text = String(value);
  return /^[A-Za-z][\w.]{0,30}$/.test(text) ? text.replace(/\d+/g, '#') : /^\d{4}-\d\d-\d\d/.test(text) ? 'instant' : 'text';
}

const isTelling = (value: unknown): boolean => typeof value === 'boolean' || (typeof value === 'string' && told(value) !== 'text' && told(value) !== 'instant' && !/#/.test(told(value)));

const nameOf = (entry: Record<string, unknown>, index: number): string => String(entry.key ?? entry.id ?? entry.post ?? entry.org ?? index);

/** What differs between two values of a fact, each difference in a word. */
function differences(name: string, before: unknown, after: unknown): string[] {
  if (before === after || JSON.stringify(before) === JSON.stringify(after)) return [];
  if ((isEntries(before) || isEntries(after)) && Array.isArray(before) && Array.isArray(after)) {
    const entries = (list: unknown[]): Leaves => new Map(list.map((entry, index) => [nameOf(entry as Record<string, unknown>, index), entry]));
    const [was, is] = [entries(before), entries(after)];
    return [
      ...[...was.keys()].filter((key) => !is.has(key)).map(() => `${name}-`),
      ...[...is].flatMap(([key, entry]) => (was.has(key) ? differences(`${name}[]`, was.get(key), entry) : [`${name}+${told(entry)}`])),
    ];
  }
  if (isObject(before) && isObject(after) && !Array.isArray(before) && !Array.isArray(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const found = keys.flatMap((key) => differences(`${name}.${key}`, before[key], after[key]));
    return found.length > MOST_LEAVES ? [`${name}.*`] : found;
  }
  return [after === undefined ? `${name}-` : `${name}=${told(after)}`];
}

/** Facts a step has written: not its instant, and not the trail, which is judged by itself. */
function written(before: Facts, after: Facts): string[] {
  const names = Object.keys(after).filter((name) => name !== 'now' && name !== 'trail' && before[name] !== after[name]);
  return names.flatMap((name) => differences(name, before[name], after[name]));
}

/** The innermost states of a configuration, each with the state it is in. */
export function leavesOf(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === 'string') return [[...path, value].slice(-2).join('.')];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, below]) => leavesOf(below, [...path, key]));
}

const asked = ({ type, params }: Asked): string => {
  const said = Object.entries(params).map(([name, value]) => (isObject(value) ? `${name}:${JSON.stringify(value)}` : `${name}:${String(value)}`));
  return said.length === 0 ? type : `${type}(${said.join(' ')})`;
};

/** Of one configuration every event is told: its states are looked up once. */
const known = new WeakMap<Step, ReadonlySet<string>>();

function statesOf(step: Step): ReadonlySet<string> {
  const found = known.get(step) ?? new Set(leavesOf((step.state.snapshot as { value: unknown }).value));
  known.set(step, found);
  return found;
}

/** What one step does, in words that people can hold against what they meant. */
export interface Told {
  /** Where it leads: the stages it enters, the states it moves to, the end. */
  readonly to: string;
  /** What else it leaves, writes down, asks of the engine and of the world, a word each. */
  readonly also: readonly string[];
}

/** An event the chart does not take as things stand; one that something beside the procedure holds back: a hold, signers, whoever sent it in. */
export const refused: Told = { to: '✗', also: [] };
export const heldBack: Told = { to: '✗ held back', also: [] };

/** Tells a step; `before` is null for the opening of a case. */
export function stepTold(before: Step | null, after: Step): Told {
  const moved = [...statesOf(after)].filter((leaf) => before === null || !statesOf(before).has(leaf));
  const named = new Set([...after.entered, ...after.stages.map(({ stage }) => stage)]);
  const others = moved.filter((leaf) => !named.has(leaf.split('.').at(-1)!));
  const to = [...after.entered, ...others].join(' + ');
  const also = [
    ...after.left.filter((stage) => !after.entered.includes(stage)).map((stage) => `leaves ${stage}`),
    ...(before === null ? [] : written(before.context as Facts, after.context as Facts)),
    ...[...after.marks, ...after.effects].filter(({ type }) => !type.startsWith('xstate.')).map(asked),
  ];
  return { also: [...new Set(also)], to: `${to === '' ? '·' : `→ ${to}`}${after.final && !before?.final ? ` (ends: ${after.final.outcome})` : ''}` };
}
