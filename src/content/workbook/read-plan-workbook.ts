import type { z } from 'zod';
import { words, type Words } from '../../domain/text.js';
import { planSchemas } from '../../../workflows/forms/plan-sections.js';
import { findSheets, foreignWorkbook, locateColumns, type FoundSheet, type LocatedSheet } from './locate-columns.js';
import { openWorkbook } from './open-workbook.js';
import { placeDefects } from './place-defects.js';
import { partGrandTotal } from './grand-total.js';
import { readRows, type TypedRow } from './read-rows.js';
import { cutReport, type RowReport } from '../../domain/row-report.js';
import { excerpt } from './workbook-cell.js';
import { workbookSheets, type WorkbookSheet } from './workbook-columns.js';
import type { PlanWorkbookRegister } from './workbook-register.js';

type Typed = Readonly<Record<string, string | boolean>>;

/** What a workbook says of three sections, as typed. A section whose sheet is empty is left out: an empty sheet deletes nothing. */
export interface PlanWorkbookSections {
  readonly premises?: { readonly projects: readonly Typed[] };
  readonly funds?: { readonly lines: readonly Typed[]; readonly total?: string };
  readonly schedule?: { readonly phases: readonly Typed[] };
}

export interface PlanWorkbookReading {
  readonly rows: readonly RowReport[];
  /** All or nothing: null as soon as one row has a defect. */
  readonly sections: PlanWorkbookSections | null;
  /** Revisions of the live sections the workbook was written from. */
  readonly basedOn: Readonly<Record<string, number>>;
}

/** Reads a workbook row by row against the register and the limits of the pack. Never throws for what is in the file. */
export async function readPlanWorkbook(bytes: Buffer, register: PlanWorkbookRegister): Promise<PlanWorkbookReading> {
  const opened = await openWorkbook(bytes);
  if (!opened.ok) return refused(opened.defect.code, opened.defect.sentence);
  const found = findSheets(opened.value);
  if (found.length === 0) {
    return refused('not-our-workbook', words('找不到本系统的隐藏表头。请从本案卷下载工作簿，填好后上传；隐藏的第一行、第一列不要删。', 'The hidden head row of this system is not there. Download the workbook from this case, fill it in and upload it; do not delete the hidden first row and column.'));
  }
  for (const { identity } of found) {
    const foreign = foreignWorkbook(identity, register);
    if (foreign !== null) return refused(foreign.code, foreign.sentence);
  }
  const rows: RowReport[] = [];
  const sections = Object.assign({}, ...workbookSheets(register.pack).map((sheet) => readSheet(sheet, found, register, rows))) as PlanWorkbookSections;
  const broken = rows.some(({ level }) => level === 'defect');
  if (!broken && Object.keys(sections).length === 0) return refused('nothing-filled', words('三张表都没有填写内容，没有可以导入的。', 'None of the three sheets has been filled in; there is nothing to import.'));
  return { rows: cutReport(rows), sections: broken ? null : sections, basedOn: found[0]!.identity.revisions };
}

function refused(code: string, sentence: Words): PlanWorkbookReading {
  return { rows: [fileLine('', code, sentence)], sections: null, basedOn: {} };
}

const fileLine = (sheet: string, code: string, sentence: Words): RowReport => ({ level: 'defect', sheet, row: 0, cell: '', column: null, read: '', code, sentence });

function readSheet(sheet: WorkbookSheet, found: readonly FoundSheet[], register: PlanWorkbookRegister, report: RowReport[]): PlanWorkbookSections {
  const { zh, en } = sheet.name;
  const [own, ...copies] = found.filter(({ identity }) => identity.sheet === sheet.id);
  if (own === undefined || copies.length > 0) {
    report.push(own === undefined
      ? fileLine(zh, 'missing-sheet', words(`没有找到“${zh}”表（隐藏的表不读）。请用下载的工作簿填写，不要删表。`, `The sheet “${en}” is not there (hidden sheets are not read); delete no sheets.`))
      : fileLine(zh, 'doubled-sheet', words(`“${zh}”表有 ${copies.length + 1} 张，请只留一张。`, `There are ${copies.length + 1} sheets “${en}”; keep one.`)));
    return {};
  }
  const { located, rows } = locateColumns(own, sheet);
  report.push(...rows);
  if (rows.some(({ level }) => level === 'defect')) return {};
  const { typed, total, rows: read } = partGrandTotal(located, readRows(located));
  const places = sheet.id === 'projects' ? placeDefects(located, typed, register) : [];
  const lines = [...read, ...places, ...tooMany(located, typed, register)];
  const faulty = new Set(lines.filter(({ level }) => level === 'defect').map(({ row }) => row));
  const sound = typed.filter(({ row }) => !faulty.has(row)).map((one) => rowRead(located, one));
  const empty = typed.length === 0 && total === undefined && faulty.size === 0;
  report.push(...[...lines, ...sound].sort((a, b) => a.row - b.row), ...(empty ? [emptySheet(located)] : []));
  if (empty) return {};
  const list = typed.map(({ values }) => values);
  return { [sheet.section]: total === undefined ? { [sheet.list]: list } : { [sheet.list]: list, total } };
}

const emptySheet = ({ page }: LocatedSheet): RowReport => ({
  ...fileLine(page.name, 'empty-sheet', words(`“${page.name}”表没有填写内容，案卷里原有的不动。`, `The sheet “${page.name}” is empty; what the case has is left as it is.`)), level: 'note',
});

function rowRead({ page, sheet, columns }: LocatedSheet, { row, values }: TypedRow): RowReport {
  const option = (id: string) => columns.find((one) => one.id === id)?.options.find(({ value }) => value === values[id])?.words.zh;
  const read = ['tier', 'category', 'name'].flatMap((id) => (values[id] === undefined ? [] : [option(id) ?? String(values[id])])).join(' · ');
  return { level: 'read', sheet: page.name, row, cell: '', column: null, read: excerpt(read), code: 'read', sentence: words(`第 ${row} 行已读出。`, `Row ${row} was read (${sheet.name.en}).`) };
}

/** More lines or phases than the section itself can hold. Only their number is asked: each row was read already. */
function tooMany({ page, sheet }: LocatedSheet, typed: readonly TypedRow[], { pack }: PlanWorkbookRegister): RowReport[] {
  const shape = planSchemas(pack)[sheet.section].shape as unknown as Record<string, z.ZodType>;
  const issue = shape[sheet.list]!.safeParse(typed.map(() => null)).error?.issues.find((one) => one.code === 'too_big' && one.path.length === 0);
  const most = issue?.code === 'too_big' ? issue.maximum : null;
  return most === null ? [] : [fileLine(page.name, 'too-many-rows', words(`“${page.name}”表有 ${typed.length} 行，最多 ${most} 行。`, `The sheet “${page.name}” has ${typed.length} rows; at most ${most}.`))];
}
