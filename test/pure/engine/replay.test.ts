import fc from 'fast-check';
import { disagreements } from '../../../src/engine/case-agreement.js';
import { replay } from '../../../src/engine/replay.js';
import { beijing, CaseInMemory, inCosigning, inOfficeReview, planMachine, someone, underPlanV1 } from './case-in-memory.js';

const asStored = (state: unknown) => JSON.parse(JSON.stringify(state)) as unknown;
const departments = ['a', 'b', 'c', 'd', 'e'];

/** Fields a command needs, in the shapes its form gives; `dice` decides what a person would. */
function fieldsOf(type: string, now: string, dice: number): Record<string, unknown> {
  const defects = dice % 5 === 0 ? 1 : 0;
  switch (type) {
    case 'submit': case 'requestPreReview': return { facts: { defects, planType: dice % 3 ? 'construction' : 'nothingNew', content: `h${dice}` } };
    case 'resubmit': return { facts: { defects, planType: 'construction', content: `h${dice}`, projectsOrMoneyChanged: dice % 2 === 0 }, replies: { r1: '已改' } };
    case 'seekOpinions': return { facts: { orgs: departments.slice(0, 1 + (dice % 5)).map((org) => ({ org, name: org })) } };
    case 'addCosigner': return { facts: { orgs: [{ org: departments[dice % 5]!, name: 'x' }] } };
    case 'removeCosigner': return { org: departments[dice % 5]! };
    case 'consent': return { kind: 'reply', number: '1', date: dice % 4 ? '2026-08-01' : '2027-01-01' };
    case 'returnTo': return { target: dice % 2 ? 'headReview' : 'drafting', then: dice % 3 ? 'stepByStep' : 'straightBack', remarks: [{ id: 'r1', section: 's', text: 't' }] };
    case 'giveRemarks': case 'returnToDraft': case 'returnForCorrection': case 'refuseConsent': return { remarks: [{ id: 'r1', section: 's', text: 't' }] };
    case 'register': return { theirNumber: '8', deliveredAt: dice % 2 ? beijing('2026-09-29') : now, evidence: dice % 3 ? '邮戳' : '', facts: { incomingNumber: dice } };
    case 'grantExtension': return { until: new Date(Date.parse(now) + (dice % 40) * 86_400_000).toISOString(), basis: '批示', reason: 'x' };
    case 'addSigners': return { mode: ['before', 'parallel', 'after'][dice % 3], reason: '', facts: { posts: [{ post: `post${dice % 4}`, org: 'office', role: 'office.clerk', side: 'city', name: '同事' }] } };
    case 'removeSigner': return { signer: `S${1 + (dice % 4)}` };
    case 'proposeJump': return { jumpTo: ['registered', 'officeReview', 'directorDecision'][dice % 3], reason: 'x' };
    case 'confirmJump': case 'rejectJump': return dice % 4 ? { by: { ...someone, person: 'director' } } : {};
    default: return {};
  }
}

/** Sends every reminder and term that is due up to an instant, in order, each at its own instant. */
function clockTo(plan: CaseInMemory, now: string, check: () => void): void {
  for (;;) {
    const next = [...plan.terms.values()].filter((t) => t.status === 'armed').flatMap((t) => [
      ...(t.dueAt ? [{ at: t.dueAt, type: `term.${t.term}.due` }] : []),
      ...(t.nextReminderAt && t.nextReminderAt < t.dueAt! ? [{ at: t.nextReminderAt, type: `term.${t.term}.remind` }] : []),
    ]).filter((e) => e.at <= now).sort((a, b) => (a.at < b.at ? -1 : 1))[0];
    if (!next) return;
    plan.do(next.type, next.at);
    check();
  }
}

/** What must hold after every step. */
function invariants(plan: CaseInMemory): void {
  const ended = plan.step.final !== null;
  const active = new Set(ended ? [] : plan.stages);
  const terms = [...plan.terms.values()];
  if (!ended && plan.tasks.length === 0 && !terms.some((t) => t.status === 'armed')) throw new Error('nobody is asked and nothing will wake the case');
  for (const task of plan.tasks) if (!active.has(task.state)) throw new Error(`task of ${task.state}, which is not active`);
  for (const stage of ended ? [] : plan.live.filter((s) => s.term)) {
    const rows = terms.filter((t) => t.term === stage.term && (t.status === 'armed' || t.status === 'fired' || (active.has('held') && t.status === 'paused')));
    if (rows.length !== 1 || rows[0]!.entry !== plan.state.entries[stage.stage]) throw new Error(`${stage.stage} has ${rows.length} running terms of its entry`);
  }
}

/** The journal leads to the live state, its tasks and its terms. */
function agrees(plan: CaseInMemory): void {
  const replayed = replay(underPlanV1, plan.journal).state;
  const found = disagreements(planMachine, replayed, plan.journal.length, {
    version: plan.version, final: plan.step.final !== null, snapshot: JSON.stringify(plan.state), openTasks: plan.tasks, terms: [...plan.terms.values()],
  });
  if (found.length > 0) throw new Error(found.map((w) => w.en).join('; '));
}

