import { NotFound } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { caseKnown } from '../../reads/case-head.js';
import { recordedPlaces } from '../../reads/recorded-places.js';
import type { Handler } from '../context.js';
import { readAs } from '../reading.js';
import { sendSheet } from '../send-sheet.js';

/** 现场检查记录表 of one platform as PDF, made when it is asked for, by whoever may read the record itself. @throws NotFound */
export const siteRecordPdf: Handler = async (x) => {
  const [caseId, place] = [String(x.req.params.id), String(x.req.params.place)];
  await readAs(x, async (trx) => {
    await caseKnown(trx, x.services.city, caseId);
    if (!(await recordedPlaces(trx, x.services.city, caseId)).includes(place)) throw noRecord(`${caseId} ${place}`);
  });
  sendSheet(x, await x.services.papers.siteRecord(caseId, place));
};

const noRecord = (detail: string): NotFound => new NotFound('no-site-record', words('没有这处平台的检查记录。', 'There is no record of this platform.'), detail);
