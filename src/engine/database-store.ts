import type { EngineParts, Known, ManyStore, Prepared } from './engine.js';
import { loadCaseFor, loadManyFor, manyThroughDoor, throughDoor } from './store.js';

/** Cases in PostgreSQL, read and written by prepared statements; everything read beside them under the actor's walls. */
export function databaseStore({ database, preparers, caseInput }: Pick<EngineParts, 'database' | 'preparers' | 'caseInput'>): ManyStore {
  return {
    load: (actors, caseId, key) => loadCaseFor(database, actors, caseId, key),
    write: (actor, write) => throughDoor(database, actor, write),
    loadMany: (actors, requests) => loadManyFor(database, actors, requests),
    writeMany: (actor, writes) => manyThroughDoor(database, actor, writes),
    // A transaction is opened only for a command that asks the database: most decisions are judged by what the case itself holds.
    prepare: async (type: string, known: Known): Promise<Prepared> => {
      const preparer = preparers[`${known.caseRow.workflow}.${type}`] ?? preparers[`*.${type}`];
      if (!preparer) return { facts: {} };
      return 'glance' in preparer ? preparer.glance(known) : database.asActor(known.actor, (trx) => preparer({ ...known, trx }));
    },
    newCase: (actor, request) => database.asActor(actor, (trx) => caseInput(trx, request)),
  };
}
