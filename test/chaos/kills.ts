import { setTimeout as pause } from 'node:timers/promises';
import type { Installation } from './installation.js';

/** One kill and how long it took until nothing of it was left to see. */
export interface Kill {
  point: string;
  victim: string;
  /** Seconds until a request sent after the kill was answered. */
  answered: number;
  /** Seconds until what the killed process held of the outbox was done. What a later kill got hold of is that one's. */
  done: number;
}

const POLL_MS = 100;
const PATIENCE_MS = 180_000;

/** Keeps the book of kills of one installation. Each is followed until it has healed, beside whatever goes on. */
export class KillBook {
  readonly kills: Kill[] = [];
  private readonly healing: Promise<void>[] = [];
  private readonly heldBy = new Map<string, Kill>();

  constructor(private readonly on: Installation, private readonly token: string) {}

  /** To be called at the moment of the kill. */
  note(point: string, victim: string): void {
    this.healing.push(this.follow({ point, victim, answered: Infinity, done: Infinity }, performance.now()));
  }

  /** Waits until everything has healed. */
  async settled(): Promise<void> {
    await Promise.all(this.healing);
  }

  private async follow(kill: Kill, at: number): Promise<void> {
    this.kills.push(kill);
    const until = at + PATIENCE_MS;
    const [held] = await Promise.all([
      this.on.rows<{ id: string }>('select id from outbox where leased_until > now() and parked_at is null and last_error is null'),
      this.answered().then((ended) => { kill.answered = (ended - at) / 1000; }),
    ]);
    for (const { id } of held) this.heldBy.set(id, kill);
    for (; performance.now() < until; await pause(POLL_MS)) {
      const mine = held.filter(({ id }) => this.heldBy.get(id) === kill).map(({ id }) => id);
      const [left] = await this.on.rows<{ count: number }>('select count(*)::int from outbox where id = any ($1) and parked_at is null', [mine]);
      if (left!.count > 0) continue;
      kill.done = (performance.now() - at) / 1000;
      return;
    }
  }

  /** When somebody who asks now, and again as long as nobody answers, has been answered. */
  private async answered(): Promise<number> {
    for (let asked = performance.now(); performance.now() - asked < PATIENCE_MS; await pause(POLL_MS)) {
      const answer = await fetch(`${this.on.front.address}/api/v1/inbox`, { headers: { authorization: `Bearer ${this.token}` }, signal: AbortSignal.timeout(30_000) }).then((r) => r.ok, () => false);
      if (answer) return performance.now();
    }
    return Infinity;
  }
}
