/** Who wrote what, where two texts of one section differ. `path` names the place; rows are named by what they are about, not by their number. */
export interface Difference {
  path: string;
  /** Names of fields and rows on the way to it. */
  trail: string[];
  mine: unknown;
  theirs: unknown;
  /** What is kept unless somebody chooses otherwise: the side that changed it, and mine where both did. */
  suggested: Side;
  /** Both have changed it since the common version. */
  both: boolean;
}

export type Side = 'mine' | 'theirs';

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is readonly Tree[] => Array.isArray(value) && value.length > 0 && value.every(isTree);
const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0);
const plain = (value: unknown): string => (isBlank(value) ? '' : value === true ? 'on' : typeof value === 'string' ? value : JSON.stringify(value));

/** What a row is about. Two rows about the same are told apart by their order. */
function keyed(rows: readonly Tree[]): Map<string, Tree> {
  const named = new Map<string, Tree>();
  for (const row of rows) {
    const about = row.placeCode ? `${String(row.tier)}:${String(row.placeCode)}` : String(row.item ?? row.category ?? row.project ?? row.file ?? row.number ?? row.name ?? '');
    let key = about.replaceAll('.', '·');
    for (let turn = 2; named.has(key); turn += 1) key = `${about.replaceAll('.', '·')}#${turn}`;
    named.set(key, row);
  }
  return named;
}

/** Every place at which two texts differ, in the order of the form. `base` is the version both were written from; null when it is not known. */
export function differencesOf(mine: unknown, theirs: unknown, base: unknown, path = '', trail: string[] = []): Difference[] {
  if ((isRows(mine) || isRows(theirs)) && (isRows(mine) || isBlank(mine)) && (isRows(theirs) || isBlank(theirs))) {
    const [own, other, before] = [keyed(rowsOf(mine)), keyed(rowsOf(theirs)), keyed(rowsOf(base))];
    return [...new Set([...other.keys(), ...own.keys()])].flatMap((key) => {
      const [a, b] = [own.get(key), other.get(key)];
      const at = `${path}[${key}]`;
      const row = [...trail, String((a ?? b)!.name ?? key)];
      return a === undefined || b === undefined ? [difference(a, b, before.get(key), at, row)] : differencesOf(a, b, before.get(key), at, row);
    });
  }
  if (isTree(mine) && isTree(theirs)) {
    return [...new Set([...Object.keys(theirs), ...Object.keys(mine)])].flatMap((name) =>
      differencesOf(mine[name], theirs[name], isTree(base) ? base[name] : undefined, path === '' ? name : `${path}.${name}`, [...trail, name]));
  }
  return plain(mine) === plain(theirs) ? [] : [difference(mine, theirs, base, path, trail)];
}

const rowsOf = (value: unknown): readonly Tree[] => (isRows(value) ? value : []);

function difference(mine: unknown, theirs: unknown, base: unknown, path: string, trail: string[]): Difference {
  const [iChanged, theyChanged] = [plain(mine) !== plain(base), plain(theirs) !== plain(base)];
  return { path, trail, mine, theirs, suggested: iChanged ? 'mine' : 'theirs', both: iChanged && theyChanged };
}

/** One text out of two: at every difference the side that was picked, mine where none was. */
export function mergedSection(mine: unknown, theirs: unknown, picks: ReadonlyMap<string, Side>, path = ''): unknown {
  if ((isRows(mine) || isRows(theirs)) && (isRows(mine) || isBlank(mine)) && (isRows(theirs) || isBlank(theirs))) {
    const [own, other] = [keyed(rowsOf(mine)), keyed(rowsOf(theirs))];
    return [...new Set([...other.keys(), ...own.keys()])].flatMap((key) => {
      const [a, b] = [own.get(key), other.get(key)];
      const at = `${path}[${key}]`;
      if (a !== undefined && b !== undefined) return [mergedSection(a, b, picks, at)];
      const chosen = picks.get(at) === 'theirs' ? b : a;
      return chosen === undefined ? [] : [chosen];
    });
  }
  if (isTree(mine) && isTree(theirs)) {
    const entries = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])].map((name) =>
      [name, mergedSection(mine[name], theirs[name], picks, path === '' ? name : `${path}.${name}`)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  return plain(mine) !== plain(theirs) && picks.get(path) === 'theirs' ? theirs : mine;
}
