import type { Knex } from 'knex';
import type { Actor } from '../domain/actor.js';
import { NotFound } from '../domain/errors.js';
import { viewerOf, type Exchange } from './context.js';

/** One actor for each wall a person stands behind: usually one, two for somebody who serves a district and the city. */
export function walls(actors: readonly Actor[]): Actor[] {
  return [...new Map(actors.map((actor) => [`${actor.scope} ${actor.unit ?? ''}`, actor])).values()];
}

/** Reads as the signed-in person, behind the first wall that knows what is asked for. @throws NotFound when none does */
export async function readAs<T>(x: Exchange, run: (trx: Knex.Transaction, actor: Actor) => Promise<T>): Promise<T> {
  let refusal: NotFound | null = null;
  for (const actor of walls(viewerOf(x).actors)) {
    try {
      return await x.services.database.asActor(actor, (trx) => run(trx, actor));
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      refusal = error;
    }
  }
  throw refusal!;
}

/** Reads a list behind every wall of the person and joins the parts. */
export async function readAll<T>(x: Exchange, run: (trx: Knex.Transaction, actor: Actor) => Promise<T[]>): Promise<T[]> {
  const parts: T[] = [];
  for (const actor of walls(viewerOf(x).actors)) parts.push(...(await x.services.database.asActor(actor, (trx) => run(trx, actor))));
  return parts;
}
