import type { Actor } from '../domain/actor.js';
import { Conflict, Forbidden, Refused } from '../domain/errors.js';
import { words } from '../domain/text.js';
import type { Duty } from '../../workflows/patterns/duties.js';
import type { OpenTask } from './case-writes.js';
import type { LoadedCase } from './store.js';

interface Carrier {
  role: string;
  org: string;
  post: string | null;
  person?: string | null;
}

/**
 * Whether this actor carries a duty: holds its post and, where one holder has claimed it (认领), is that person or deputises for him. Posts are
 * resolved at the moment of acting, so the actor is as of now.
 */
export const carries = (actor: Actor, duty: Carrier): boolean =>
  holdsPostOf(actor, duty) && (duty.person == null || duty.person === actor.person || duty.person === actor.actingFor?.person);

/** The same without regard to who has claimed it. */
export const holdsPostOf = (actor: Actor, duty: Carrier): boolean =>
  actor.role === duty.role && (duty.org === '' || actor.org === duty.org) && (duty.post === null || actor.post === duty.post);

/** Which of a person's posts acts, and on which task (null for a right without a task). Default deny. */
export function authorise(
  actors: Actor[], request: { type: string; taskId?: string }, loaded: Pick<LoadedCase, 'tasks' | 'state'>, powers: Duty[],
): { actor: Actor; task: OpenTask | null } {
  if (request.type.includes('.')) return authoriseSystem(actors, request.type);
  const offers = (task: OpenTask): boolean => task.commands.includes(request.type) || (request.type === 'open' && task.kind === 'duty');
  if (request.taskId !== undefined) {
    const task = loaded.tasks.find((t) => t.id === request.taskId);
    if (!task) throw taskClosed(request.taskId);
    return { actor: carrierOf(actors, loaded, task, offers(task) ? request.type : null), task };
  }
  for (const task of loaded.tasks) {
    if (offers(task) && actors.some((a) => holdsPostOf(a, task))) return { actor: carrierOf(actors, loaded, task, request.type), task };
  }
  for (const power of powers) {
    const actor = power.commands.includes(request.type) ? actors.find((a) => carries(a, power)) : undefined;
    if (actor) return { actor, task: null };
  }
  throw notYours(request.type);
}

/**
 * The actor who carries a task and may decide it now.
 * @throws Forbidden when it is not his, or claimed by another holder of the post; Refused while somebody else's opinion is awaited
 */
export function carrierOf(actors: Actor[], loaded: Pick<LoadedCase, 'state'>, task: OpenTask, command: string | null): Actor {
  if (command === null || !actors.some((a) => holdsPostOf(a, task))) throw notYours(command ?? task.state);
  const actor = actors.find((a) => carries(a, task));
  const carriage = loaded.state.carriers[task.key];
  if (!actor) throw claimed(carriage?.person?.name ?? '');
  if (carriage?.delegate && carriage.delegate.opinion === null && command !== 'open') throw delegated(carriage.delegate.name);
  return actor;
}

/** Names with a dot are the system's own: the clock's terms, the worker's results. No form leads to them. */
function authoriseSystem(actors: Actor[], type: string): { actor: Actor; task: null } {
  const role = type.startsWith('term.') ? 'clock' : 'worker';
  const actor = actors.find((a) => a.scope === 'system' && a.role === role);
  if (!actor) throw notYours(type);
  return { actor, task: null };
}

export const notYours = (type: string): Forbidden =>
  new Forbidden('not-yours', words('这一步现在不由您的岗位办理。', 'This step is not for your post at this time.'), `command ${type}`);
export const claimed = (name: string): Forbidden =>
  new Forbidden('claimed', words(`这件事已由${name}认领，由其办理或释放。`, `${name} has claimed this task and has to deal with it or release it.`));
const delegated = (name: string): Refused =>
  new Refused('delegated', words(`已委派${name}提出意见，等其答复后再办；也可以收回委派。`, `${name} was asked for an opinion; wait for it, or take the delegation back.`));

export const taskClosed = (taskId: string): Conflict =>
  new Conflict('task-closed', words('这件事已由他人办结或已撤回，填写的内容还在。', 'Somebody has already dealt with this; what you wrote is still here.'), `task ${taskId}`);
