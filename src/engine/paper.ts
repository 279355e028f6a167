import type { AnyMachineSnapshot } from 'xstate';
import type { Actor } from '../domain/actor.js';
import { Conflict, Forbidden, Refused } from '../domain/errors.js';
import { instantOfLocal } from '../domain/local-day.js';
import { words } from '../domain/text.js';
import { valueOf } from '../../workflows/policies/policy-pack.js';
import { readForm } from '../../workflows/forms/command-form.js';
import { stagesOf, type Power } from '../../workflows/patterns/duties.js';
import type { BaseContext, StageMeta } from '../../workflows/vocabulary.js';
import { newId } from '../clock.js';
import { dispatch, noSuchCase, notNow, repeated } from './dispatch.js';
import { powersNow, restore } from './case-step.js';
import { powerKey } from './task-key.js';
import { mainStage } from './compose-write.js';
import type { CaseParts, CommandOutcome, PaperRequest, StoredParts } from './engine.js';
import { canonical, sha256 } from './journal.js';
import type { LoadedCase } from './store.js';
import { untilWritten } from './until-written.js';
import { writeBeside } from './write-beside.js';

/** Who registers a paper act and who compares it, by the side the duty is on. The second person is never the first. */
const registrars = { unit: ['unit.registrar', 'unit.clerk'], city: ['office.registrar', 'office.clerk'] } as const;
const comparers = { unit: 'unit.comparer', city: 'office.clerk' } as const;

/** What a registration leaves: the act and the second person's task. */
interface Registered {
  paperId: string;
  compareTask: string;
}

/** Whether this actor registers paper acts of a side. */
export const isRegistrar = (actor: Actor, side: 'unit' | 'city'): boolean =>
  actor.scope === side && (registrars[side] as readonly string[]).includes(actor.role);

/**
 * Registers a decision made on paper (线下办理登记). The case does not move: a task to compare is opened for a second person.
 * @throws Forbidden, NotFound, Conflict when the duty is closed or already registered, Refused when the state takes no paper or the wording is no decision
 */
export async function registerPaper(parts: CaseParts, actors: Actor[], request: PaperRequest): Promise<Registered> {
  const now = parts.clock.now().toISOString();
  const requestHash = sha256(canonical(request));
  return untilWritten(`case ${request.caseId}`, async () => {
    const loaded = await load(parts, actors, request);
    if (loaded.known) return repeated<Registered>(loaded.known, requestHash);
    const machine = parts.machineFor(loaded.workflow, loaded.chartVersion, loaded.pack);
    const { pack } = parts.packOf(loaded.pack);
    const live = restore(machine, loaded.state, now);
    const stages = stagesOf(live.getMeta() as never);
    const decided = request.taskId === undefined ? rightOnPaper(powersNow(machine, loaded.state, now), stages, request.command) : dutyOnPaper(loaded, stages, request.taskId);
    const actor = registrarOf(loaded, actors, decided);
    const form = (Object.hasOwn(parts.forms, request.command) ? parts.forms[request.command] : undefined);
    if (!decided.paper || !form || !decided.commands.includes(request.command)) throw noPaperHere(request.command);
    if (request.kind === 'read' || (request.kind === 'circled' && !valueOf(pack.consent.circleReadingCountsAsConsent))) throw noDecision(request.kind);
    if (instantOfLocal(request.paperDate) > new Date(now)) throw fromTheFuture(request.paperDate);
    const fields = readForm(form.schema, request.fields);
    if (decided.taskId === null) await wouldHold(parts, loaded, actor, live, request.command, fields, now);
    const { orgs } = live.context as BaseContext;
    const paperId = newId();
    const compareTask = newId();
    return writeBeside(parts, loaded, { actor, now, key: request.key, requestHash }, {
      type: 'paper.register', origin: 'paper', payload: { ...request, paperId, registrar: actor.personName }, state: decided.state, stage: decided.stage,
      outcome: { paperId, compareTask },
      extra: {
        paperRegistered: {
          // A right has no task of its own: its paper belongs to the comparison and falls with it.
          id: paperId, side: decided.side, taskId: decided.taskId ?? compareTask, command: request.command, fields: request.fields, signatoryName: request.signatoryName,
          signatoryPost: request.signatoryPost, wording: request.wording, kind: request.kind, paperDate: request.paperDate, scan: request.scan,
          keptAt: request.keptAt, registeredBy: actor.person,
        },
        tasksOpened: [{
          id: compareTask, key: `compare:${decided.key}`, kind: 'compare', state: decided.state, side: decided.side, role: comparers[decided.side],
          org: decided.side === 'unit' ? orgs.hrss : orgs.office,
          post: null, subject: { paperId, command: request.command, registrar: actor.person, signatory: request.signatoryName }, commands: ['paper.compare'],
          termKey: decided.termKey, dueAt: loaded.terms.find((t) => t.term === decided.termKey)?.dueAt ?? null,
        }],
      },
    });
  });
}

