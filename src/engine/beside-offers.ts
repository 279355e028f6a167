import type { Actor } from '../domain/actor.js';
import { carries, holdsPostOf } from './authorise.js';
import type { Carriage } from './carriers.js';
import type { OpenTask } from './case-writes.js';

/** An act of the task layer somebody may do now, and as which of his posts. */
export interface BesideOffer {
  command: string;
  actor: Actor;
}

/** Who may give back what somebody has claimed and cannot do: the head of the claimant's own office. */
const heads: Readonly<Record<OpenTask['side'], string>> = { unit: 'unit.head', city: 'office.director' };
/** Nobody reminds a government (C-7.11). */
const NEVER_REMINDED = 'consent.officer';
/** Posts that look on and leave no mark. */
const ONLOOKERS = ['auditor', 'admin'];

/** What these actors may do with a task now, whether it is theirs or waits for others. */
export function taskOffers(actors: readonly Actor[], task: OpenTask, carriage: Carriage | undefined): BesideOffer[] {
  const carrier = actors.find((a) => carries(a, task));
  if (task.kind !== 'duty') return task.kind === 'opinion' && carrier ? [{ command: 'task.answer', actor: carrier }] : [];
  const holder = actors.find((a) => holdsPostOf(a, task));
  const releaser = task.person === null ? undefined : (carrier ?? actors.find((a) => a.role === heads[task.side] && a.org === task.org));
  const beside = actors.find((a) => a.scope === task.side && !ONLOOKERS.includes(a.role));
  const waits = carriage?.delegate !== undefined && carriage.delegate.opinion === null;
  return [
    ...(holder && task.person === null ? [{ command: 'task.claim', actor: holder }] : []),
    ...(releaser ? [{ command: 'task.release', actor: releaser }] : []),
    ...(carrier ? [{ command: 'task.transfer', actor: carrier }, { command: waits ? 'task.takeBack' : 'task.delegate', actor: carrier }] : []),
    ...(holder === undefined && beside && task.role !== NEVER_REMINDED ? [{ command: 'note.urge', actor: beside }] : []),
  ];
}

/** What these actors may say of a case that has not ended. Before a unit has sent its case in, the city has nothing to say of it. */
export function caseOffers(actors: readonly Actor[], on: { final: boolean; side: 'unit' | 'city'; released: boolean }): BesideOffer[] {
  const among = on.side === 'unit' && !on.released ? ['unit'] : ['unit', 'city'];
  const actor = on.final ? undefined : actors.find((a) => among.includes(a.scope) && !ONLOOKERS.includes(a.role));
  return actor ? [{ command: 'note.circulate', actor }, { command: 'note.comment', actor }] : [];
}