type Move = { pick: number; dice: number; minutes: number };
const moves = fc.array(fc.record({ pick: fc.nat(999), dice: fc.nat(999), minutes: fc.oneof({ weight: 3, arbitrary: fc.nat(15) }, { weight: 1, arbitrary: fc.nat(60_000) }) }), { minLength: 1, maxLength: 40 });

const seen = new Set<string>();
function walk(plan: CaseInMemory, steps: Move[]): void {
  let now = Date.parse(plan.step.context.now);
  for (const { pick, dice, minutes } of steps) {
    now += minutes * 60_000;
    const at = new Date(now).toISOString();
    clockTo(plan, at, () => invariants(plan));
    if (plan.step.final) break;
    // Most people do what is expected of them: the first thing a task offers. The rest is anything anybody may do.
    const duties = plan.tasks.flatMap((t) => [...t.commands, 'open'].map((type) => ({ type, org: t.org })));
    const offers = pick % 10 < 6 && duties.length > 0 ? duties.slice(0, 1) : [...duties, ...plan.powers.map((type) => ({ type, org: 'org' }))];
    const { type, org } = offers[pick % offers.length]!;
    const before = JSON.stringify([plan.state, plan.tasks, [...plan.terms]]);
    const sender = type === 'submit' || type === 'resubmit' || type === 'requestPreReview';
    const taken = plan.try(type, at, { by: { ...someone, ...(sender ? { person: 'clerk' } : {}), org }, ...fieldsOf(type, at, dice) });
    if (!taken && JSON.stringify([plan.state, plan.tasks, [...plan.terms]]) !== before) throw new Error(`${type} was refused and left a trace`);
    for (const stage of plan.stages) seen.add(stage);
    invariants(plan);
  }
  agrees(plan);
}

describe('random walks over the plan', () => {
  // From the first draft, from the middle of a co-signing, and from where the office has it: few walks that begin at home come that far.
  const fromHome = fc.property(moves, (steps) => walk(new CaseInMemory(), steps));
  const fromCosigning = fc.property(moves, (steps) => walk(inCosigning(), steps));
  const fromOffice = fc.property(moves, (steps) => walk(inOfficeReview('2026-09-21'), steps));

  it.each([1, 42, 2026, 20110061])('seed %i: nobody is forgotten, no term is lost, and the journal replays to the live state', (seed) => {
    fc.assert(fromHome, { seed, numRuns: 80 });
    fc.assert(fromCosigning, { seed, numRuns: 40 });
    fc.assert(fromOffice, { seed, numRuns: 40 });
  });

  // Judged on the chosen seeds alone, so that it says the same on every day.
  it('the walks went everywhere: a walk that stays at home proves nothing', () => {
    for (const stage of ['drafting', 'preReview', 'headReview', 'coSign', 'governmentApproval', 'reporting', 'registered', 'officeReview', 'correcting', 'directorDecision', 'filed', 'waiting', 'overdue', 'onTime', 'late']) expect([...seen]).toContain(stage);
  });

  it('and from a seed nobody has chosen', () => {
    fc.assert(fromHome, { numRuns: 80 });
    fc.assert(fromCosigning, { numRuns: 40 });
    fc.assert(fromOffice, { numRuns: 40 });
  });
});

describe('replay', () => {
  it('a paper act beside the chart changes nothing but the instant', () => {
    const plan = inOfficeReview('2026-08-17');
    const journal = [...plan.journal, { seq: plan.version + 1, command: 'paper.register', payload: JSON.stringify({ at: beijing('2026-08-20'), paperId: 'x' }) }];
    const state = replay(underPlanV1, journal).state as { snapshot: { context: { now: string } }; entries: unknown };
    expect(state.entries).toEqual(plan.state.entries);
    expect(state.snapshot.context.now).toBe(beijing('2026-08-20'));
    expect(asStored({ ...state, snapshot: { ...state.snapshot, context: { ...state.snapshot.context, now: null } } }))
      .toEqual(asStored({ ...plan.state, snapshot: { ...(plan.state.snapshot as object), context: { ...plan.step.context, now: null } } }));
  });

  it('an entry the chart does not accept is named', () => {
    const plan = inOfficeReview('2026-08-17');
    const journal = plan.journal.map((e) => (e.seq === 3 ? { ...e, command: 'file', payload: JSON.stringify({ ...JSON.parse(e.payload), type: 'file' }) } : e));
    expect(() => replay(underPlanV1, journal)).toThrow('entry 3 (file)');
  });

  it('an empty journal is no case', () => {
    expect(() => replay(underPlanV1, [])).toThrow(/begins with an opening/);
  });
});
