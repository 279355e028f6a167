import { newId, type Clock } from '../clock.js';
import type { Database } from '../database.js';
import { clockActor, type Actor } from '../domain/actor.js';
import { DomainError } from '../domain/errors.js';
import { dueEvent, type DueTerm } from './due-event.js';
import type { CommandOutcome, CommandRequest } from './engine.js';
import { outboxOf, type Outbox, type OutboxRow } from './outbox.js';

export type { OutboxRow } from './outbox.js';

/** Does one effect, at least once; a second arrival with the same key changes nothing. */
export type Effect = (row: OutboxRow) => Promise<void>;

export interface WorkerParts {
  database: Database;
  clock: Clock;
  cities: () => Promise<string[]>;
  effects: Record<string, Effect>;
  dispatch(actor: Actor, request: CommandRequest): Promise<CommandOutcome>;
  log(level: 'info' | 'error', message: string, detail?: Record<string, unknown>): void;
  /** What else is looked after in a city, at most once a minute: terms under an earlier calendar. Returns how much there was to do. */
  upkeep?(city: string): Promise<number>;
  /** Looks for what stands still, at most once a minute: when there is nothing to do, and all the same when that has not been for two minutes. */
  watch?(city: string): Promise<void>;
  /** How long a claimed row belongs to a worker that no longer says it is alive; after that another may take it. Default 20. */
  leaseSeconds?: number;
  /** How many rows are claimed and settled at once. Default 20. */
  batch?: number;
}

const LEASE_SECONDS = 20;
const BATCH = 20;
const TERMS_AT_ONCE = 100;
const TERMS_ABREAST = 4;
const SETTLE_MS = 1000;
const POLL_MS = 1000;
const RENEW_MS = 1000;
const MAX_ATTEMPTS = 8;
/** So often a row may have died with its worker because of a neighbour; after that it is tried alone. */
const TRUSTED_ATTEMPTS = 2;
const UPKEEP_MS = 60_000;
const WATCH_BUSY_MS = 120_000;

/**
 * The system's own hands: sends due terms through the door, does what the outbox asks. Claims by lease, so a worker that dies
 * loses nothing – its rows are free again within half a minute. Several workers may run beside each other.
 */
export class Worker {
  private stopped = true;
  private ending = false;
  private loop: Promise<void> = Promise.resolve();
  private rouse: () => void = () => undefined;
  private readonly kept = new Map<string, number>();
  private readonly watched = new Map<string, number>();

  private readonly outbox: Outbox;
  /** In which order this worker takes what is due in one instant. */
  private readonly own = newId();
  private readonly renewEvery: number;

  constructor(private readonly parts: WorkerParts) {
    const leaseSeconds = parts.leaseSeconds ?? LEASE_SECONDS;
    this.outbox = outboxOf(parts.database.workerPool, leaseSeconds);
    this.renewEvery = Math.max(RENEW_MS, (leaseSeconds * 1000) / 4);
  }

  start(): void {
    this.stopped = false;
    this.ending = false;
    this.loop = this.run();
  }

  /** Work now rather than at the next second: called after a commit of this process. */
  wake(): void {
    this.rouse();
  }

  /** Ends after what is in hand: what has been claimed and not begun is given back, so that nobody waits for its lease to run out. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.ending = true;
    this.rouse();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const pause = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        this.rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      await this.round();
      await pause;
    }
  }

  /** Everything that is due now, until nothing is; returns how much that was. For tests and for the virtual clock. */
  async drain(): Promise<number> {
    let total = 0;
    for (let done = await this.pass(); done > 0; done = await this.pass()) total += done;
    // Whoever waits for everything to be done must not take the rest for done.
    if (this.ending) throw new Error('the worker is stopping');
    return total;
  }

  private async round(): Promise<void> {
    try {
      await this.drain();
    } catch (error) {
      if (!this.ending) this.parts.log('error', 'worker round failed', { error: String(error) });
    }
  }

  private async pass(): Promise<number> {
    let done = 0;
    const failures: unknown[] = [];
    for (const city of await this.parts.cities()) {
      const before = done;
      done += await this.fireTerms(city, failures);
      done += await this.runEffects(city);
      done += await this.lookAfter(city);
      await this.watch(city, done > before);
    }
    // One term that cannot be fired must not keep everything else waiting; it is told when the rest of the pass is done.
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
    return done;
  }

  private async lookAfter(city: string): Promise<number> {
    const last = this.kept.get(city);
    if (!this.parts.upkeep || (last !== undefined && performance.now() - last < UPKEEP_MS)) return 0;
    const done = await this.parts.upkeep(city);
    if (done === 0) this.kept.set(city, performance.now());
    return done;
  }

  /** While a worker that was away catches up, everything is late and nothing stands still. */
  private async watch(city: string, busy: boolean): Promise<void> {
    const now = performance.now();
    const last = this.watched.get(city);
    if (last === undefined && busy) this.watched.set(city, now);
    if (this.ending || !this.parts.watch || (last === undefined ? busy : now - last < (busy ? WATCH_BUSY_MS : UPKEEP_MS))) return;
    this.watched.set(city, now);
    await this.parts.watch(city);
  }