/**
 * The second person compares the registration with the scan. Agreement carries the command out in the signatory's name;
 * any mismatch sends it back to the registrar and both values are kept.
 * @throws Forbidden when the registrar compares his own entry, Conflict when it is already decided
 */
export async function comparePaper(
  parts: StoredParts, actors: Actor[], request: { caseId: string; taskId: string; mismatches: { field: string; seen: string }[]; key: string },
): Promise<CommandOutcome> {
  const now = parts.clock.now().toISOString();
  const requestHash = sha256(canonical(request));
  return untilWritten(`case ${request.caseId}`, async () => {
    const loaded = await load(parts, actors, request);
    if (loaded.known) return repeated<CommandOutcome>(loaded.known, requestHash);
    const compare = loaded.tasks.find((t) => t.id === request.taskId && t.kind === 'compare');
    if (!compare) throw alreadyDecided();
    const actor = actors.find((a) => a.role === compare.role && a.org === compare.org);
    if (!actor) throw notComparer();
    const { paper, registrar } = await parts.database.asActor(actor, async (trx) => {
      const found = await trx('paper_act').where({ city: actor.city, id: String(compare.subject?.paperId), status: 'registered' }).first();
      return { paper: found, registrar: found && (await trx('person').where({ city: actor.city, id: found.registered_by }).first('name')) };
    });
    if (!paper) throw alreadyDecided();
    const machine = parts.machineFor(loaded.workflow, loaded.chartVersion, loaded.pack);
    const right = paper.task_id === compare.id;
    const decided = right ? powersNow(machine, loaded.state, now).find((p) => p.paper && p.commands.includes(paper.command)) : loaded.tasks.find((t) => t.id === paper.task_id);
    if (!decided) throw alreadyDecided();
    if (paper.registered_by === actor.person) throw notComparer();
    if (request.mismatches.length === 0) {
      return dispatch(parts, actors, { caseId: loaded.id, type: paper.command, ...(right ? {} : { taskId: paper.task_id }), fields: paper.fields, key: request.key }, {
        id: paper.id, compareTask: compare.id, signatory: paper.signatory_name, post: paper.signatory_post, org: decided.org, role: decided.role, date: paper.paper_date,
        registrar: registrar?.name ?? '', comparer: actor, requestHash,
      });
    }
    const stage = stagesOf(restore(machine, loaded.state, now).getMeta() as never).find((s) => s.stage === compare.state);
    return writeBeside(parts, loaded, { actor, now, key: request.key, requestHash }, {
      type: 'paper.sendBack', origin: 'paper', payload: { paperId: paper.id, mismatches: request.mismatches, comparer: actor.personName }, state: compare.state, stage,
      outcome: { caseId: loaded.id, version: loaded.version + 1, stage: compare.state, final: false, acknowledgement: null },
      extra: {
        paper: { id: paper.id, status: 'sent-back', by: actor.person, mismatches: request.mismatches },
        tasksClosed: [{ id: compare.id, status: 'done', by: actor.person, post: actor.post, command: 'paper.sendBack' }],
      },
    });
  });
}

