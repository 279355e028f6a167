import { InvalidInput } from '../../domain/errors.js';
import type { Handler } from '../context.js';
import { carryOver, importWorkbook } from '../pages/workbook.js';
import { openedYear } from '../pages/year.js';

/** A workbook in the field `file`. All or nothing. @throws InvalidInput naming every cell that keeps it from being saved, as `sheet!cell` */
export const apiImportWorkbook: Handler = async (x) => {
  const { rows, saved } = await importWorkbook(x);
  const defects = rows.filter(({ level }) => level === 'defect');
  if (defects.length > 0) {
    throw new InvalidInput(defects.map(({ sheet, cell, row, code, sentence }) => ({ field: [sheet, cell || (row === 0 ? '' : String(row))].filter(Boolean).join('!') || 'file', code, sentence })));
  }
  x.res.json({ saved, rows });
};

export const apiCarryOver: Handler = async (x) => void x.res.json(await carryOver(x));

/** Opens the year for every filing unit that has no programme yet; repeated, it changes nothing. */
export const apiOpenYear: Handler = async (x) => void x.res.json(await openedYear(x));
