import { Conflict, Refused } from '../../domain/errors.js';
import { newId } from '../../clock.js';
import { caseHead } from '../../reads/case-head.js';
import { viewerOf, type Handler } from '../context.js';
import { readAs } from '../reading.js';
import { renderCase } from './case-page.js';

/** 方案调整: opened by the unit's clerk from the plan on record or from the page of its year. A refusal comes back on the same page. */
export const amended: Handler = async (x) => {
  const { services, req, res } = x;
  const { unit, year } = await readAs(x, (trx) => caseHead(trx, services.city, String(req.params.id)));
  const { actors } = viewerOf(x);
  const clerk = actors.find((actor) => actor.role === 'unit.clerk' && actor.unit === unit) ?? actors[0]!;
  try {
    const { caseId } = await services.engine.open(clerk, 'plan', { unit, year, key: (req.body as Record<string, string> | undefined)?._key || newId() });
    res.redirect(303, `/cases/${caseId}?done=amend`);
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof Refused)) throw error;
    await renderCase(x, error, error instanceof Conflict ? 409 : 422);
  }
};
