import { beijing, CaseInMemory, inCosigning, inOfficeReview, planInput, someone } from './case-in-memory.js';

const at = beijing('2026-08-18');
const submitted = (now = beijing('2026-08-17')) => new CaseInMemory().do('submit', now, { facts: { defects: 0, planType: 'construction', content: 'h1' } });
const answers = (org: string) => ({ by: { ...someone, org, role: 'cosign.officer' } });
const statusOf = (plan: CaseInMemory, key: string) => plan.closed.filter((t) => t.key.includes(key)).map((t) => t.status);

describe('tasks follow the duties of the configuration', () => {
  it('opening a plan asks the clerk, by the filing date, and nobody else', () => {
    const plan = new CaseInMemory();
    expect(plan.tasks).toHaveLength(1);
    expect(plan.tasks[0]).toMatchObject({ role: 'unit.clerk', org: 'hrss', state: 'drafting', dueAt: beijing('2026-10-01', '00:00:00'), termKey: 'plan.filing' });
  });

  it('the task that was acted on is done, by whom and by which command; the others of its state are cancelled', () => {
    const plan = submitted();
    expect(plan.closed).toEqual([expect.objectContaining({ status: 'done', by: 'p', post: 'post', command: 'submit' })]);
    plan.do('withdraw', beijing('2026-08-17', '09:05:00'));
    expect(statusOf(plan, 'headReview')).toEqual(['cancelled']);
  });

  it('a chain of two posts asks one after the other and signs the paper away only after the second', () => {
    const plan = submitted();
    expect(plan.tasks.map((t) => t.role)).toEqual(['unit.reviewer']);
    plan.do('approve', at);
    expect(plan.tasks.map((t) => `${t.state} ${t.role}`)).toEqual(['headReview unit.head']);
    plan.do('approve', at);
    expect(plan.tasks.map((t) => t.state)).toEqual(['governmentApproval']);
    expect(statusOf(plan, 'headReview')).toEqual(['done', 'done']);
  });

  it('a chain of one post does not ask twice', () => {
    const plan = new CaseInMemory(planInput({ chains: { 'plan.headReview': ['unit.head'], 'plan.governmentApproval': ['consent.officer'] } }))
      .do('submit', at, { facts: { defects: 0, planType: 'construction', content: 'h1' } }).do('approve', at);
    expect(plan.stages).toContain('governmentApproval');
  });

  it('after a return the chain begins again with its first post', () => {
    const plan = submitted().do('approve', at).do('returnToDraft', at, { remarks: [] }).do('submit', at, { facts: { defects: 0, planType: 'construction', content: 'h2' } });
    expect(plan.tasks.map((t) => t.role)).toEqual(['unit.reviewer']);
  });

  it('leaving and entering one state in one step closes its task, opens a new one and writes one term row', () => {
    const plan = submitted();
    const [first] = plan.tasks;
    plan.do('approve', at);
    expect(plan.writes.tasksClosed.map((t) => t.id)).toEqual([first!.id]);
    expect(plan.writes.tasksOpened).toHaveLength(1);
    expect(plan.writes.tasksOpened[0]!.key).not.toBe(first!.key);
    expect(plan.writes.terms.map((t) => t.key)).toEqual(['plan.headReview']);
    expect(plan.writes.terms[0]).toMatchObject({ status: 'armed', entry: plan.version, startedAt: at });
  });

  it('signing for a task leaves it open: reading is not deciding', () => {
    const plan = submitted();
    const before = plan.tasks.map((t) => t.id);
    plan.do('open', at);
    expect(plan.tasks.map((t) => t.id)).toEqual(before);
    expect(plan.writes).toMatchObject({ tasksOpened: [], tasksClosed: [], terms: [] });
  });

  it('a term that runs out in one region leaves the tasks of the other alone', () => {
    const plan = inOfficeReview('2026-09-28');
    const before = plan.tasks.map((t) => t.id);
    plan.do('term.plan.officeReview.remind', beijing('2026-10-09', '00:00:00'));
    expect(plan.tasks.map((t) => t.id)).toEqual(before);
  });
});

