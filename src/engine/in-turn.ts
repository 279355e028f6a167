import type { CaseStore } from './engine.js';

const queues = new WeakMap<CaseStore, Map<string, Promise<unknown>>>();

/**
 * Does one thing after another for each name, in the order they came. Of two hundred people on one case each would else overtake the others again
 * and again, and each lost race costs a read and a step computed in vain. Other processes are met at the door's guard.
 */
export function inTurn<T>(store: CaseStore, name: string, act: () => Promise<T>): Promise<T> {
  const waiting = queues.get(store) ?? new Map<string, Promise<unknown>>();
  queues.set(store, waiting);
  const before = waiting.get(name);
  const mine = before ? before.then(act) : act();
  const settled = mine.then(nothing, nothing).then(() => void (waiting.get(name) === settled && waiting.delete(name)));
  waiting.set(name, settled);
  return mine;
}

const nothing = (): void => undefined;
