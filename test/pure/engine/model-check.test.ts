import { checkChart } from '../../../src/engine/model-check.js';
import { modelInput } from '../../../src/engine/model-check/case-input.js';
import { plainModel, type ChartModel } from '../../../src/engine/model-check/chart-model.js';
import { checkMove } from '../../../src/engine/model-check/check-move.js';
import { modelOf } from '../../../src/engine/model-check/models.js';
import { charterKept } from '../../../src/cli/check-workflows.js';
import { documentKinds } from '../../../src/documents/document-kinds.js';
import { commandForms } from '../../../workflows/forms/commands.js';
import { baseContext, chart, stage, type ChartState } from '../../../workflows/patterns/chart.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { machineFor, workflows } from '../../../workflows/registry.js';
import { versionMoves } from '../../../workflows/version-moves.js';
import { calendar } from './case-in-memory.js';
import type { BaseContext, DutyRule, Role, StageMeta } from '../../../workflows/vocabulary.js';

const pinned = policyPack('jinan-2011-61');
const { pack } = pinned;
const commands = new Set(Object.keys(commandForms));
const kinds = new Set<string>(Object.keys(documentKinds));

const clerk: DutyRule = { side: 'unit', org: 'hrss', role: 'unit.clerk', commands: ['submit'] };
const working = (over: Partial<StageMeta> = {}): StageMeta => ({
  stage: 'work', words: { zh: '办理', en: 'Work' }, clauses: ['C-7.7'], visibility: 'both', term: 'plan.registered', duties: [clerk], ...over,
});
const end = stage({
  stage: 'end', words: { zh: '办结', en: 'End' }, clauses: ['C-7.7'], visibility: 'both', duties: [], final: { outcome: 'end', words: { zh: '办结', en: 'End' } },
});
const submit = { submit: { target: 'end' } };

type Guards = Record<string, (c: BaseContext, e: any) => boolean>;

/** Checks a chart of a few states; `kinds` of what is wrong with it, and where. */
function check(states: Record<string, ChartState>, { guards = {}, initial = 'work', model = plainModel(modelInput(pack)), charter }: { guards?: Guards; initial?: string; model?: ChartModel; charter?: string | null } = {}) {
  const machine = chart<BaseContext & { tries: number }>({
    id: 'toy', context: (input) => ({ ...baseContext(input), tries: 0 }), guards, sets: { tried: (c) => ({ tries: c.tries + 1 }) }, root: { initial, states },
  });
  return checkChart({ machine, pack, commands, documentKinds: kinds, model, charter });
}
const wrong = (...args: Parameters<typeof check>): string[] => check(...args).violations.map((v) => [v.kind, v.place, v.what].filter(Boolean).join(' '));

describe('the charts as they are shipped', () => {
  it.each(workflows.flatMap((w) => Object.keys(w.versions).map((v) => [w.id, Number(v)] as const)))('%s.v%d: no case can be forgotten, every command is taken, an end is always in reach, and what people agreed on is kept (else: npm run charter:workflows, and read what changed)', (workflow, version) => {
    const report = checkChart({
      machine: machineFor(workflow, version, pinned), pack, commands, documentKinds: kinds, model: modelOf(workflow, version, pack), charter: charterKept(workflow, version, pinned.id),
    });
    expect(report.violations).toEqual([]);
    expect(report.configurations).toBeGreaterThan(100);
    // Wherever a case can be, a way to another version takes it along whole, or says by name that it does not.
    for (const move of versionMoves.filter((one) => one.workflow === workflow && one.from === version)) {
      expect(checkMove({ move, machineOf: (v) => machineFor(workflow, v, pinned), pack, calendar, places: report.graph!.places })).toEqual([]);
    }
  });
});

