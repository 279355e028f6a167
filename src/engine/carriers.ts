import type { PostRef } from '../../workflows/vocabulary.js';

/** Who a duty has gone to, and who was asked beside. The duty itself is the chart's and stays what it is. */
export interface Carriage {
  /** 转办: the post that carries it instead of the chart's. */
  post?: PostRef;
  /** 认领: the one holder of the post who has taken it; nobody else may act on it. */
  person?: { id: string; name: string };
  /** 委派: asked for an opinion; until it is given or taken back the carrier waits. */
  delegate?: PostRef & { by: string; question: string; opinion: string | null };
}

/** By task key. Whoever the chart names carries what is not listed. */
export type Carriers = Record<string, Carriage>;

/** An act of the task layer as the journal keeps it; replay reads nothing else. */
export type CarrierEvent = { taskKey: string } & (
  | { type: 'task.transfer'; post: PostRef }
  | { type: 'task.claim'; person: { id: string; name: string } }
  | { type: 'task.release' }
  | { type: 'task.delegate'; post: PostRef; by: string; question: string }
  | { type: 'task.answer'; opinion: string }
  | { type: 'task.takeBack' }
);

/** The carriers after an act. A transferred duty is claimed by nobody; what the delegate said stays until the duty is done. */
export function carried(before: Carriers, event: CarrierEvent): Carriers {
  const { [event.taskKey]: known, ...others } = before;
  const now = after(known ?? {}, event);
  return Object.keys(now).length === 0 ? others : { ...before, [event.taskKey]: now };
}

function after(known: Carriage, event: CarrierEvent): Carriage {
  const { person: _person, delegate, ...rest } = known;
  switch (event.type) {
    case 'task.transfer': return { post: event.post };
    case 'task.claim': return { ...known, person: event.person };
    case 'task.release': return { ...rest, ...(delegate ? { delegate } : {}) };
    case 'task.delegate': return { ...known, delegate: { ...event.post, by: event.by, question: event.question, opinion: null } };
    case 'task.answer': return { ...known, ...(delegate ? { delegate: { ...delegate, opinion: event.opinion } } : {}) };
    case 'task.takeBack': return { ...rest, ...(known.person ? { person: known.person } : {}) };
  }
}

/** What is no longer owed is carried by nobody. */
export function keptCarriers(before: Carriers, owed: readonly string[]): Carriers {
  if (Object.keys(before).length === 0) return before;
  return Object.fromEntries(Object.entries(before).filter(([key]) => owed.includes(key)));
}
