import { NotFound } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { caseKnown } from '../../reads/case-head.js';
import type { Handler } from '../context.js';
import { readAs } from '../reading.js';
import { sendSheet } from '../send-sheet.js';

/** 收文处理单 of a registered plan as PDF, made when it is asked for. */
export const handlingSheetPdf: Handler = async (x) => {
  const caseId = String(x.req.params.id);
  await readAs(x, async (trx) => {
    await caseKnown(trx, x.services.city, caseId);
    if ((await trx('incoming').where({ city: x.services.city, case_id: caseId }).first('id')) === undefined) throw notRegistered(caseId);
  });
  sendSheet(x, await x.services.papers.handlingSheet(caseId));
};

const notRegistered = (detail: string): NotFound => new NotFound('not-registered', words('这件来文还没有登记，没有收文处理单。', 'This paper has not been registered; there is no handling sheet.'), detail);
