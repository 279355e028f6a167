import { recordAudit } from '../auth/audit.js';
import { newId } from '../clock.js';
import { workerActor, type Actor } from '../domain/actor.js';
import { Conflict, Forbidden, InvalidInput, NotFound } from '../domain/errors.js';
import { localDay } from '../domain/local-day.js';
import { words, type Words } from '../domain/text.js';
import { watcherOf, type Alarm, type AlarmKind } from '../engine/alarms.js';
import { readForm } from '../../workflows/forms/command-form.js';
import { refusalForm, repairForm, type RepairAction } from '../../workflows/forms/repair-forms.js';
import { namesOf, servingOf, staffOn, type Serving, type StaffLine } from '../reads/staff.js';
import { carryOutRepair } from './carry-out-repair.js';
import { tellWatchers } from './tell.js';
import { alarmsNow } from './watch.js';
import type { Trx, UpkeepParts } from './parts.js';

/** What each kind of alarm may be repaired by. */
const offered: Readonly<Record<AlarmKind, readonly RepairAction[]>> = {
  ownerless: ['transfer', 'appoint'], parked: ['retry', 'giveUp'], stuck: ['release'], timer: ['fire'], broken: ['rewrite'],
};

/** A repair that waits for its second person, or was refused or failed. */
export interface ProposedRepair {
  id: string;
  action: RepairAction;
  target: Words | null;
  reason: string;
  proposedBy: string;
  proposedByName: string;
  proposedAt: Date;
  /** Confirmed and not yet done: it will be gone on with. */
  confirmed: boolean;
}

/** An alarm with what may be done about it, and what somebody has proposed. */
export interface RepairableAlarm extends Alarm {
  actions: readonly RepairAction[];
  /** For a duty nobody carries: posts of its organisation that somebody holds, and people of its side. */
  posts: StaffLine[];
  people: Serving[];
  proposal: ProposedRepair | null;
}

/** @throws Forbidden to others than watchers */
export async function repairableAlarms(parts: UpkeepParts, actors: readonly Actor[]): Promise<RepairableAlarm[]> {
  const { city } = watcherOf(actors);
  const alarms = await alarmsNow(parts, actors);
  const day = localDay(parts.clock.now());
  return parts.database.asActor(workerActor(city), async (trx) => {
    const staff = alarms.some(({ kind }) => kind === 'ownerless') ? await staffOn(trx, city, day) : [];
    const duties = await trx('task').where({ city }).whereIn('id', alarms.filter(({ kind }) => kind === 'ownerless').map(({ item }) => item)).select('id', 'org', 'role', 'unit', 'side');
    const open = await trx('repair').where({ city, done_at: null }).select('*');
    const names = await namesOf(trx, city, open.flatMap((one) => [one.proposed_by, one.target]));
    return alarms.map((alarm) => {
      const duty = alarm.kind === 'ownerless' ? duties.find(({ id }) => id === alarm.item) : undefined;
      const found = open.find((one) => one.kind === alarm.kind && one.item === alarm.item);
      const near = duty === undefined ? [] : staff.filter((line) => line.unit === (duty.side === 'city' ? null : duty.unit) && line.person !== null);
      return {
        ...alarm, actions: offered[alarm.kind], posts: near.filter((line) => line.org === duty?.org),
        people: servingOf(near),
        proposal: found === undefined ? null : {
          id: found.id, action: found.action, reason: found.reason, proposedBy: found.proposed_by, proposedByName: names.get(found.proposed_by) ?? '', proposedAt: found.proposed_at,
          target: targetOf(found.target, names, staff), confirmed: found.confirmed_at !== null,
        },
      };
    });
  });
}

function targetOf(target: string | null, names: ReadonlyMap<string, string>, staff: readonly StaffLine[]): Words | null {
  const name = names.get(target ?? '');
  const post = staff.find((line) => line.post === target);
  return name !== undefined ? words(name, name) : post === undefined ? null : words(post.postName, post.postNameEn);
}

/**
 * One watcher proposes what is to be done about an alarm. A later proposal takes the place of one that nobody has confirmed.
 * @throws Forbidden, NotFound where the alarm holds no more, InvalidInput, Conflict while a confirmed repair is under way
 */
