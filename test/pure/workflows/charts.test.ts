import { guardWords, listWords } from '../../../workflows/chart-words.js';
import { ASKING, SIGNING } from '../../../workflows/patterns/added-signers.js';
import { commandForms } from '../../../workflows/forms/commands.js';
import { effectTypes, markTypes, type GroupMeta, type StageMeta } from '../../../workflows/vocabulary.js';
import { currentVersion, machineFor, stepsOf, workflows } from '../../../workflows/registry.js';
import { pinned } from './walk.js';

const { pack } = pinned;
const statutory = ['plan.filing', 'programme.yearEnd', 'inspection.windowCloses'];
const worker = ['plan.ended', 'inspection.ended', 'acceptance.ended', 'case.archived', 'document.issued', 'document.refused'];
const asList = (value: unknown): any[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

interface Node { path: string; config: any; meta: StageMeta | undefined }

function nodesOf(config: any, path: string): Node[] {
  const meta = config.meta && 'stage' in config.meta ? (config.meta as StageMeta) : undefined;
  return [{ path, config, meta }, ...Object.entries(config.states ?? {}).flatMap(([key, child]) => nodesOf(child, `${path}.${key}`))];
}

const actionsIn = ({ config }: Node): any[] => [
  ...asList(config.entry), ...asList(config.exit), ...transitionsIn({ config } as Node).flatMap((t) => asList(t.actions)),
];
const transitionsIn = ({ config }: Node): any[] => [...Object.values(config.on ?? {}).flatMap(asList), ...asList(config.always)];

describe.each(workflows.flatMap((w) => Object.keys(w.versions).map((v) => [w.id, Number(v)] as const)))('%s.v%d', (id, version) => {
  const machine = machineFor(id, version, pinned);
  const nodes = nodesOf((machine as any).config, id);
  const stages = nodes.filter((n) => n.meta);
  const { guards, actions } = (machine as any).implementations;

  it('every stage says in both languages where the case stands, and by which clause', () => {
    for (const { path, meta } of stages) {
      expect([path, meta!.words.zh !== '' && meta!.words.en !== '' && meta!.clauses.length > 0]).toEqual([path, true]);
      for (const clause of meta!.clauses) expect([path, clause in pack.clauses]).toEqual([path, true]);
    }
    expect(new Set(stages.map((n) => n.meta!.stage)).size).toBe(stages.length);
  });

  it('every stage that is not final has a term of the pack, or says why it has none', () => {
    for (const { path, meta } of stages) {
      if (meta!.final) continue;
      const bounded = meta!.term ? meta!.term in pack.terms || statutory.includes(meta!.term) || meta!.term === 'plan.missed' : meta!.noTermBecause !== undefined;
      expect([path, bounded]).toEqual([path, true]);
    }
  });

  it('every command a duty or right names is taken by the chart and has a form', () => {
    const taken = new Set(nodes.flatMap((n) => Object.keys(n.config.on ?? {})));
    for (const { path, config } of nodes) {
      const rules = [...(config.meta?.duties ?? []), ...((config.meta as GroupMeta | undefined)?.powers ?? [])];
      for (const command of rules.flatMap((r: any) => r.commands)) {
        expect([path, command, taken.has(command), command in commandForms]).toEqual([path, command, true, true]);
      }
      for (const rule of rules) if (rule.chain) expect(rule.chain in pack.chains.default.value).toBe(true);
    }
  });

  it('every command the chart takes is offered to somebody, or is the clock’s or the worker’s', () => {
    const offered = new Set(nodes.flatMap((n) => [...(n.config.meta?.duties ?? []), ...(n.config.meta?.powers ?? [])]).flatMap((r: any) => r.commands));
    if (stages.some((n) => n.meta!.signers)) [...ASKING, ...SIGNING].forEach((command) => offered.add(command));
    for (const event of new Set(nodes.flatMap((n) => Object.keys(n.config.on ?? {})))) {
      // A decision that waits for signers is sent by the engine in the place of the decision.
      if (event.startsWith('term.') || event === 'open' || event === 'deferDecision') continue;
      expect([event, offered.has(event) || worker.includes(event)]).toEqual([event, true]);
    }
  });

  it('every guard, change, mark, effect and paper that is named exists', () => {
    for (const node of nodes) {
      for (const { guard } of transitionsIn(node)) {
        if (guard) expect([node.path, guard, (guard.type ?? guard) in guards]).toEqual([node.path, guard, true]);
      }
      for (const action of actionsIn(node)) {
        const known = action.type.startsWith('set.') || action.type === 'sendDeferred' ? action.type in actions : [...effectTypes, ...markTypes].includes(action.type);
        expect([node.path, action.type, known]).toEqual([node.path, action.type, true]);
        if (action.type === 'issueDocument') {
          expect([action.params.kind, action.params.kind in pack.documents]).toEqual([action.params.kind, true]);
        }
      }
    }
  });

  it('every condition, every list that carries duties and every region has words: a picture never shows a name of the program', () => {
    for (const node of nodes) {
      for (const { guard } of transitionsIn(node)) if (guard) expect([node.path, guard, (guard.type ?? guard) in guardWords]).toEqual([node.path, guard, true]);
      for (const { each, carriedBy } of [...(node.config.meta?.duties ?? []), ...(node.config.meta?.powers ?? [])]) {
        for (const list of [each, carriedBy]) if (list) expect([node.path, list, list in listWords]).toEqual([node.path, list, true]);
      }
      if (node.config.states && node.path !== id) expect([node.path, Boolean(node.config.meta?.words?.zh && node.config.meta.words.en)]).toEqual([node.path, true]);
    }
  });

  it('neither clock nor actor hides in the chart: no after, no delays, no invoke', () => {
    for (const { path, config } of nodes) expect([path, 'after' in config || 'invoke' in config]).toEqual([path, false]);
    expect(Object.keys((machine as any).implementations.delays ?? {})).toEqual([]);
  });

  it('the flow bar knows every stage of the main line', () => {
    const known = new Set(stepsOf(id, version).flatMap((s) => s.stages));
    const names = new Set(stages.map((n) => n.meta!.stage));
    for (const stage of known) expect([stage, names.has(stage)]).toEqual([stage, true]);
  });
});

describe('registry', () => {
  it('compiles a chart once per pack, and never guesses at an unknown version', () => {
    expect(machineFor('plan', 1, pinned)).toBe(machineFor('plan', 1, pinned));
    expect(machineFor('plan', 1, { ...pinned, hash: 'other' })).not.toBe(machineFor('plan', 1, pinned));
    expect(() => machineFor('plan', 99, pinned)).toThrow(/no workflow/);
    expect(() => machineFor('constructor', 1, pinned)).toThrow(/no workflow/);
    expect(currentVersion('acceptance')).toBe(1);
    // A second version is there to be ordered, not to happen by itself.
    expect(currentVersion('plan')).toBe(1);
  });
});
