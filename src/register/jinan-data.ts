import { DomainError } from '../domain/errors.js';
import { words } from '../domain/text.js';
import type { FilingUnit, FilingUnitRecord, JinanData, TownshipLine, Village } from './jinan-records.js';
import { townshipPopulations } from './township-populations.js';

/** The texts of the data files, as `readJinanFiles` finds them. */
export interface JinanTexts {
  readonly units: string;
  readonly townships: string;
  readonly villages: string;
}

/**
 * Reads the three files and gives every township without a published figure a generated one, marked 示例. Townships and
 * villages of areas that are no filing unit's in that year are left out.
 */
export function parseJinan(texts: JinanTexts): JinanData {
  const units = parseFilingUnits(texts.units);
  const villages = parseVillages(texts.villages);
  const townships = townshipPopulations(units, parseTownshipLines(texts.townships), villages);
  const known = new Set(townships.map(({ code }) => code));
  return { units, townships, villages: villages.filter(({ township }) => known.has(township)) };
}

/** Reads the filing units in their order and works out the deductions. */
export function parseFilingUnits(json: string): FilingUnit[] {
  const records = JSON.parse(json) as FilingUnitRecord[];
  return records.map((record, index) => {
    const zones = records.filter(({ host }) => host === record.code);
    const deductions = zones.map(({ code, population }) => ({ unit: code, population }));
    const judgedPopulation = deductions.reduce((rest, { population }) => rest - population, record.population);
    return { ...record, order: index + 1, deductions, judgedPopulation };
  });
}

/** Reads townships.csv. */
export function parseTownshipLines(csv: string): TownshipLine[] {
  return rowsOf(csv, ['code', 'name', 'division', 'population', 'source']).map(([code, name, division, population, source]) => ({
    code: code!, name: name!, division: division!, source: source!, population: population === '' ? null : Number(population),
  }));
}

/** Reads villages.csv. The last three digits of a code tell villages (200–399) from communities, as the statistics bureau assigns them. */
export function parseVillages(csv: string): Village[] {
  return rowsOf(csv, ['code', 'name', 'township']).map(([code, name, township]) => {
    const ordinal = Number(code!.slice(-3));
    return { code: code!, name: name!, kind: ordinal >= 200 && ordinal < 400 ? 'village' : 'community', township: township! };
  });
}

function rowsOf(csv: string, columns: readonly string[]): string[][] {
  const [head, ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (head !== columns.join(',')) throw broken(1, `expected ${columns.join(',')}, found ${head}`);
  return lines
    .filter((line) => line !== '')
    .map((line, index) => {
      const cells = line.split(',');
      if (cells.length !== columns.length || !/^\d+$/.test(cells[0]!)) throw broken(index + 2, line);
      return cells;
    });
}

function broken(line: number, detail: string): DomainError {
  const sentence = words(`区划数据第 ${line} 行读不懂。`, `Line ${line} of the division data cannot be read.`);
  return new DomainError('broken-division-data', sentence, detail);
}
