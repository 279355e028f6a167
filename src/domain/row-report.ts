import type { Words } from './text.js';

/** One line of the report on an uploaded workbook. Defects keep everything from being imported; notes and rows read do not. */
export interface RowReport {
  readonly level: 'read' | 'note' | 'defect';
  /** Name of the sheet as it is in the file; empty for the file as a whole. */
  readonly sheet: string;
  /** Row as Excel numbers it; 0 for the sheet or file as a whole. */
  readonly row: number;
  /** Such as E7; empty where the line is not about one cell. */
  readonly cell: string;
  /** Head of the column with its unit; null where the line is not about one column. */
  readonly column: Words | null;
  /** What was found there, as text, shortened. */
  readonly read: string;
  readonly code: string;
  readonly sentence: Words;
}

/** Defects listed one by one; a workbook with more of them is better sent again after these are mended. */
const listed = 1000;

/** The report in the order of sheets and rows, cut after the first thousand defects with the number of those left out. */
export function cutReport(rows: readonly RowReport[]): RowReport[] {
  const defects = rows.filter(({ level }) => level === 'defect').length;
  if (defects <= listed) return [...rows];
  let left = listed;
  const kept = rows.filter(({ level }) => level !== 'defect' || (left -= 1) >= 0);
  const more = defects - listed;
  return [...kept, {
    level: 'defect', sheet: '', row: 0, cell: '', column: null, read: '', code: 'more-defects',
    sentence: { zh: `另有 ${more} 处不符没有列出，请先改上面的再上传。`, en: `${more} more defects are not listed; mend these first and upload again.` },
  }];
}