describe('co-signing', () => {
  it('five co-signers have a task each; when one answers the other four keep theirs untouched', () => {
    const plan = inCosigning(['a', 'b', 'c', 'd', 'e']);
    expect(plan.tasks).toHaveLength(5);
    const ids = new Map(plan.tasks.map((t) => [t.org, t.id]));
    plan.do('agree', at, answers('c'));
    expect(plan.tasks.map((t) => [t.org, t.id])).toEqual(['a', 'b', 'd', 'e'].map((org) => [org, ids.get(org)]));
    expect(plan.writes.terms).toEqual([]);
  });

  it('the last answer closes the co-signing, whatever the order', () => {
    const plan = inCosigning(['a', 'b', 'c', 'd', 'e']);
    for (const org of ['e', 'a', 'd', 'b']) plan.do('agree', at, answers(org));
    expect(plan.stages).toContain('coSign');
    plan.do('object', at, answers('c'));
    expect(plan.duties).toEqual(['headReview unit.reviewer']);
    expect(plan.term('plan.coSign')!.status).toBe('cancelled');
  });

  it('an added department gets a task, a removed one loses it, the others notice nothing', () => {
    const plan = inCosigning(['a', 'b']);
    const kept = plan.tasks.map((t) => t.id);
    plan.do('addCosigner', at, { facts: { orgs: [{ org: 'c', name: 'c' }] } });
    expect(plan.tasks.map((t) => t.org)).toEqual(['a', 'b', 'c']);
    plan.do('removeCosigner', at, { org: 'c' });
    expect(plan.tasks.map((t) => t.id)).toEqual(kept);
    expect(statusOf(plan, ':c')).toEqual(['cancelled']);
  });

  it('silence after the term keeps the task open: it is late, not answered', () => {
    const plan = inCosigning(['a', 'b']).do('term.plan.coSign.due', beijing('2026-08-25', '00:00:00'));
    expect(plan.tasks.map((t) => t.org)).toEqual(['a', 'b']);
    expect(plan.term('plan.coSign')!.status).toBe('fired');
  });

  it('going on without the silent closes every task that is left, as cancelled', () => {
    const plan = inCosigning(['a', 'b', 'c']).do('agree', at, answers('a')).do('term.plan.coSign.due', beijing('2026-08-25', '00:00:00'));
    plan.do('proceed', beijing('2026-08-25', '10:00:00'), { reason: 'x' });
    expect(plan.duties).toEqual(['headReview unit.reviewer']);
    expect(statusOf(plan, 'coSign')).toEqual(['done', 'cancelled', 'cancelled']);
  });

  it('a case exempted during the co-signing leaves no task and no term behind', () => {
    const plan = inCosigning(['a', 'b', 'c']).do('exempt', at, { basis: 'x', reason: 'x' });
    expect(plan.tasks).toEqual([]);
    expect([...plan.terms.values()].map((t) => t.status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('asking again after a return asks everybody anew: no answer of the first round counts', () => {
    const plan = inCosigning(['a', 'b']).do('agree', at, answers('a')).do('agree', at, answers('b')).do('returnToDraft', at, { remarks: [] })
      .do('submit', at, { facts: { defects: 0, planType: 'construction', content: 'h2' } })
      .do('seekOpinions', at, { facts: { orgs: [{ org: 'a', name: 'a' }, { org: 'b', name: 'b' }] } });
    expect(plan.tasks.map((t) => t.org)).toEqual(['a', 'b']);
    expect(new Set(plan.tasks.map((t) => t.key.split('#')[1])).size).toBe(1);
  });
});

describe('withdrawing', () => {
  const start = Date.parse(beijing('2026-08-17'));
  const after = (ms: number) => new Date(start + ms).toISOString();
  const tenMinutes = 600_000;

  it('is possible within ten minutes and not at their last instant, when what waited for them may run', () => {
    expect(submitted().try('withdraw', after(0))).toBe(true);
    expect(submitted().try('withdraw', after(tenMinutes - 1))).toBe(true);
    expect(submitted().try('withdraw', after(tenMinutes))).toBe(false);
  });

  it('is over once the reviewer has signed for the plan', () => {
    expect(submitted().do('open', after(1000)).try('withdraw', after(2000))).toBe(false);
  });

  it('is over once the first of two posts has approved', () => {
    expect(submitted().do('approve', after(1000)).try('withdraw', after(2000))).toBe(false);
  });

  it('returns the plan to its clerk with the term of the review cancelled', () => {
    const plan = submitted().do('withdraw', after(1000));
    expect(plan.duties).toEqual(['drafting unit.clerk']);
    expect(plan.term('plan.headReview')!.status).toBe('cancelled');
  });

  it('what a withdrawable step asks of the world waits until the window has passed', () => {
    const plan = submitted().do('approve', after(1000)).do('approve', after(2000)).do('returnTo', after(3000), { target: 'headReview', remarks: [] });
    expect(plan.writes.outbox.map((o) => [o.effect, o.runAfter])).toEqual([['notify', after(3000 + tenMinutes)]]);
  });

  it('everything else runs at once, each under a key of its own step', () => {
    const plan = inOfficeReview('2026-08-17');
    expect(plan.writes.outbox.map((o) => o.key)).toEqual([`case:${plan.version}:0`]);
    expect(plan.writes.outbox[0]!.runAfter).toBe(beijing('2026-08-17'));
  });
});
