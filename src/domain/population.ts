import { dividedHalfUp, grouped, readQuantity } from './decimal-text.js';
import type { Read } from './errors.js';
import { words } from './text.js';

/** A number of residents (常住人口), a whole number of persons. */
export type Population = number;

/**
 * Reads a population typed by a person: `92,282`, `9.2282万`, `９２２８２人`.
 * @param limit largest population believed, from the pack
 */
export function readPopulation(field: string, text: string, limit: Population): Read<Population> {
  return readQuantity(field, text, {
    places: 0,
    units: { 人: 0, 万: 4, 万人: 4 },
    limit,
    name: words('人口数', 'population'),
    limitText: words(`${grouped(limit)} 人`, `${grouped(limit)} persons`),
  });
}

/** Persons with grouping: `754,136`. */
export function formatPopulation(population: Population): string {
  return grouped(population);
}

/** 万人 with one decimal for overviews: `75.4`. Never used in a judgement. */
export function formatPopulationInWan(population: Population): string {
  const tenths = dividedHalfUp(population, 1000);
  return `${grouped(Math.trunc(tenths / 10))}.${tenths % 10}`;
}
