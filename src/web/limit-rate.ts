import type { RequestHandler } from 'express';
import { withinRate, type RateRule } from '../auth/rate-limit.js';
import { contextOf } from './context.js';
import { tooManyRequests } from './refusals.js';
import type { WebServices } from './services.js';

const MINUTE = 60_000;
const rules = {
  signIn: { name: 'sign-in', hits: 30, windowMs: MINUTE },
  stranger: { name: 'stranger', hits: 120, windowMs: MINUTE },
  write: { name: 'write', hits: 1200, windowMs: MINUTE },
} satisfies Record<string, RateRule>;

/**
 * Counts what costs something: attempts to sign in and what strangers ask, by address; what is written, by person. Counted in the
 * database, so that replicas count together. Pages read by somebody signed in are not counted.
 */
export function limitRate(services: WebServices): RequestHandler {
  return async (req, res, next) => {
    const { viewer, wallNow } = contextOf(res);
    const address = req.ip ?? '';
    const writes = req.method !== 'GET' && req.method !== 'HEAD';
    const [rule, caller] = req.path === '/sign-in' && writes ? [rules.signIn, address]
      : viewer === null ? [rules.stranger, address] : writes ? [rules.write, viewer.person] : [null, ''];
    if (rule !== null) {
      const within = await services.database.asAuth(services.city, (trx) => withinRate(trx, rule, caller, wallNow));
      if (!within) throw tooManyRequests();
    }
    next();
  };
}
