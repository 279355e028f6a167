import ExcelJS from 'exceljs';
import { accepted, rejected, type Read } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { unpackWorkbook } from './unpack-workbook.js';

/** Last row and column an .xlsx can have: an address beyond them is forged. */
const lastRow = 1_048_576;
const lastColumn = 16_384;

/** Left unread: ranges and references that are expanded cell by cell, and everything that is no value. */
const unread = [
  'dataValidations', 'conditionalFormatting', 'hyperlinks', 'autoFilter', 'drawing', 'legacyDrawing', 'picture', 'tableParts', 'extLst', 'sheetViews', 'rowBreaks',
  'pageSetup', 'pageMargins', 'printOptions', 'headerFooter', 'sheetProtection',
];

/** The sheets of an uploaded workbook that a person can see. Hidden sheets are not read. */
export async function openWorkbook(bytes: Buffer): Promise<Read<readonly ExcelJS.Worksheet[]>> {
  const unpacked = await unpackWorkbook(bytes);
  if (!unpacked.ok) return unpacked;
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(unpacked.value as unknown as ExcelJS.Buffer, { ignoreNodes: unread });
  } catch {
    return unreadable();
  }
  if (workbook.worksheets.some((sheet) => sheet.rowCount > lastRow || sheet.columnCount > lastColumn)) return unreadable();
  return accepted(workbook.worksheets.filter((sheet) => sheet.state === 'visible'));
}

const unreadable = () => rejected('file', 'unreadable-workbook', words(
  '工作簿内容读不出来。请重新下载空表，把内容粘贴进去（只粘贴数值）。', 'The workbook cannot be read. Download an empty one and paste the values into it.',
));