export async function proposeRepair(parts: UpkeepParts, actors: readonly Actor[], sent: Record<string, unknown>): Promise<{ id: string }> {
  const watcher = watcherOf(actors);
  const wanted = readForm(repairForm, sent);
  const alarm = (await repairableAlarms(parts, actors)).find((one) => one.kind === wanted.kind && one.item === wanted.item);
  if (alarm === undefined) throw noSuchAlarm(`${wanted.kind} ${wanted.item}`);
  const action = wanted.action as RepairAction;
  if (!alarm.actions.includes(action)) throw notOffered();
  const targets = action === 'transfer' ? alarm.posts.map(({ post }) => post) : action === 'appoint' ? alarm.people.map(({ person }) => person) : null;
  if (targets !== null && (wanted.target === null || !targets.includes(wanted.target))) throw noTarget();
  const { city } = watcher;
  const now = parts.clock.now();
  return parts.database.asActor(workerActor(city), async (trx) => {
    const known = await trx('repair').where({ city, kind: alarm.kind, item: alarm.item, done_at: null }).forUpdate().first('id', 'confirmed_at');
    if (known?.confirmed_at) throw underWay();
    const id = newId();
    if (known !== undefined) await trx('repair').where({ city, id: known.id }).update({ done_at: now, refused_why: wanted.reason });
    await trx('repair').insert({
      city, id, kind: alarm.kind, item: alarm.item, case_id: alarm.caseId, action, target: targets === null ? null : wanted.target, reason: wanted.reason, proposed_by: watcher.person, proposed_at: now,
    });
    await recordAudit(trx, { city, at: now, person: watcher.person, action: 'repair.proposed', subject: id, detail: `${alarm.kind} ${alarm.item} ${action}: ${wanted.reason}` });
    await tellWatchers(trx, city, alarm.caseId, { template: 'repairProposed', params: { kind: alarm.kind } }, now);
    return { id };
  });
}

/** A second watcher confirms, and the repair is carried out. Sent again, it goes on where it was interrupted. @throws Forbidden for who proposed it, NotFound, Conflict, Refused */
export async function confirmRepair(parts: UpkeepParts, actors: readonly Actor[], id: string): Promise<void> {
  const watcher = watcherOf(actors);
  const { city } = watcher;
  const now = parts.clock.now();
  await parts.database.asActor(workerActor(city), async (trx) => {
    const repair = await held(trx, city, id);
    if (repair.proposed_by === watcher.person) throw samePerson();
    if (repair.confirmed_at !== null) return;
    await trx('repair').where({ city, id }).update({ confirmed_by: watcher.person, confirmed_at: now });
    await recordAudit(trx, { city, at: now, person: watcher.person, action: 'repair.confirmed', subject: id });
  });
  await carryOutRepair(parts, city, id);
}

/** A watcher does not agree, or whoever proposed it takes it back. @throws Forbidden, NotFound, Conflict once it is confirmed */
export async function refuseRepair(parts: UpkeepParts, actors: readonly Actor[], id: string, sent: Record<string, unknown>): Promise<void> {
  const watcher = watcherOf(actors);
  const { reason } = readForm(refusalForm, sent);
  const { city } = watcher;
  const now = parts.clock.now();
  await parts.database.asActor(workerActor(city), async (trx) => {
    if ((await held(trx, city, id)).confirmed_at !== null) throw underWay();
    await trx('repair').where({ city, id }).update({ done_at: now, refused_why: reason });
    await recordAudit(trx, { city, at: now, person: watcher.person, action: 'repair.refused', subject: id, detail: reason });
  });
}

async function held(trx: Trx, city: string, id: string): Promise<{ proposed_by: string; confirmed_at: Date | null }> {
  const repair = await trx('repair').where({ city, id, done_at: null }).forUpdate().first('proposed_by', 'confirmed_at');
  if (repair === undefined) throw noSuchAlarm(id);
  return repair;
}

const noSuchAlarm = (detail: string) => new NotFound('no-such-alarm', words('这项告警已经解除，或没有待确认的处置。', 'This alarm holds no more, or no repair of it waits.'), detail);
const notOffered = () => new InvalidInput([{ field: 'action', code: 'not-offered', sentence: words('这种告警不能这样处置。', 'This kind of alarm is not repaired in this way.') }]);
const noTarget = () => new InvalidInput([{ field: 'target', code: 'missing', sentence: words('请选择转给哪个岗位，或由谁补上。', 'Choose the post or the person.') }]);
const underWay = () => new Conflict('under-way', words('这项处置已经确认，正在办理。', 'This repair has been confirmed and is under way.'));
const samePerson = () => new Forbidden('second-person', words('须由提出人以外的另一人确认。', 'A second person confirms, never who proposed it.'));
