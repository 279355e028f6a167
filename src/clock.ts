import { v7 } from 'uuid';

/** The only source of time. Injected everywhere; a virtual clock drives tests and the demonstration year. */
export interface Clock {
  /** The current instant. Bound once per command by the caller. */
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock shifted by a fixed offset in milliseconds, read anew at each call so that a stored offset may change. */
export function offsetClock(offset: () => number, base: Clock = systemClock): Clock {
  return { now: () => new Date(base.now().getTime() + offset()) };
}

/** A time-ordered id (UUIDv7), made by the application because PostgreSQL 15 cannot. */
export function newId(): string {
  return v7();
}
