import { words, type Words } from './text.js';

/** 保管期限 (State Archives Administration, order 8): permanent, 30 years, 10 years. */
export type Retention = 'Y' | 'D30' | 'D10';

/** The retention classes with their names, longest first. */
export const retentionNames: Readonly<Record<Retention, Words>> = {
  Y: words('永久', 'Permanent'),
  D30: words('30年', '30 years'),
  D10: words('10年', '10 years'),
};

/** 档号 (DA/T 22-2015): fonds – category · year – retention – organisation – item number. */
export interface ArchivalCode {
  /** 全宗号, four signs. */
  readonly fonds: string;
  /** 档案门类代码, two letters; WS for administrative papers. */
  readonly category: string;
  readonly year: number;
  readonly retention: Retention;
  /** 机构（问题）代码. */
  readonly organisation: string;
  /** 件号, counted from 1 without gaps within fonds, year, retention and organisation. */
  readonly item: number;
}

const shape = /^([A-Z0-9]{4})-([A-Z]{2}(?:·[A-Z0-9]{2})?)·(\d{4})-(Y|D30|D10)-([A-Z]{2,4})-(\d{4})$/;

/** `J088-WS·2026-D30-LDX-0007`. @throws RangeError for parts that do not make a code, among them item 0 and 10000 */
export function formatArchivalCode({ fonds, category, year, retention, organisation, item }: ArchivalCode): string {
  const code = `${fonds}-${category}·${year}-${retention}-${organisation}-${String(item).padStart(4, '0')}`;
  if (!shape.test(code) || item < 1) throw new RangeError(`no archival code: ${code}`);
  return code;
}

/** The parts of a code; undefined for anything that is none. */
export function parseArchivalCode(text: string): ArchivalCode | undefined {
  const parts = shape.exec(text);
  if (parts === null || parts[6] === '0000') return undefined;
  const [, fonds, category, year, retention, organisation, item] = parts as unknown as string[];
  return {
    fonds: fonds!, category: category!, year: Number(year), retention: retention as Retention,
    organisation: organisation!, item: Number(item),
  };
}
