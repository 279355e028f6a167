import type { Actor } from '../domain/actor.js';
import { Conflict, Forbidden, Refused } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { readForm } from '../../workflows/forms/command-form.js';
import { openingForms } from '../../workflows/forms/opening-forms.js';
import { valueOf } from '../../workflows/policies/policy-pack.js';
import { workflowNamed } from '../../workflows/registry.js';
import type { PostRef } from '../../workflows/vocabulary.js';
import { newId } from '../clock.js';
import { firstStep } from './case-step.js';
import { stepWrites } from './case-writes.js';
import { composeWrite, mainStage } from './compose-write.js';
import type { CaseParts, CommandOutcome, OpenRequest } from './engine.js';
import { canonical, GENESIS, sha256 } from './journal.js';
import type { DoorResult } from './store.js';

/** Who may open which workflow by hand; everything else is opened by the programme's effects. */
const openers: Record<string, string[]> = {
  programme: ['office.clerk', 'admin'], plan: ['unit.clerk'], matter: ['office.clerk', 'office.director', 'unit.clerk', 'unit.head'],
};

/**
 * A plan is opened by hand only to amend the one on record (方案调整), and by the unit itself; a matter only by whose it is.
 * @throws Forbidden
 */
function mayOpen(actor: Actor, workflow: string, request: OpenRequest): void {
  if (actor.scope === 'system') return;
  const elsewhere = (actor.scope === 'unit' && actor.unit !== request.unit) || (workflow === 'matter' && request.unit !== homeOf(actor));
  if (!(openers[workflow] ?? []).includes(actor.role) || elsewhere) {
    throw new Forbidden('may-not-open', words('您的岗位不能开立这类案卷。', 'Your post may not open this kind of case.'), `workflow ${workflow}`);
  }
}

/** Whose matters somebody brings up: his filing unit's, or those of his own office in the city. */
export const homeOf = ({ unit, org }: Pick<Actor, 'unit' | 'org'>): string | null => unit ?? org;

/** How often an opening is computed anew. Where one may be live, the second look only finds the very same request, sent twice at once. */
const ATTEMPTS = { one: 2, several: 40 };

/**
 * Opens a case: its first step through the same door. Idempotent by key; one live case per workflow, unit and year, unless the workflow has several.
 * @throws Forbidden for an actor who may not open it, Refused for an amendment of nothing, Conflict when a live case exists, NotFound for an unknown unit,
 * InvalidInput for what the opening form asks
 */
export async function openCase(parts: CaseParts, actor: Actor, workflow: string, request: OpenRequest): Promise<CommandOutcome> {
  mayOpen(actor, workflow, request);
  const form = Object.hasOwn(openingForms, workflow) ? openingForms[workflow] : undefined;
  const asked = form ? { ...request, detail: readForm(form.schema, request.detail ?? {}) as Record<string, unknown> } : request;
  const several = workflowNamed(workflow).several === true;
  for (let count = several ? ATTEMPTS.several : ATTEMPTS.one; count > 0; count -= 1) {
    const result = await attempt(parts, actor, workflow, asked, several);
    if (result.status === 'done' || result.status === 'duplicate') return result.outcome as CommandOutcome;
    if (result.status === 'key-reused') break;
  }
  throw new Conflict('already-open', words('这个单位本年度已有一件在办。', 'This unit already has a live case for the year.'), `${workflow} ${request.unit} ${request.year}`);
}

async function attempt(parts: CaseParts, actor: Actor, workflow: string, request: OpenRequest, several: boolean): Promise<DoorResult> {
  const now = parts.clock.now().toISOString();
  const caseId = newId();
  const fresh = await parts.store.newCase(actor, { ...request, city: actor.city, workflow, caseId, now, by: openerOf(actor) });
  if (workflow === 'plan' && actor.scope === 'unit' && fresh.amends === null) {
    throw new Refused('nothing-to-amend', words('本单位本年度还没有备案的方案，不能调整。', 'There is no plan of this year on record that could be amended.'), request.unit);
  }
  const { hash: packHash, pack } = parts.packOf(fresh.pack);
  const chartVersion = fresh.chartVersion ?? parts.currentVersion(workflow);
  const machine = parts.machineFor(workflow, chartVersion, fresh.pack);
  const calendar = await parts.calendarOf(actor.city);
  const step = firstStep(machine, fresh.input);
  const writes = stepWrites(step, { tasks: [], terms: [] }, { taskId: null, command: 'case.opened', by: actor.person, post: actor.post },
    { pack, calendar, now, seq: 1, caseId, side: fresh.side, withdrawMinutes: valueOf(pack.timing.withdrawMinutes) });
  const { write } = composeWrite({
    id: caseId, city: actor.city, year: request.year, unit: request.unit, side: fresh.side, workflow, chartVersion, pack: fresh.pack, packHash,
    caseNumber: fresh.input.caseNumber, title: fresh.title, released: fresh.side === 'city', version: 0, headHash: GENESIS, state: { snapshot: null, entries: {}, carriers: {} },
  }, step, writes, {
    actor, type: 'case.opened', origin: 'system', state: mainStage(step.stages), visibility: fresh.confined ? 'unit' : 'both', payload: { type: 'case.opened', input: fresh.input, at: now },
    requestHash: sha256(canonical({ workflow, unit: request.unit, year: request.year, detail: request.detail ?? {} })), key: request.key,
    chart: `${workflow}.v${chartVersion}`, calendarVersion: calendar.version, now,
  }, { facts: {} }, { several, confined: fresh.confined });
  if (fresh.amends !== null) Object.assign(write, { parent: { id: fresh.amends, kind: 'amends' }, contentOf: fresh.amends });
  else if (request.parent) Object.assign(write, { parent: { id: request.parent, kind: workflow } });
  const result = await parts.store.write(actor, write);
  if (result.status === 'done' && writes.outbox.length > 0) parts.wake();
  return result;
}

/** The post a case is opened from; the system's own hands have none. */
const openerOf = ({ post, org, role, scope, postName, personName }: Actor): PostRef | null =>
  (post === null || org === null || scope === 'system' ? null : { post, org, role, side: scope, name: `${postName} ${personName}` });
