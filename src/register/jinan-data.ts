import { DomainError } from '../domain/errors.js';
import type { Population } from '../domain/population.js';
import { words } from '../domain/text.js';
import { townshipPopulations } from './township-populations.js';

/** Who owes a plan in a year (填报单位): a district, or a functional zone whose committee stands in a government's place. */
export interface FilingUnitRecord {
  /** Six digits of GB/T 2260; for the zone the code of its statistical area. */
  readonly code: string;
  /** The code under which the statistics bureau's list of 2023 holds its townships. */
  readonly divisionCode: string;
  /** Stable across renaming: 章丘市 and 章丘区 are both `zhangqiu`. */
  readonly key: string;
  readonly name: string;
  readonly english: string;
  readonly kind: 'district' | 'zone';
  /** Census residents of the area; for the zone generated. */
  readonly population: Population;
  readonly populationSource: string;
  /** The source gives ten thousands only. */
  readonly rounded: boolean;
  /** 示例: not a published figure. */
  readonly sample: boolean;
  /** Code of the district that lies around a zone and whose figure contains the zone's residents. */
  readonly host: string | null;
  /** First day under this name and parent, where it lies after 2011; the first of the month or year where no day is published. */
  readonly since: string | null;
  /** The code before renaming. */
  readonly predecessor: string | null;
}

/** A filing unit with the figure its hall is judged by. */
export interface FilingUnit extends FilingUnitRecord {
  /** Place in the order of administrative divisions, from 1; zones last. Lists are never ranked. */
  readonly order: number;
  /** Residents entrusted to zones and therefore deducted, by zone code; the page shows figure, deduction and rest. */
  readonly deductions: readonly { readonly unit: string; readonly population: Population }[];
  /** Residents after deductions: decides the class of the hall. */
  readonly judgedPopulation: Population;
}

/** A street or town (街道、乡镇). Belongs to exactly one filing unit. */
export interface Township {
  /** Nine digits. */
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly population: Population;
  readonly populationSource: string;
  /** 示例: generated so that the unit's sum is right. */
  readonly sample: boolean;
}

/** A community or administrative village (社区、行政村). */
export interface Village {
  /** Twelve digits. */
  readonly code: string;
  readonly name: string;
  readonly kind: 'community' | 'village';
  readonly township: string;
}

/** Everything the demonstration city knows about its divisions in one year. */
export interface JinanData {
  readonly units: readonly FilingUnit[];
  readonly townships: readonly Township[];
  readonly villages: readonly Village[];
}

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

/** A line of townships.csv; population is null where no figure is published, `division` the six-digit code of the list. */
export interface TownshipLine {
  readonly code: string;
  readonly name: string;
  readonly division: string;
  readonly population: Population | null;
  readonly source: string;
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
