import type { Actor } from '../domain/actor.js';
import { Conflict, Forbidden } from '../domain/errors.js';
import { words } from '../domain/text.js';
import type { Duty } from '../../workflows/patterns/duties.js';
import type { OpenTask } from './case-writes.js';

interface Carrier {
  role: string;
  org: string;
  post: string | null;
}

/** Whether this actor holds the post a duty belongs to. Posts are resolved at the moment of acting, so the actor is as of now. */
export const carries = (actor: Actor, duty: Carrier): boolean =>
  actor.role === duty.role && (duty.org === '' || actor.org === duty.org) && (duty.post === null || actor.post === duty.post);

/** Which of a person's posts acts, and on which task (null for a right without a task). Default deny. */
export function authorise(
  actors: Actor[], request: { type: string; taskId?: string }, tasks: OpenTask[], powers: Duty[],
): { actor: Actor; task: OpenTask | null } {
  if (request.type.includes('.')) return authoriseSystem(actors, request.type);
  const offers = (task: OpenTask): boolean => task.commands.includes(request.type) || (request.type === 'open' && task.kind === 'duty');
  if (request.taskId !== undefined) {
    const task = tasks.find((t) => t.id === request.taskId);
    if (!task) throw taskClosed(request.taskId);
    const actor = actors.find((a) => carries(a, task));
    if (!actor || !offers(task)) throw notYours(request.type);
    return { actor, task };
  }
  for (const task of tasks) {
    const actor = offers(task) ? actors.find((a) => carries(a, task)) : undefined;
    if (actor) return { actor, task };
  }
  for (const power of powers) {
    const actor = power.commands.includes(request.type) ? actors.find((a) => carries(a, power)) : undefined;
    if (actor) return { actor, task: null };
  }
  throw notYours(request.type);
}

/** Names with a dot are the system's own: the clock's terms, the worker's results. No form leads to them. */
function authoriseSystem(actors: Actor[], type: string): { actor: Actor; task: null } {
  const role = type.startsWith('term.') ? 'clock' : 'worker';
  const actor = actors.find((a) => a.scope === 'system' && a.role === role);
  if (!actor) throw notYours(type);
  return { actor, task: null };
}

const notYours = (type: string): Forbidden =>
  new Forbidden('not-yours', words('这一步现在不由您的岗位办理。', 'This step is not for your post at this time.'), `command ${type}`);

export const taskClosed = (taskId: string): Conflict =>
  new Conflict('task-closed', words('这件事已由他人办结或已撤回，填写的内容还在。', 'Somebody has already dealt with this; what you wrote is still here.'), `task ${taskId}`);
