import { viewerOf, type Handler } from '../context.js';
import { idempotencyKey } from './api-cases.js';

/** Orders a hand-over; answers with what went where so far. */
export const apiOrderHandOver: Handler = async (x) => {
  const { actors } = viewerOf(x);
  const { id } = await x.services.upkeep.orderHandOver(actors, (x.req.body ?? {}) as Record<string, unknown>, idempotencyKey(x));
  const { head, lines, barred } = await x.services.upkeep.handOver(actors, id);
  x.res.status(201).location(`/api/v1/hand-overs/${id}`).json({ ...head, lines, barred });
};
