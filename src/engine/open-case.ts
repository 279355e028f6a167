import type { Actor } from '../domain/actor.js';
import { Conflict, Forbidden, Refused } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { valueOf } from '../../workflows/policies/policy-pack.js';
import { newId } from '../clock.js';
import { firstStep } from './case-step.js';
import { stepWrites } from './case-writes.js';
import { composeWrite, mainStage } from './compose-write.js';
import type { CaseParts, CommandOutcome, OpenRequest } from './engine.js';
import { canonical, GENESIS, sha256 } from './journal.js';

/** Who may open which workflow by hand; everything else is opened by the programme's effects. */
const openers: Record<string, string[]> = { programme: ['office.clerk', 'admin'], plan: ['unit.clerk'] };

/**
 * A plan is opened by hand only to amend the one on record (方案调整), and by the unit itself.
 * @throws Forbidden, Refused
 */
function mayOpen(actor: Actor, workflow: string, request: OpenRequest): void {
  if (actor.scope === 'system') return;
  if (!(openers[workflow] ?? []).includes(actor.role) || (actor.scope === 'unit' && actor.unit !== request.unit)) {
    throw new Forbidden('may-not-open', words('您的岗位不能开立这类案卷。', 'Your post may not open this kind of case.'), `workflow ${workflow}`);
  }
}

/**
 * Opens a case: its first step through the same door. Idempotent by key; one live case per workflow, unit and year.
 * @throws Forbidden for an actor who may not open it, Refused for an amendment of nothing, Conflict when a live case exists, NotFound for an unknown unit
 */
export async function openCase(parts: CaseParts, actor: Actor, workflow: string, request: OpenRequest): Promise<CommandOutcome> {
  mayOpen(actor, workflow, request);
  const now = parts.clock.now().toISOString();
  const caseId = newId();
  const fresh = await parts.store.newCase(actor, { ...request, city: actor.city, workflow, caseId, now });
  if (actor.scope === 'unit' && fresh.amends === null) {
    throw new Refused('nothing-to-amend', words('本单位本年度还没有备案的方案，不能调整。', 'There is no plan of this year on record that could be amended.'), request.unit);
  }
  const { hash: packHash, pack } = parts.packOf(fresh.pack);
  const chartVersion = fresh.chartVersion ?? parts.currentVersion(workflow);
  const machine = parts.machineFor(workflow, chartVersion, fresh.pack);
  const calendar = await parts.calendarOf(actor.city);
  const step = firstStep(machine, fresh.input);
  const writes = stepWrites(step, { tasks: [], terms: [] }, { taskId: null, command: 'case.opened', by: actor.person, post: actor.post },
    { pack, calendar, now, seq: 1, caseId, side: fresh.side, withdrawMinutes: valueOf(pack.timing.withdrawMinutes) });
  const { write, outcome } = composeWrite({
    id: caseId, city: actor.city, year: request.year, unit: request.unit, side: fresh.side, workflow, chartVersion, pack: fresh.pack, packHash,
    caseNumber: fresh.input.caseNumber, title: fresh.title, released: fresh.side === 'city', version: 0, headHash: GENESIS, state: { snapshot: null, entries: {}, carriers: {} },
  }, step, writes, {
    actor, type: 'case.opened', origin: 'system', state: mainStage(step.stages), visibility: 'both', payload: { type: 'case.opened', input: fresh.input, at: now },
    requestHash: sha256(canonical({ workflow, unit: request.unit, year: request.year, detail: request.detail ?? {} })), key: request.key,
    chart: `${workflow}.v${chartVersion}`, calendarVersion: calendar.version, now,
  }, { facts: {} });
  if (fresh.amends !== null) Object.assign(write, { parent: { id: fresh.amends, kind: 'amends' }, contentOf: fresh.amends });
  else if (request.parent) Object.assign(write, { parent: { id: request.parent, kind: workflow } });
  let result = await parts.store.write(actor, write);
  // Another opening was faster. If it was this very request, sent twice at once, the door knows its key by now.
  if (result.status === 'stale') result = await parts.store.write(actor, write);
  if (result.status === 'stale' || result.status === 'key-reused') {
    throw new Conflict('already-open', words('这个单位本年度已有一件在办。', 'This unit already has a live case for the year.'), `${workflow} ${request.unit} ${request.year}`);
  }
  if (writes.outbox.length > 0) parts.wake();
  return result.outcome as CommandOutcome;
}