describe('a chart with one fault is told by its name', () => {
  it('a sound chart has none', () => {
    expect(wrong({ work: stage(working(), { on: submit }), end })).toEqual([]);
  });

  it('a stage nobody can get to', () => {
    expect(wrong({ work: stage(working(), { on: submit }), island: stage(working({ stage: 'island', duties: [] })), end })).toContain('unreachable-stage island');
  });

  it('a dead end, with the shortest way into it, in both languages', () => {
    const { violations } = check({
      work: stage(working({ duties: [{ ...clerk, commands: ['submit', 'withdraw'] }] }), { on: { ...submit, withdraw: { target: 'trap' } } }),
      trap: stage(working({ stage: 'trap', duties: [{ ...clerk, commands: ['report'] }] }), { on: { report: { target: 'trap' } } }), end,
    });
    expect(violations).toEqual([expect.objectContaining({ kind: 'no-end', place: 'trap', path: ['case.opened', 'withdraw'] })]);
    expect(violations[0]!.sentence).toEqual({ zh: '到了 trap 就再也办不结', en: 'from trap no end can be reached' });
  });

  it('a case without a task whose only term has fired: no more wakes it', () => {
    const { violations } = check({ work: stage(working({ duties: [], powers: [clerk] }), { on: submit }), end });
    expect(violations).toEqual([expect.objectContaining({ kind: 'nobody-acts', place: 'work', path: ['case.opened', 'term.plan.registered.due'] })]);
  });

  it('a duty of nobody: no role, or an organisation the case does not have', () => {
    expect(wrong({ work: stage(working({ duties: [{ ...clerk, role: undefined }] }), { on: submit }), end })).toContain('no-owner work submit');
    expect(wrong({ work: stage(working({ duties: [{ ...clerk, role: 'mayor' as Role }] }), { on: submit }), end })).toContain('no-owner work submit');
    expect(wrong({ work: stage(working({ duties: [{ ...clerk, org: 'court' as never }] }), { on: submit }), end })).toContain('no-owner work submit');
  });

  it('a missing clause, a clause of no pack, a chain of no pack, a name in one language only', () => {
    expect(wrong({ work: stage(working({ clauses: [] }), { on: submit }), end })).toEqual(['no-clause work']);
    expect(wrong({ work: stage(working({ clauses: ['C-99.1'] }), { on: submit }), end })).toEqual(['unknown-clause work C-99.1']);
    expect(wrong({ work: stage(working({ duties: [{ side: 'unit', org: 'hrss', chain: 'none', commands: ['submit'] }] }), { on: submit }), end })).toContain('unknown-chain work none');
    expect(wrong({ work: stage(working({ words: { zh: '办理', en: '' } }), { on: submit }), end })).toEqual(['no-words work']);
  });

  it('no term and no reason, or a term the pack does not have', () => {
    expect(wrong({ work: stage(working({ term: undefined }), { on: submit }), end })).toEqual(['no-term work']);
    expect(wrong({ work: stage(working({ term: 'plan.never' }), { on: submit }), end })).toEqual(['unknown-term work plan.never']);
  });

  it('a command without a form', () => {
    expect(wrong({ work: stage(working({ duties: [{ ...clerk, commands: ['submit', 'wave'] }] }), { on: { ...submit, wave: { target: 'end' } } }), end })).toEqual(['no-form work wave']);
  });

  it('a button that never works: no transition, or a guard nothing satisfies', () => {
    const duties = [{ ...clerk, commands: ['submit', 'report'] }];
    expect(wrong({ work: stage(working({ duties }), { on: submit }), end })).toEqual(['dead-command work report']);
    expect(wrong({ work: stage(working({ duties }), { on: { ...submit, report: { target: 'end', guard: 'never' } } }), end }, { guards: { never: () => false } })).toEqual(['dead-command work report']);
  });

  it('a paper of no kind, an effect and a guard that do not exist', () => {
    const action = (type: string, kind: string) => ({ submit: { target: 'end', actions: [{ type, params: { kind, visibleTo: 'both' } }] } }) as never;
    expect(wrong({ work: stage(working(), { on: action('issueDocument', 'loveLetter') }), end })).toEqual(['unknown-document work loveLetter']);
    expect(wrong({ work: stage(working(), { on: action('sendPigeon', '') }), end })).toEqual(['unknown-action work sendPigeon']);
    expect(wrong({ work: stage(working(), { on: { submit: { target: 'end', guard: 'lucky' } } }), end })).toEqual(['unknown-guard work lucky']);
  });

  it('transitions that never come to rest, at the opening and in mid-course', () => {
    const loop: Record<string, ChartState> = { ping: { always: [{ target: 'pong' }] }, pong: { always: [{ target: 'ping' }] } };
    expect(wrong({ ...loop, end }, { initial: 'ping' })).toContain('eventless-loop toy');
    expect(wrong({ work: stage(working({ duties: [{ ...clerk, commands: ['submit', 'recall'] }] }), { on: { ...submit, recall: { target: 'ping' } } }), ...loop, end })).toContain('eventless-loop work');
  });

  it('a stage entered without its mark: its term would not be armed again', () => {
    const bare: ChartState = { meta: working({ stage: 'bare' }), on: submit };
    expect(wrong({ work: stage(working(), { on: { submit: { target: 'bare' } } }), bare, end })).toContain('not-entered bare');
  });

  it('a stage entered that is not on the trail, or left without its mark: returns would lead astray, nobody could say who had the case how long', () => {
    const work = stage(working(), { on: { submit: { target: 'next' } } });
    const next = stage(working({ stage: 'next' }), { on: submit });
    expect(wrong({ work, next: { ...next, entry: next.entry!.slice(0, 1) }, end })).toContain('not-on-trail next');
    expect(wrong({ work: { ...work, entry: work.entry!.slice(0, 1) }, next, end })).toContain('not-on-trail work');
    expect(wrong({ work: { ...work, exit: [] }, next, end })).toContain('not-left work');
  });

  it('one term for two stages at the same time', () => {
    const half = (name: string): ChartState => ({ initial: 'on', states: { on: stage(working({ stage: name }), { on: { submit: { target: '#done' } } }) } });
    expect(wrong({ both: { type: 'parallel', states: { a: half('a'), b: half('b') } }, end: { ...end, id: 'done' } }, { initial: 'both' })).toContain('term-twice a+b plan.registered');
  });

  it('a confirmation taken from the person who proposed it', () => {
    const model = { ...plainModel(modelInput(pack)), variations: { submit: () => [{ samePerson: true }] } };
    expect(wrong({ work: stage(working(), { on: submit }), end }, { model })).toEqual(['one-person work submit']);
    const second = { work: stage(working(), { on: { submit: { target: 'end', guard: 'second' } } }), end };
    const both = { ...model, variations: { submit: () => [{ by: { person: 'q' } }, { samePerson: true }] } };
    expect(wrong(second, { model: both, guards: { second: (_c, e) => e.by.person === 'q' } })).toEqual([]);
  });

  it('a step that throws', () => {
    expect(wrong({ work: stage(working(), { on: { submit: { target: 'end', guard: 'broken' } } }), end }, { guards: { broken: () => { throw new Error('boom'); } } })[0]).toMatch(/^step-fails work .*boom/);
  });

  it('a guard that reads what the model does not tell apart: the check says that it proves nothing', () => {
    const blind = { ...plainModel(modelInput(pack)), facts: () => null };
    expect(wrong({ work: stage(working(), { on: { submit: { target: 'end', guard: 'fresh' } } }), end }, { model: blind, guards: { fresh: (c) => c.content === null } })).toEqual(['unseen-fact toy content']);
  });

  it('a fact that grows without bound: the check says that it was not finished', () => {
    const growing = { work: stage(working({ duties: [{ ...clerk, commands: ['submit', 'report'] }] }), { on: { ...submit, report: { actions: [{ type: 'set.tried' as const }] } } }), end };
    expect(wrong(growing)).toEqual(['too-large toy 20000']);
  });
});

