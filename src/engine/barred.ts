import { workerActor } from '../domain/actor.js';
import { words, type Words } from '../domain/text.js';
import { stagesOf } from '../../workflows/patterns/duties.js';
import { restraintOn } from '../../workflows/patterns/restraint.js';
import type { BaseContext, CommandEvent } from '../../workflows/vocabulary.js';
import { restore, type CaseState } from './case-step.js';
import type { StoredParts } from './engine.js';
import { openTitle } from './open-title.js';

/** A duty that would come to a person who may not carry it out, although another holder of the post may. */
export interface Barred {
  taskId: string;
  caseId: string;
  caseNumber: string;
  title: string;
  sentence: Words;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
const secondPerson = words('须由另一人办理：这件事里前一步是他办的。', 'A second person has to: the step before was this person’s own.');

/**
 * The open duties of some posts which one person may not carry out: what he sent in himself, what needs a second person after him. The charts are
 * asked once with him and once with a stranger; where only the stranger may, he is barred. Papers he registered he may not compare.
 */
export async function barredFrom(parts: StoredParts, city: string, posts: readonly { post: string; org: string; role: string }[], person: string): Promise<Barred[]> {
  if (posts.length === 0) return [];
  const rows = await parts.database.asActor(workerActor(city), (trx) => trx('task as t').join('case_file as c', (on) => on.on('c.city', 't.city').andOn('c.id', 't.case_id'))
    .join('case_snapshot as s', (on) => on.on('s.city', 'c.city').andOn('s.id', 'c.id')).where({ 't.city': city, 't.status': 'open' }).whereNot('t.kind', 'opinion')
    .andWhere((any) => { for (const one of posts) any.orWhere((p) => p.where({ 't.org': one.org, 't.role': one.role }).andWhere((q) => q.whereNull('t.post').orWhere('t.post', one.post))); })
    .orderBy(['c.case_number', 't.key']).select('t.id as taskId', 't.key', 't.kind', 't.subject', 't.commands', 'c.id as caseId', 'c.case_number as caseNumber', openTitle(trx), 'c.workflow',
      'c.chart_version as version', 'c.pack', 's.snapshot'));
  return rows.flatMap(({ taskId, caseId, caseNumber, title, ...row }) => {
    const sentence = why(parts, row, person);
    return sentence === null ? [] : [{ taskId, caseId, caseNumber, title, sentence }];
  });
}

interface Owed {
  key: string;
  kind: 'duty' | 'compare';
  subject: Record<string, unknown> | null;
  commands: string[];
  workflow: string;
  version: number;
  pack: string;
  snapshot: string;
}

function why(parts: StoredParts, owed: Owed, person: string): Words | null {
  if (owed.kind === 'compare') return owed.subject?.registrar === person ? secondPerson : null;
  const now = parts.clock.now().toISOString();
  const live = restore(parts.machineFor(owed.workflow, owed.version, owed.pack), JSON.parse(owed.snapshot) as CaseState, now);
  const stages = stagesOf(live.getMeta() as never);
  for (const type of owed.commands) {
    const event = (by: string) => ({ type, by: { person: by, post: null, org: null, role: '', name: '' }, at: now, facts: { defects: 0 }, task: { key: owed.key, subject: owed.subject } }) as unknown as CommandEvent;
    const his = restraintOn(live.context as BaseContext, stages, event(person));
    if (his !== null && restraintOn(live.context as BaseContext, stages, event(NOBODY)) === null) return his;
    if (his === null && !live.can(event(person) as never) && live.can(event(NOBODY) as never)) return secondPerson;
  }
  return null;
}
