import { taskTailOf } from '../../documents/slip-code.js';
import { NotFound } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { slipTarget } from '../../reads/slip-target.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { paperEntries, printable } from '../paper-entry.js';
import { readAs } from '../reading.js';
import { framedByOurselves } from '../security-headers.js';

const noSlip = (detail: string): NotFound => new NotFound('no-slip', words('这一环节没有呈批件。', 'There is no approval slip for this step.'), detail);

/** 呈批件 of a duty, or of a right, as PDF, made when it is asked for. @throws NotFound for who may not register what is signed on it */
async function print(x: Exchange, matter: { taskId: string } | { command: string }): Promise<void> {
  const caseId = String(x.req.params.id);
  const entry = (await paperEntries(x, caseId)).find((one) => ('taskId' in matter ? one.taskId === matter.taskId : one.taskId === null && one.commands.includes(matter.command)));
  if (entry === undefined || !(await readAs(x, (trx) => printable(x, trx, caseId, entry)))) throw noSlip(JSON.stringify(matter));
  const { bytes, title } = await x.services.papers.slip({ caseId, matter, printedBy: viewerOf(x).name });
  x.res.set({ ...framedByOurselves, 'content-type': 'application/pdf', 'cache-control': 'no-store', 'content-disposition': `inline; filename="slip.pdf"; filename*=UTF-8''${encodeURIComponent(`${title}.pdf`)}` }).send(bytes);
}

export const dutySlip: Handler = (x) => print(x, { taskId: String(x.req.params.task) });
export const rightSlip: Handler = (x) => print(x, { command: String(x.req.params.command) });

/** Where the QR mark of a signed sheet leads: the registration of its matter, or its case once that is done. @throws NotFound */
export const slipScanned: Handler = async (x) => {
  const code = String(x.req.params.code);
  const tail = taskTailOf(code);
  const { caseId, taskId, open } = await readAs(x, async (trx) => {
    const found = tail === null ? null : await slipTarget(trx, x.services.city, tail);
    if (found === null) throw new NotFound('no-such-slip', words('没有找到这份呈批件对应的事项。请核对编码，或确认它归您的单位办理。', 'No matter was found for this sheet. Check its code, or whether it belongs to your unit.'), code);
    return found;
  });
  x.res.redirect(303, open ? `/cases/${caseId}/paper${taskId === null ? '' : `/${taskId}`}` : `/cases/${caseId}`);
};
