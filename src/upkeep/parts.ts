import type { Knex } from 'knex';
import type { Clock } from '../clock.js';
import type { Database } from '../database.js';
import type { Engine } from '../engine/create-engine.js';

/** What the arrangements of people and the repairs are given. */
export interface UpkeepParts {
  database: Database;
  clock: Clock;
  engine: Engine;
}

/** A person as the one who arranges something, or whom it concerns. */
export interface Named {
  person: string;
  name: string;
}

export type Trx = Knex.Transaction;
