import type { AnyStateMachine } from 'xstate';
import type { WorkCalendar } from '../domain/calendar.js';
import { Conflict, InvalidInput, Refused } from '../domain/errors.js';
import { addDays, instantOfLocal, type Day } from '../domain/local-day.js';
import { actionsFor } from '../engine/actions.js';
import { carries } from '../engine/authorise.js';
import { powersNow } from '../engine/case-step.js';
import { dispatch } from '../engine/dispatch.js';
import type { CaseParts, Known, NewCaseRequest, Prepared } from '../engine/engine.js';
import { openCase } from '../engine/open-case.js';
import { statutoryDates } from '../engine/pack-terms.js';
import { preparers } from '../content/preparers.js';
import { caseInputOf } from '../register/case-input.js';
import { commandForms } from '../../workflows/forms/commands.js';
import type { PinnedPack } from '../../workflows/policies/pack-registry.js';
import { currentVersion } from '../../workflows/registry.js';
import { drawsOf, type Acting, type Draws } from './acting.js';
import { Agenda } from './agenda.js';
import { assumptions } from './assumed-facts.js';
import { actOf } from './behaviour.js';
import { beginningOf } from './beginnings.js';
import { chanceOf, type Chance, type Spread } from './chance.js';
import { MemoryStore, type KeptCase, type WrittenStep } from './memory-store.js';
import type { Duties, Scenario } from './scenario.js';
import type { SimulatedCity, SimulatedPerson, SimulatedUnit } from './simulated-city.js';
import { carryOut, fireTerm, type SystemHands } from './simulated-effects.js';
import { dayOf, Visits, type Visit } from './visits.js';
import { WorkingTime } from './working-time.js';
import { YearRecord } from './year-record.js';

/** What a year is run with; everything but the seed is the same for many years. */
export interface YearGround {
  city: SimulatedCity;
  scenario: Scenario;
  pack: PinnedPack;
  calendar: WorkCalendar;
  year: number;
  machineFor(workflow: string, version: number): AnyStateMachine;
}

/** Something one of several people may begin: a task of a case, or a right that is used when the time has come. */
interface Work {
  kept: KeptCase;
  stage: string;
  /** Null for a right. */
  task: string | null;
  /** Tasks of which one closes the others: one platform, whichever member records it. */
  group: string;
  subject: Record<string, unknown> | null;
  carriers: SimulatedPerson[];
  /** When it could have been begun if somebody were free; when it may be. */
  wanted: number;
  ready: number;
  due: number;
  order: number;
}

const [TERM, EFFECT, PERSON] = [0, 1, 2];
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** A year is over when the archiving day of the next has long passed. */
const MONTHS_AFTER = 12;
/** How often somebody comes back to what was refused. */
const TRIES = 60;

/**
 * Runs one year of all units on a clock of its own: the production charts through the production door, people and effects simulated. The same ground and seed
 * give the same record.
 * @param breathe awaited between steps: gives others their turn, and may throw to end the run
 */
export async function runYear(ground: YearGround, seed: number, breathe: () => Promise<void> | void = () => undefined): Promise<{ record: YearRecord; store: MemoryStore }> {
  const year = new RunningYear(ground, seed);
  await year.run(breathe);
  return { record: year.record, store: year.store };
}

class RunningYear {
  readonly record = new YearRecord();
  readonly store: MemoryStore;
  readonly #chance: Chance;
  readonly #agenda = new Agenda();
  readonly #parts: CaseParts;
  readonly #hands: SystemHands;
  readonly #units: Map<string, SimulatedUnit>;
  readonly #office: WorkingTime;
  readonly #times = new Map<SimulatedPerson, WorkingTime>();
  readonly #visits: Visits;
  readonly #booked = new Map<string, Visit>();
  readonly #busy = new Set<SimulatedPerson>();
  readonly #begun = new Set<string>();
  readonly #papers = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  readonly #wakes = new Set<number>();
  #waiting: Work[] = [];
  #order = 0;
  #now: number;

