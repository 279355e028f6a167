/** The least, the usual and the most of something that is not always the same. */
export type Spread = readonly [least: number, usual: number, most: number];

/** Chance for a year. Every draw is named, so that a change of the question changes only the draws it touches. */
export interface Chance {
  /** A number from 0 up to 1, the same for the same name. */
  of(name: string): number;
  /** A value of the spread; the usual one is the likeliest. */
  within(spread: Spread, name: string): number;
  /** Whether something of this probability happens. */
  happens(probability: number, name: string): boolean;
  /** One of these, as likely as its weight. */
  oneOf<T>(choices: readonly (readonly [T, number])[], name: string): T;
}

/** FNV-1a over the text, from a basis that the seed has moved. */
function hashOf(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** One step of mulberry32, whose last mixing spreads every bit of the hash over the whole number. */
function mulberry32(state: number): number {
  const moved = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(moved ^ (moved >>> 15), moved | 1);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

/** The triangular distribution: what people mean by "at least, usually, at most". */
function triangular([least, usual, most]: Spread, drawn: number): number {
  const width = most - least;
  if (width === 0) return least;
  const turn = (usual - least) / width;
  return drawn < turn ? least + Math.sqrt(drawn * width * (usual - least)) : most - Math.sqrt((1 - drawn) * width * (most - usual));
}

/** Chance of one seed. The same seed and name give the same draw, whatever was drawn before. */
export function chanceOf(seed: number): Chance {
  const of = (name: string): number => mulberry32(hashOf(name, seed));
  return {
    of,
    within: (spread, name) => triangular(spread, of(name)),
    happens: (probability, name) => of(name) < probability,
    oneOf: (choices, name) => {
      let left = of(name) * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [one, weight] of choices) if ((left -= weight) < 0) return one;
      return choices.at(-1)![0];
    },
  };
}
