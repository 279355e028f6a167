import { readAs } from '../reading.js';
import type { Handler } from '../context.js';
import { writerOf } from '../writer-of.js';

/** Lists the unit's hall and township centres that no row speaks of yet. */
export const prefilled: Handler = async (x) => {
  const id = String(x.req.params.id);
  const body = (x.req.body ?? {}) as Record<string, string>;
  await readAs(x, (trx, actor) => x.services.content.plan.prefill(trx, writerOf(x, actor), id, { type: body.type ?? '', rooms: body.rooms === 'on' }));
  x.res.redirect(303, `/cases/${id}/edit/premises`);
};