async function load(parts: CaseParts, actors: Actor[], request: { caseId: string; key: string }): Promise<LoadedCase> {
  const loaded = await parts.store.load(actors, request.caseId, request.key);
  if (!loaded) throw noSuchCase(request.caseId);
  return loaded;
}

/** What a paper decides: a duty of somebody's, or a right that is held without one. */
interface OnPaper {
  taskId: string | null;
  key: string;
  side: 'unit' | 'city';
  state: string;
  stage: StageMeta | undefined;
  commands: readonly string[];
  termKey: string | null;
  paper: boolean;
}

function dutyOnPaper(loaded: LoadedCase, stages: StageMeta[], taskId: string): OnPaper {
  const task = loaded.tasks.find((t) => t.id === taskId && t.kind === 'duty');
  if (!task) throw alreadyDecided();
  const stage = stages.find((s) => s.stage === task.state);
  return { taskId: task.id, key: task.key, side: task.side, state: task.state, stage, commands: task.commands, termKey: task.termKey, paper: stage?.paper === true };
}

function rightOnPaper(powers: Power[], stages: StageMeta[], command: string): OnPaper {
  const power = powers.find((p) => p.commands.includes(command));
  if (!power) throw noPaperHere(command);
  return { taskId: null, key: powerKey(command), side: power.side, state: mainStage(stages), stage: undefined, commands: power.commands, termKey: null, paper: power.paper };
}

/** A right is exercised as it stands: what could not take effect when it has been compared is not registered either. @throws InvalidInput, Refused */
async function wouldHold(
  parts: CaseParts, loaded: LoadedCase, actor: Actor, live: AnyMachineSnapshot, command: string, fields: Record<string, unknown>, now: string,
): Promise<void> {
  const { pack } = parts.packOf(loaded.pack);
  const calendar = await parts.calendarOf(loaded.city);
  const prepared = await parts.store.prepare(command, { caseRow: loaded, context: live.context, actor, task: null, fields, now, pack, calendar });
  if (!live.can({ ...fields, type: command, at: now, facts: prepared.facts } as never)) throw notNow(command);
}

function registrarOf(loaded: LoadedCase, actors: Actor[], decided: OnPaper): Actor {
  const actor = actors.find((a) => isRegistrar(a, decided.side));
  if (!actor) throw new Forbidden('not-registrar', words('线下办理由登记岗位登记。', 'Paper acts are registered by the registrar.'));
  if (loaded.tasks.some((t) => t.key === `compare:${decided.key}`)) throw alreadyRegistered();
  return actor;
}

const alreadyRegistered = () => new Conflict('paper-registered', words('这件事的纸质办理已登记，待核对。', 'A paper act is already registered for this and waits to be compared.'));
const alreadyDecided = () => new Conflict('task-closed', words('这件事已由他人办结，填写的内容还在。', 'Somebody has already dealt with this; what you wrote is still here.'));
const notComparer = () => new Forbidden('second-person', words('核对须由登记人以外的人办理。', 'The comparison is for a second person, not the registrar.'));
const noPaperHere = (command: string) => new Refused('no-paper-here', words('这一步不能用纸质办理登记，或登记的内容不全。', 'This step cannot be registered from paper, or the registration is incomplete.'), command);
const noDecision = (kind: string) => new Refused('no-decision', words('“圈阅”“已阅”按规则不算同意，不能据此办理。', 'A circled or read mark is no consent under the rules.'), kind);
const fromTheFuture = (date: string) => new Refused('paper-in-future', words(`纸面日期 ${date} 晚于今天。`, `The date on the paper, ${date}, is later than today.`));
