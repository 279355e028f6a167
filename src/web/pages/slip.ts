import type { Knex } from 'knex';
import { taskTailOf } from '../../documents/slip-code.js';
import { NotFound } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { contentVersions } from '../../reads/case-content.js';
import { caseHead } from '../../reads/case-head.js';
import { slipTask } from '../../reads/slip-task.js';
import type { Exchange, Handler } from '../context.js';
import { readAs } from '../reading.js';
import { framedByOurselves } from '../security-headers.js';

const noSlip = (detail: string): NotFound => new NotFound('no-slip', words('这一环节没有呈批件。', 'There is no approval slip for this step.'), detail);

/** Whether a sheet may be printed for a task: an open one of a plan, by somebody who may read what would be signed. */
export async function mayPrintSlip(x: Exchange, trx: Knex.Transaction, caseId: string, taskId: string): Promise<boolean> {
  const { services } = x;
  const head = await caseHead(trx, services.city, caseId);
  const task = await trx('task').where({ city: services.city, id: taskId, case_id: caseId, status: 'open', kind: 'duty' }).first('id');
  if (head.workflow !== 'plan' || task === undefined) return false;
  const shown = await services.content.shownHash(trx, caseId);
  return (await contentVersions(trx, services.city, caseId)).some((version) => version.hash === shown);
}

/** 呈批件 of a task as PDF, made when it is asked for. */
export const slipPdf: Handler = async (x) => {
  const [caseId, task] = [String(x.req.params.id), String(x.req.params.task)];
  await readAs(x, async (trx) => {
    if (!(await mayPrintSlip(x, trx, caseId, task))) throw noSlip(`task ${task}`);
  });
  const { bytes, title } = await x.services.papers.slip(caseId, task);
  x.res.set({ ...framedByOurselves, 'content-type': 'application/pdf', 'cache-control': 'no-store', 'content-disposition': `inline; filename="slip.pdf"; filename*=UTF-8''${encodeURIComponent(`${title}.pdf`)}` }).send(bytes);
};

/** Where the QR mark of a signed sheet leads: the registration of its task, or its case once that task is done. @throws NotFound */
export const slipScanned: Handler = async (x) => {
  const code = String(x.req.params.code);
  const tail = taskTailOf(code);
  const found = await readAs(x, async (trx) => {
    const task = tail === null ? null : await slipTask(trx, x.services.city, tail);
    if (task === null) throw new NotFound('no-such-slip', words('没有找到这份呈批件对应的事项。请核对编码，或确认它归您的单位办理。', 'No matter was found for this sheet. Check its code, or whether it belongs to your unit.'), code);
    return task;
  });
  x.res.redirect(303, found.open ? `/cases/${found.caseId}/paper/${found.id}` : `/cases/${found.caseId}`);
};