  /** The clock's commands: due terms and reminders, earliest first, each exactly once by its key; those of one case one after another. */
  private async fireTerms(city: string, failures: unknown[]): Promise<number> {
    const due = await this.dueTerms(city);
    const waiting = [...due];
    await Promise.all(Array.from({ length: TERMS_ABREAST }, async () => {
      for (let term = waiting.shift(); term !== undefined && !this.ending; term = waiting.shift()) await this.fire(city, term, failures);
    }));
    return this.ending ? 0 : due.length;
  }

  private async fire(city: string, term: DueTerm, failures: unknown[]): Promise<void> {
    const event = dueEvent(term);
    try {
      await this.parts.dispatch(clockActor(city), event);
    } catch (error) {
      // Somebody may have moved the case since the look above, and the term with it.
      const still = (await this.dueTerms(city, term.case_id)).some((t) => t.term === term.term && t.entry === term.entry && t.rung === term.rung);
      if (!still) return;
      this.parts.log('error', 'term not fired', { key: event.key, error: String(error) });
      failures.push(error);
    }
  }

  /**
   * What is due, earliest first. Of thousands due in one instant every worker takes others first: all of them would else race for the same few, and
   * all but one in vain.
   */
  private async dueTerms(city: string, ofCase: string | null = null): Promise<DueTerm[]> {
    const now = this.parts.clock.now();
    return this.parts.database.asActor(clockActor(city), async (trx) => {
      const { rows } = await trx.raw(
        `select case_id, term, entry, rung from (
           select case_id, term, entry, due_at as at, null::int as rung from term where city = :city and status = 'armed' and due_at <= :now
           union all
           select case_id, term, entry, next_reminder_at, next_rung from term where city = :city and status = 'armed' and next_reminder_at <= :now and due_at > :now) as due
         where :ofCase::uuid is null or case_id = :ofCase::uuid order by at, md5(case_id::text || :own), term limit ${TERMS_AT_ONCE}`,
        { city, now, ofCase, own: this.own },
      );
      return rows;
    });
  }

  private async runEffects(city: string): Promise<number> {
    const claimed = await this.outbox.claim(city, this.parts.clock.now(), this.parts.batch ?? BATCH);
    const { rows, later } = inOrder(claimed);
    await this.outbox.giveBack(city, later.map((one) => one.id));
    const left = new Set(rows.map((one) => one.id));
    const alive = setInterval(() => void this.outbox.renew(city, [...left]).catch(() => undefined), this.renewEvery).unref();
    try {
      await this.runBatch(city, rows, left);
    } finally {
      clearInterval(alive);
    }
    return this.ending ? 0 : rows.length;
  }

  /** Does what was claimed, one after another, and takes it from `left` when it is settled. */
  private async runBatch(city: string, rows: OutboxRow[], left: Set<string>): Promise<void> {
    let done: OutboxRow[] = [];
    let settledAt = performance.now();
    const settle = async (): Promise<void> => {
      const ids = done.map((one) => one.id);
      await this.outbox.settle(city, ids);
      for (const id of ids) left.delete(id);
      done = [];
      settledAt = performance.now();
    };
    for (const [index, row] of rows.entries()) {
      if (this.ending) {
        await this.outbox.giveBack(city, rows.slice(index).map((one) => one.id));
        break;
      }
      if (await this.runEffect(row)) done.push(row);
      else left.delete(row.id);
      // Quick effects are settled together; a slow one must not leave its neighbours to be done again should the process die. What comes
      // next of the same case asks what of it is still to be done: a package waits for its papers.
      const next = rows[index + 1];
      if (next && !suspect(next) && performance.now() - settledAt < SETTLE_MS && !done.some((one) => one.caseId === next.caseId)) continue;
      await settle();
    }
    await settle();
  }

  /** Whether the effect was done. */
  private async runEffect(row: OutboxRow): Promise<boolean> {
    const effect = this.parts.effects[row.effect];
    try {
      if (!effect) throw new Error(`no effect named '${row.effect}'`);
      if (row.attempts > MAX_ATTEMPTS) throw new Error('the worker died each time it tried this');
      await effect(row);
      return true;
    } catch (error) {
      const parked = (error instanceof DomainError && !(error as { retry?: boolean }).retry) || row.attempts >= MAX_ATTEMPTS;
      this.parts.log('error', parked ? 'effect parked' : 'effect will be tried again', { effect: row.effect, key: row.key, error: String(error) });
      const backoffSeconds = 2 ** Math.min(row.attempts, 6);
      await this.outbox.putOff(row, String(error), backoffSeconds, parked);
      return false;
    }
  }
}

const suspect = (row: OutboxRow): boolean => row.attempts > TRUSTED_ATTEMPTS;

/** What has died with its worker before goes last and alone, so that an effect which kills its process cannot take its neighbours' attempts along. */
function inOrder(claimed: OutboxRow[]): { rows: OutboxRow[]; later: OutboxRow[] } {
  const [first, ...later] = claimed.filter(suspect);
  return { rows: [...claimed.filter((row) => !suspect(row)), ...(first ? [first] : [])], later };
}
