import type { FilingUnit, Township, TownshipLine, Village } from './jinan-records.js';

const generatedSource = '示例：按社区、村数目拟定，合计等于所属单位普查人口';

/**
 * Gives every township a population: the published figure where there is one, otherwise a share of what is left of its
 * unit's residents, in proportion to its communities and villages with a spread fixed by its code. The shares of a unit
 * add up to its figure exactly (largest remainder), and the same input always gives the same output.
 */
export function townshipPopulations(
  units: readonly FilingUnit[],
  lines: readonly TownshipLine[],
  villages: readonly Village[],
): Township[] {
  const weights = weightsOf(lines, villages);
  return units.flatMap((unit) => {
    const own = lines.filter(({ division }) => division === unit.divisionCode);
    const published = own.reduce((sum, { population }) => sum + (population ?? 0), 0);
    const open = own.filter(({ population }) => population === null).map(({ code }) => code);
    const shares = apportion(unit.judgedPopulation - published, open.map((code) => weights.get(code)!));
    return own.map(({ code, name, population, source }): Township => {
      const generated = population === null;
      return {
        code, name, unit: unit.code, sample: generated,
        population: population ?? shares[open.indexOf(code)]!,
        populationSource: generated ? generatedSource : source,
      };
    });
  });
}

/** Shares out a whole number by weights so that nothing is lost: the largest remainders get the units left over. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, one) => all + one, 0);
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
  const shares = exact.map((one) => Number(one / BigInt(sum)));
  const left = total - shares.reduce((all, one) => all + one, 0);
  const byRemainder = exact
    .map((one, index) => ({ index, remainder: Number(one % BigInt(sum)) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) shares[index]! += 1;
  return shares;
}

/** A town has some thousand residents of its own; a community counts as much as three villages; ±40 % by code. */
function weightsOf(lines: readonly TownshipLine[], villages: readonly Village[]): Map<string, number> {
  const bodies = new Map<string, number>();
  for (const { township, kind } of villages) {
    bodies.set(township, (bodies.get(township) ?? 0) + (kind === 'community' ? 30 : 10));
  }
  return new Map(lines.map(({ code }) => [code, (60 + (bodies.get(code) ?? 0)) * spread(code)]));
}

/** 60 … 140, fixed by the digits of the code (FNV-1a, 32 bits). */
function spread(code: string): number {
  let hash = 0x811c9dc5;
  for (const digit of code) hash = Math.imul(hash ^ digit.charCodeAt(0), 0x01000193) >>> 0;
  return 60 + (hash % 81);
}
