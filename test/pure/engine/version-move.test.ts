import { versionMoves, moveHash } from '../../../workflows/version-moves.js';
import type { VersionMove } from '../../../workflows/patterns/version-move.js';
import { machineFor } from '../../../workflows/registry.js';
import { nextStep, restore } from '../../../src/engine/case-step.js';
import { checkMove } from '../../../src/engine/model-check/check-move.js';
import { planMove, type PlannedMove } from '../../../src/engine/migrate/plan-move.js';
import { canonical, sha256 } from '../../../src/engine/journal.js';
import { replay } from '../../../src/engine/replay.js';
import { beijing, calendar, CaseInMemory, inCosigning, inOfficeReview, pinned, someone } from './case-in-memory.js';

const move = versionMoves.find(({ workflow, to }) => workflow === 'plan' && to === 2)!;
const machineOf = (version: number) => machineFor('plan', version, pinned);
const at = beijing('2026-09-25');
const colleague = { ...someone, person: 'q', post: 'other', name: '同事' };
const asks = { mode: 'before', reason: '请看', facts: { posts: [{ post: 'other', org: 'office', role: 'office.clerk', side: 'city', name: '同事' }] } };

/** What a way would do with a case as it stands. */
const led = (plan: CaseInMemory, way: VersionMove = move): PlannedMove => planMove({
  id: 'case', city: '', year: 2026, workflow: 'plan', chartVersion: 1, pack: 'jinan-2011-61', packHash: '', unit: '', side: 'unit', caseNumber: '', title: '', released: true, final: false,
  version: plan.version, headHash: '', state: plan.state, tasks: plan.tasks, terms: [...plan.terms.values()], known: null, snapshotText: '', allTasks: plan.tasks, stages: [], kept: null,
}, way, { machineOf, pack: pinned.pack, calendar, now: at });
const why = (planned: PlannedMove): string => planned.refusals.map(({ en }) => en).join('; ');
const over = (landings: VersionMove['landings'], rest: Partial<VersionMove> = {}): VersionMove => ({ ...move, ...rest, landings: { ...move.landings, ...landings } });

describe('a case on its way to another version of its chart', () => {
  it('takes along who was asked to sign, who has claimed and a decision that waits, and goes on by the new steps', () => {
    const plan = inOfficeReview('2026-09-21').do('addSigners', at, { ...asks, mode: 'after' }).do('acceptComplete', at, { opinion: '齐全' });
    const { after, write, refusals } = led(plan);
    expect(refusals).toEqual([]);
    expect(after!.approvals.map(({ words }) => words.en)).toContain('Decided, waiting for who signs after');
    const stored = JSON.parse(write!.snapshot);
    const signing = write!.step.duties.find(({ key }) => key.startsWith('signers:'))!;
    const step = nextStep(machineOf(2), stored, { type: 'signAgree', by: colleague, at, task: { key: `firstCheck#6#${signing.key}`, subject: signing.subject } }, 9)!;
    expect(step.stages.map(({ stage }) => stage)).toContain('secondCheck');
    expect((step.context as { checkedBy?: string }).checkedBy).toBe('p');
  });

  it('keeps a jump that was proposed, and whoever it passes over then reviews, the second check too', () => {
    const plan = inOfficeReview('2026-09-21').do('proposeJump', at, { jumpTo: 'directorDecision', reason: '急' });
    const stored = JSON.parse(led(plan).write!.snapshot);
    const step = nextStep(machineOf(2), stored, { type: 'confirmJump', by: colleague, at }, 9)!;
    expect(step.context.skipped.map(({ stage }) => stage)).toEqual(['firstCheck', 'secondCheck']);
  });

  it('keeps what departments have answered, and whose answers are still awaited', () => {
    const plan = inCosigning().do('agree', at, { by: { ...someone, org: 'a' } });
    const { before, after } = led(plan);
    expect(after!.tasks.map(({ id }) => id)).toEqual(before.tasks.map(({ id }) => id));
    expect(after!.approvals).toEqual(before.approvals);
  });

  it('is the same in its journal: what was before under the old chart, what is after under the new', () => {
    const plan = inOfficeReview('2026-09-21');
    const planned = led(plan);
    const payload = { type: 'case.migrated', at, from: 1, to: 2, move: moveHash(move), kept: sha256(''), orderedBy: 'x', reason: 'y' };
    const migrated = [...plan.journal, { seq: plan.version + 1, command: 'case.migrated', payload: canonical(payload) }];
    const charts = { workflow: 'plan', opened: 1, machineOf };
    const led1 = replay(charts, migrated);
    expect([led1.version, canonical(JSON.parse(JSON.stringify(led1.state)))]).toEqual([2, canonical(JSON.parse(planned.write!.snapshot))]);
    const back = replay(charts, [...migrated, { seq: plan.version + 2, command: 'case.migratedBack', payload: canonical({ at }) }]);
    expect([back.version, canonical(JSON.parse(JSON.stringify(back.state)))]).toEqual([1, canonical(JSON.parse(JSON.stringify(plan.state)))]);
    // A way that was changed since is not gone again in silence, nor is anything taken back that something came after.
    expect(() => replay(charts, [...plan.journal, { seq: 9, command: 'case.migrated', payload: canonical({ ...payload, move: 'another' }) }])).toThrow(/not accepted/);
    const moved = { seq: plan.version + 2, command: 'task.claim', payload: canonical({ at, taskKey: 'x', person: { id: 'p', name: 'p' } }) };
    expect(() => replay(charts, [...migrated, moved, { seq: plan.version + 3, command: 'case.migratedBack', payload: canonical({ at }) }])).toThrow(/not accepted/);
  });
});

