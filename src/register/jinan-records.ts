import type { Population } from '../domain/population.js';

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

/** A line of townships.csv; population is null where no figure is published, `division` the six-digit code of the list. */
export interface TownshipLine {
  readonly code: string;
  readonly name: string;
  readonly division: string;
  readonly population: Population | null;
  readonly source: string;
}