describe('a sound chart that does something else than people agreed on', () => {
  const agreed = { work: stage(working({ duties: [{ ...clerk, commands: ['submit', 'report'] }] }), { on: { ...submit, report: { target: 'end', guard: 'second' } } }), end };
  const guards: Guards = { second: (_c, e) => e.by.person === 'q' };
  const model = { ...plainModel(modelInput(pack)), variations: { report: () => [{}, { label: '另一人', by: { person: 'q' } }] } };
  const charter = check(agreed, { guards, model }).charter!;
  const held = (states: Record<string, ChartState>, over: { guards?: Guards; charter?: string | null } = {}): string[] => wrong(states, { guards, model, charter, ...over });

  it('keeps its charter, and without one nobody has said what it ought to do', () => {
    expect(held(agreed)).toEqual([]);
    expect(held(agreed, { charter: null })).toEqual(['no-charter toy']);
  });

  it('somebody else decides: the old promise is broken, the new one was never made', () => {
    const widened = { ...agreed, work: { ...agreed.work, meta: { ...agreed.work.meta!, duties: [{ ...clerk, role: 'auditor' as Role, commands: ['submit', 'report'] }] } } };
    expect(held(widened)).toEqual(expect.arrayContaining([
      'promise-broken work duty side=unit org=hrss role=unit.clerk commands=submit,report', 'not-promised work report · auditor@hrss ✗', 'promise-broken work submit · unit.clerk@hrss → end (ends: end) | leaves work',
    ]));
  });

  it('a condition is gone: what was refused is taken', () => {
    expect(held(agreed, { guards: { second: () => true } })).toEqual(['promise-broken work report · unit.clerk@hrss ✗', 'not-promised work report · unit.clerk@hrss → end (ends: end) | leaves work']);
  });

  it('a step asks for something nobody agreed on', () => {
    const told = { ...agreed, work: { ...agreed.work, on: { ...agreed.work.on, submit: { target: 'end', actions: [{ type: 'notify' as const, params: { template: 'returned', to: 'clerk' as const } }] } } } };
    expect(held(told)).toEqual(['promise-broken work submit · unit.clerk@hrss → end (ends: end) | leaves work', 'not-promised work submit · unit.clerk@hrss → end (ends: end) | leaves work; notify(template:returned to:clerk)']);
  });
});