describe('a way that would lose something is refused by the name of what is lost', () => {
  it('a task, and the power to deal with it', () => {
    expect(why(led(inOfficeReview('2026-09-21'), over({ officeReview: 'secondCheck' })))).toMatch(/could no longer be dealt with by: acceptComplete, returnForCorrection/);
    expect(why(led(inOfficeReview('2026-09-21'), over({ officeReview: 'directorDecision', directorDecision: 'firstCheck' })))).toMatch(/would lose the task: Completeness check: Office clerk/);
  });

  it('a running term, also one that waits while the unit corrects', () => {
    expect(why(led(inOfficeReview('2026-09-21'), over({}, { terms: {} })))).toMatch(/the term would change or run no longer/);
  });

  it('an approval, and a right to act', () => {
    expect(why(led(inOfficeReview('2026-09-21'), over({}, { adds: { consent: null } })))).toMatch(/would lose what has been given: Consent of the government/);
    expect(why(led(new CaseInMemory().do('submit', at, { facts: { defects: 0, content: 'h1' } }), over({}, { adds: { signedFor: true } })))).toMatch(/would lose the right: HRSS clerk may: Withdraw/);
  });

  it('a stage that stays behind, with the reason', () => {
    expect(why(led(inOfficeReview('2026-09-21').do('acceptComplete', at)))).toMatch(/^For decision: The director is deciding/);
  });

  it('a stage nobody thought of, found before any case stands in it', () => {
    const { officeReview: _gone, ...landings } = move.landings;
    const sentences = (way: VersionMove): string[] => checkMove({ move: way, machineOf, pack: pinned.pack, calendar, places: [] }).map(({ sentence }) => sentence.en);
    expect(sentences(move)).toEqual([]);
    expect(sentences({ ...move, landings })).toEqual(['stage officeReview has no landing in v2 and is not refused']);
    expect(sentences(over({ officeReview: 'nowhere' }))).toEqual(['stage officeReview lands in nowhere, which does not exist']);
    expect(sentences(over({ officeReview: 'registered' })).join()).toMatch(/both land in registered/);
    expect(sentences(over({}, { terms: {} }))).toEqual(['the term plan.officeReview of officeReview does not run on in the other version']);
    expect(why(led(inOfficeReview('2026-09-21'), { ...move, landings }))).toMatch(/has nowhere to go in version 2: stage 'officeReview'/);
  });
});