  constructor(private readonly ground: YearGround, seed: number) {
    const { city, scenario, calendar, year, pack } = ground;
    const from: Day = `${year}-${scenario.opens.day}`;
    const horizon: Day = addDays(`${year + 1}-06-30`, MONTHS_AFTER * 15);
    this.#chance = chanceOf(seed);
    this.#now = instantOfLocal(from, scenario.opens.time).getTime();
    this.#units = new Map(city.units.map((unit) => [unit.id, unit]));
    this.#office = new WorkingTime(calendar, scenario.hours, { from, to: horizon });
    for (const person of city.people) {
      const absences = scenario.leave.filter(({ who }) => who === person.key);
      this.#times.set(person, absences.length === 0 ? this.#office : new WorkingTime(calendar, scenario.hours, { from, to: horizon }, absences));
    }
    this.#visits = new Visits((person) => this.#times.get(person)!, this.#office, horizon);
    this.store = new MemoryStore({ prepare: (type, known) => this.#prepare(type, known), newCase: (request) => this.#newCase(request), written: (kept, step) => this.#written(kept, step) });
    this.#parts = {
      store: this.store, clock: { now: () => new Date(this.#now) }, calendarOf: async () => calendar, packOf: () => pack, machineFor: (workflow, version) => ground.machineFor(workflow, version),
      currentVersion, forms: commandForms, wake: () => undefined,
    };
    this.#hands = {
      city: city.city, caseOf: (id) => this.store.cases.get(id)!, now: () => new Date(this.#now).toISOString(), dispatch: (actor, request) => dispatch(this.#parts, [actor], request),
      open: (actor, workflow, request) => openCase(this.#parts, actor, workflow, request), issued: (kept, kind) => this.record.issued(kept, kind, new Date(this.#now).toISOString()),
    };
  }

  async run(breathe: () => Promise<void> | void): Promise<void> {
    const { city, year } = this.ground;
    const office = city.people.find(({ role }) => role === 'office.clerk')!.actors[0]!;
    for (const { id, unit } of city.units) this.record.enrol(id, unit.key, unit.name);
    for (const { id, unit } of city.units) await openCase(this.#parts, office, 'programme', { unit: id, year, key: `year:${year}:${unit.key}` });
    await this.#assign();
    for (let next = this.#agenda.next(); next !== undefined && Number.isFinite(next.at); next = this.#agenda.next()) {
      this.#now = Math.max(this.#now, next.at);
      await next.happen();
      await this.#assign();
      await breathe();
    }
  }

  /** Gives whatever can be begun to whoever is free and at work, nearest deadline first. */
  async #assign(): Promise<void> {
    this.#waiting.sort((a, b) => a.due - b.due || a.order - b.order);
    for (const work of [...this.#waiting]) {
      if (this.#begun.has(work.group) || !this.#waiting.includes(work)) continue;
      if (work.ready > this.#now) {
        this.#wakeAt(work.ready);
        continue;
      }
      const idle = work.carriers.filter((person) => !this.#busy.has(person));
      const person = idle.find((one) => this.#times.get(one)!.at(this.#now));
      if (person) await this.#begin(work, person);
      else for (const one of idle) this.#wakeAt(this.#times.get(one)!.next(this.#now));
    }
  }

  async #begin(work: Work, person: SimulatedPerson): Promise<void> {
    const duty = this.#dutyOf(work.kept, work.stage)!;
    const { workflow } = work.kept.row;
    const context = contextOf(work.kept);
    const offered = await actionsFor(this.#parts, person.actors, work.kept.row.id);
    const odds = offered.filter((one) => one.taskId === work.task && one.command in duty.odds && (actOf(workflow, one.command).sensible?.({ context }) ?? true))
      .map(({ command }) => [command, duty.odds[command]!] as const);
    if (odds.length === 0) {
      if (work.task === null) this.#waiting = this.#waiting.filter((one) => one !== work);
      else this.#putOff(work);
      return;
    }
    const name = this.#nameOf(work);
    const command = this.#chance.oneOf(odds, `${name} decides`);
    const hours = this.#chance.within(hoursOf(duty, command, this.#returned(work)), `${name} hours`);
    const time = this.#times.get(person)!;
    const end = time.after(this.#now, (hours * HOUR) / person.attention);
    this.#waiting = this.#waiting.filter((one) => one !== work);
    this.#begun.add(work.group);
    this.#busy.add(person);
    this.record.pieces.push({ role: person.role, unit: this.#unitOf(work.kept).unit.key, stage: `${workflow}.${work.stage}`, waited: this.#office.between(work.wanted, this.#now), hours });
    this.record.work(person, time, this.#now, Math.min(end, this.#now + 400 * 24 * HOUR));
    this.#agenda.note({ at: end, rank: PERSON, happen: () => this.#finish(work, person, command, name) });
  }

  async #finish(work: Work, person: SimulatedPerson, command: string, name: string): Promise<void> {
    this.#busy.delete(person);
    this.#begun.delete(work.group);
    const { kept, task } = work;
    if (task !== null && !kept.tasks.has(task)) {
      this.record.inVain += 1;
      return;
    }
    const acting: Acting = {
      today: dayOf(this.#now), now: new Date(this.#now).toISOString(), year: this.ground.year, context: contextOf(kept), subject: work.subject, caseId: kept.row.id, unit: this.#unitOf(kept),
      scenario: this.ground.scenario, pack: this.ground.pack.pack, calendar: this.ground.calendar, draws: drawsOf(this.#chance, name), people: this.ground.city.people, visits: this.#visits, booked: this.#booked,
    };
    const fields = actOf(kept.row.workflow, command).fields(acting);
    if (fields === null) {
      this.#putOff(work);
      return;
    }
    try {
      await dispatch(this.#parts, person.actors, { caseId: kept.row.id, type: command, fields, key: `${name} ${this.#order++}`, ...(task === null ? {} : { taskId: task }) });
    } catch (error) {
      if (error instanceof InvalidInput || !(error instanceof Refused || error instanceof Conflict)) throw error;
      this.record.refused += 1;
      this.#putOff(work);
    }
  }

  /** What cannot be done as things stand is looked at again the next working day. */
  #putOff(work: Work): void {
    if (this.#count(`${work.group} again`) > TRIES) {
      this.#waiting = this.#waiting.filter((one) => one !== work);
      return;
    }
    work.ready = this.#office.next(instantOfLocal(addDays(dayOf(this.#now), 1)).getTime());
    if (!this.#waiting.includes(work)) this.#waiting.push(work);
    this.#wakeAt(work.ready);
  }

  #written(kept: KeptCase, step: WrittenStep): void {
    this.record.step(kept, step);
    const closed = new Set(step.tasksClosed.map(({ id }) => id));
    if (closed.size > 0) this.#waiting = this.#waiting.filter(({ task }) => task === null || !closed.has(task));
    for (const { id, state, key, subject, side, dueAt } of step.tasksOpened) {
      if (this.#dutyOf(kept, state) === undefined) continue;
      const carriers = this.ground.city.people.filter(({ actors }) => actors.some((actor) => carries(actor, kept.tasks.get(id)!)));
      this.#expect(kept, state, { task: id, carriers, subject, group: `${kept.row.id} ${state} ${side} ${String(subject?.key ?? key)}`, due: dueAt === null ? Infinity : Date.parse(dueAt) });
    }
    for (const stage of step.stagesEntered) if (!step.tasksOpened.some(({ state }) => state === stage) && this.#dutyOf(kept, stage) !== undefined) this.#expectRight(kept, stage);
    for (const work of this.#waiting) {
      const dueAt = work.kept === kept && work.task !== null ? kept.tasks.get(work.task)?.dueAt : undefined;
      if (dueAt != null) work.due = Date.parse(dueAt);
    }
    for (const term of step.terms) this.#watch(kept, term.key);
    for (const asked of step.outbox) this.#expectEffect(kept, asked);
  }

  /** A stage without a duty whose right somebody uses when the time has come: 申请验收. */
  #expectRight(kept: KeptCase, stage: string): void {
    const { workflow, chartVersion } = kept.row;
    const duty = this.#dutyOf(kept, stage)!;
    const power = powersNow(this.ground.machineFor(workflow, chartVersion), kept.state, new Date(this.#now).toISOString()).find((one) => one.stage === stage && one.commands.some((command) => command in duty.odds));
    if (power === undefined) return;
    const carriers = this.ground.city.people.filter(({ actors }) => actors.some((actor) => carries(actor, power)));
    this.#expect(kept, stage, { task: null, carriers, subject: null, group: `${kept.row.id} ${stage}`, due: Infinity });
  }

  #expect(kept: KeptCase, stage: string, work: Pick<Work, 'task' | 'carriers' | 'subject' | 'group' | 'due'>): void {
    const name = `${this.#unitOf(kept).unit.key} ${kept.row.workflow}.${stage} ${String(work.subject?.key ?? '')}`;
    const { scenario, pack, year } = this.ground;
    const wait = this.#dutyOf(kept, stage)!.wait;
    const days = wait === undefined ? 0 : Math.round(this.#chance.within(wait, `${name} ${this.#counts.get(name) ?? 0} wait`));
    const waited = days === 0 ? this.#now : this.#office.next(instantOfLocal(this.ground.calendar.addWorkdays(dayOf(this.#now), days).day).getTime());
    const begins = beginningOf({ stage: `${kept.row.workflow}.${stage}`, scenario, pack: pack.pack, year, context: contextOf(kept), visit: this.#booked.get(kept.row.id), draws: drawsOf(this.#chance, `${name} begins`), today: dayOf(this.#now), calendar: this.ground.calendar });
    const instant = (day: Day | undefined): number => (day === undefined ? 0 : this.#office.next(instantOfLocal(day).getTime()));
    const wanted = Math.max(waited, instant(begins?.wanted));
    this.#waiting.push({ ...work, kept, stage, wanted, ready: Math.max(wanted, instant(begins?.ready)), order: this.#order++ });
  }

  #expectEffect(kept: KeptCase, asked: WrittenStep['outbox'][number]): void {
    const paper = asked.effect === 'issueDocument';
    if (paper) this.#papers.set(kept.row.id, (this.#papers.get(kept.row.id) ?? 0) + 1);
    const name = `${this.#unitOf(kept).unit.key} ${kept.row.workflow} ${asked.effect} ${String(asked.params.kind ?? '')}`;
    const minutes = this.#chance.within(this.ground.scenario.effects[asked.effect as keyof Scenario['effects']], `${name} ${this.#count(name)}`);
    const happen = async (): Promise<void> => {
      // A package waits for the papers of its case, as the worker makes it wait.
      if (asked.effect === 'archiveCase' && (this.#papers.get(kept.row.id) ?? 0) > 0) return this.#agenda.note({ at: this.#now + MINUTE, rank: EFFECT, happen });
      if (paper) this.#papers.set(kept.row.id, this.#papers.get(kept.row.id)! - 1);
      await carryOut(this.#hands, kept, asked);
    };
    this.#agenda.note({ at: Math.max(this.#now, Date.parse(asked.runAfter)) + minutes * MINUTE, rank: EFFECT, happen });
  }

  /** Notes when a term is due and when it next reminds; what the term has become by then decides. */
  #watch(kept: KeptCase, key: string): void {
    const { dueAt, nextReminderAt, entry, nextRung } = kept.terms.get(key)!;
    const same = (): boolean => {
      const term = kept.terms.get(key)!;
      return term.status === 'armed' && term.entry === entry;
    };
    if (nextReminderAt !== null) {
      this.#agenda.note({ at: Date.parse(nextReminderAt), rank: TERM, happen: async () => {
        if (same() && kept.terms.get(key)!.nextReminderAt === nextReminderAt && !kept.row.final) await fireTerm(this.#hands, kept, kept.terms.get(key)!, nextRung);
      } });
    }
    if (dueAt !== null) {
      this.#agenda.note({ at: Date.parse(dueAt), rank: TERM, happen: async () => {
        if (same() && kept.terms.get(key)!.dueAt === dueAt && !kept.row.final) await fireTerm(this.#hands, kept, kept.terms.get(key)!, null);
      } });
    }
  }

  #wakeAt(at: number): void {
    if (!Number.isFinite(at) || this.#wakes.has(at)) return;
    this.#wakes.add(at);
    this.#agenda.note({ at, rank: PERSON, happen: async () => undefined });
  }

  #prepare(type: string, known: Known): Prepared {
    const name = `${known.caseRow.workflow}.${type}`;
    const assumed = assumptions[name];
    const unit = this.#units.get(known.caseRow.unit)!;
    if (assumed) return assumed.facts(known, { city: this.ground.city, unit, scenario: this.ground.scenario, draws: this.#drawsOfUnit(unit, known.caseRow.workflow) });
    const preparer = preparers[name];
    if (preparer === undefined) return { facts: {} };
    if ('glance' in preparer) return preparer.glance(known as never);
    throw new Error(`nothing is assumed for ${name}`);
  }

  /** Facts of a unit are the same however often they are asked for. */
  #drawsOfUnit(unit: SimulatedUnit, workflow: string): Draws {
    return drawsOf(this.#chance, `${unit.unit.key} ${workflow}`);
  }

  #newCase(request: NewCaseRequest) {
    const { id, unit, hrss, consent } = this.#units.get(request.unit)!;
    const { pack, city } = this.ground;
    return caseInputOf(request, {
      unit: { code: unit.code, name: unit.name, kind: unit.kind, hrss_org: hrss, consent_org: consent }, orgs: city.orgs, packId: pack.id, pack: pack.pack,
      dates: statutoryDates(pack.pack, request.year), earlier: this.store.of(id, request.workflow).length, onRecord: null, chartVersion: null,
    });
  }

  /** Whether the case has been in this stage before. */
  #returned({ kept, stage }: Work): boolean {
    return kept.state.entries[stage] !== kept.firstEntries.get(stage);
  }

  #dutyOf(kept: KeptCase, stage: string): Duties | undefined {
    return this.ground.scenario.duties[`${kept.row.workflow}.${stage}`];
  }

  #unitOf(kept: KeptCase): SimulatedUnit {
    return this.#units.get(kept.row.unit)!;
  }

  /** Names what somebody does: of which unit, at which stage, for what, the how-manieth time. */
  #nameOf({ kept, stage, subject }: Work): string {
    const name = `${this.#unitOf(kept).unit.key} ${kept.row.workflow}.${stage} ${String(subject?.key ?? subject?.org ?? '')}`;
    return `${name} ${this.#count(name)}`;
  }

  #count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }
}

/** How long it takes: the spread of the command, or of what comes back. */
function hoursOf({ hours, again }: Duties, command: string, returned: boolean): Spread {
  if (returned && again !== undefined) return again;
  return 'length' in hours ? (hours as Spread) : (hours as Record<string, Spread>)[command]!;
}

const contextOf = (kept: KeptCase): Record<string, any> => (kept.state.snapshot as { context: Record<string, any> }).context;
