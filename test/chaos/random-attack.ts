import { setTimeout as pause } from 'node:timers/promises';
import { browsersOf, killed, type Attacked } from './named-points.js';

const CALM_MS = 1500;
const SPREAD_MS = 4000;

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Kills at random now and then until told to stop: servers mostly, sometimes a browser, a network or PostgreSQL itself. */
export function randomAttack(under: Attacked, seed: number): { stop(): Promise<void> } {
  const random = randomOf(seed);
  let over = false;
  let databases = 0;
  const loop = (async () => {
    while (!over) {
      await pause(CALM_MS + random() * SPREAD_MS);
      if (over) return;
      const { installation: { replicas, proxies }, cluster, book } = under;
      const index = Math.floor(random() * replicas.length);
      const replica = replicas[index]!;
      const dice = random();
      if (dice < 0.1 && cluster !== null && databases < 2) {
        databases += 1;
        cluster.kill();
        book.note('at random', 'PostgreSQL');
      } else if (dice < 0.2) {
        proxies[index]!.cut();
        book.note('at random', `network of ${replica.name}`);
      } else if (dice < 0.4 && browsersOf(replica.pid()).length > 0) {
        for (const pid of browsersOf(replica.pid())) killed(pid);
        book.note('at random', `Chromium of ${replica.name}`);
      } else if (replica.pid() !== undefined) {
        replica.kill(dice < 0.5 ? 'SIGTERM' : 'SIGKILL');
        book.note('at random', dice < 0.5 ? `${replica.name}, in order` : replica.name);
      }
    }
  })();
  return {
    stop: async () => {
      over = true;
      await loop;
    },
  };
}
