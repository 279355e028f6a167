import { authorise, carries } from '../../../src/engine/authorise.js';
import type { OpenTask } from '../../../src/engine/case-writes.js';
import { clockActor, workerActor, type Actor } from '../../../src/domain/actor.js';
import { Conflict, Forbidden } from '../../../src/domain/errors.js';
import type { Duty } from '../../../workflows/patterns/duties.js';

const actor = (over: Partial<Actor> = {}): Actor => ({
  city: '370100', scope: 'unit', unit: 'u', org: 'hrss', role: 'unit.head', post: 'post-head', postName: '局长', person: 'p', personName: '甲', actingFor: null, ...over,
});
const task = (over: Partial<OpenTask> = {}): OpenTask => ({
  id: 't1', key: 'headReview#2#unit.head', kind: 'duty', state: 'headReview', side: 'unit', role: 'unit.head', org: 'hrss', post: null, person: null, urgedAt: null, subject: null,
  commands: ['approve', 'returnToDraft'], termKey: null, ...over,
});
const power: Duty = { stage: 'headReview', key: 'unit.clerk', side: 'unit', role: 'unit.clerk', org: 'hrss', post: null, subject: null, commands: ['withdraw'], term: null };
const may = (actors: Actor[], type: string, taskId?: string, tasks = [task()], powers = [power]) => authorise(actors, { type, ...(taskId ? { taskId } : {}) }, { tasks, state: { snapshot: null, entries: {}, carriers: {} } }, powers);

describe('who may act', () => {
  it('the holder of the post may do what the task offers, and nothing beside it', () => {
    expect(may([actor()], 'approve', 't1').task?.id).toBe('t1');
    expect(() => may([actor()], 'consent', 't1')).toThrow(Forbidden);
    expect(() => may([actor()], 'withdraw')).toThrow(Forbidden);
  });

  it('the same role at another organisation may not', () => {
    expect(() => may([actor({ org: 'hrss-of-another-district' })], 'approve', 't1')).toThrow(Forbidden);
  });

  it('another role at the same organisation may not', () => {
    expect(() => may([actor({ role: 'unit.clerk' })], 'approve', 't1')).toThrow(Forbidden);
  });

  it('a task that belongs to one post is not for a colleague of the same role', () => {
    const mine = task({ post: 'post-head' });
    expect(may([actor()], 'approve', 't1', [mine]).task).toBe(mine);
    expect(() => may([actor({ post: 'post-deputy' })], 'approve', 't1', [mine])).toThrow(Forbidden);
  });

  it('an actor without a post carries no duty at all', () => {
    expect(carries(actor({ org: null, role: '', post: null }), task())).toBe(false);
  });

  it('a deputy acts in the post, for its holder, and the act says so', () => {
    const deputy = actor({ person: 'b', personName: '乙', actingFor: { person: 'a', name: '甲' } });
    const own = actor({ person: 'b', personName: '乙', role: 'unit.clerk', post: 'post-clerk' });
    expect(may([own, deputy], 'approve', 't1').actor).toBe(deputy);
    expect(may([own, deputy], 'withdraw').actor).toBe(own);
  });

  it('whoever holds two posts acts in the one the duty asks for', () => {
    const clerk = actor({ role: 'unit.clerk', post: 'post-clerk' });
    expect(may([clerk, actor()], 'approve').actor.post).toBe('post-head');
  });

  it('a task that is closed is a conflict, not a refusal: somebody else was faster', () => {
    expect(() => may([actor()], 'approve', 'gone')).toThrow(expect.objectContaining({ code: 'task-closed' }));
    expect(() => may([actor()], 'approve', 'gone')).toThrow(Conflict);
  });

  it('naming a power’s command on a task does not lend it the task', () => {
    expect(() => may([actor({ role: 'unit.clerk' })], 'withdraw', 't1')).toThrow(Forbidden);
    expect(may([actor({ role: 'unit.clerk' })], 'withdraw').task).toBeNull();
  });

  it('a task to compare a paper cannot be signed for or decided like a duty', () => {
    const compare = task({ kind: 'compare', role: 'unit.comparer', commands: ['paper.compare'] });
    const comparer = actor({ role: 'unit.comparer' });
    expect(() => may([comparer], 'open', 't1', [compare])).toThrow(Forbidden);
    expect(() => may([comparer], 'approve', 't1', [compare])).toThrow(Forbidden);
  });

  it('nobody means nobody', () => {
    expect(() => may([], 'approve')).toThrow(Forbidden);
  });
});

describe('events of the system', () => {
  const dotted = ['term.plan.filing.due', 'term.plan.headReview.remind', 'document.issued', 'plan.ended', 'case.archived', 'paper.compare', 'xstate.after.1', 'xstate.done.state.plan'];

  it.each(dotted)('a person cannot send %s, whatever the post', (type) => {
    const everyone = ['unit.head', 'leader', 'admin', 'office.director', 'clock', 'worker'].map((role) => actor({ role, scope: 'city', unit: null }));
    expect(() => may(everyone, type, undefined, [task({ commands: [type] })], [{ ...power, role: 'admin', commands: [type] }])).toThrow(Forbidden);
  });

  it('a forged term is refused even from the worker: only the clock says what time it is', () => {
    expect(() => may([workerActor('370100')], 'term.plan.filing.due')).toThrow(Forbidden);
    expect(may([clockActor('370100')], 'term.plan.filing.due').task).toBeNull();
  });

  it('the clock brings no documents', () => {
    expect(() => may([clockActor('370100')], 'document.issued')).toThrow(Forbidden);
    expect(may([workerActor('370100')], 'document.issued').task).toBeNull();
  });

  it('the system’s own hands do not decide for people', () => {
    for (const hand of [workerActor('370100'), clockActor('370100')]) expect(() => may([hand], 'approve')).toThrow(Forbidden);
  });
});
