import type { AnyStateMachine } from 'xstate';
import { effectTypes, markTypes, type DutyRule, type GroupMeta, type StageMeta } from '../../../workflows/vocabulary.js';
import { termRule } from '../pack-terms.js';
import type { ChartSubject } from '../model-check.js';
import type { Violations } from './violation.js';

interface NamedPart {
  type: string;
  params?: Record<string, unknown>;
}

interface Transition {
  guard?: string | NamedPart;
  actions?: NamedPart[];
}

/** A state of a chart as it was written. */
export interface ChartNode {
  path: string;
  meta: Partial<StageMeta> & Partial<GroupMeta>;
  events: string[];
  guards: string[];
  actions: NamedPart[];
}

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value as T]);

/** Every state of a chart with what it names, parents first. */
export function chartNodes(machine: AnyStateMachine): ChartNode[] {
  const below = (node: AnyStateMachine['root'], path: string): ChartNode[] => {
    const config = node.config as Record<string, any>;
    const transitions: Transition[] = [...Object.values(config.on ?? {}).flatMap((t) => listOf(t as Transition)), ...listOf(config.always), ...listOf(config.onDone)];
    return [
      {
        path, meta: config.meta ?? {}, events: Object.keys(config.on ?? {}),
        guards: transitions.flatMap(({ guard }) => (guard === undefined ? [] : [typeof guard === 'string' ? guard : guard.type])),
        actions: [...listOf<NamedPart>(config.entry), ...listOf<NamedPart>(config.exit), ...transitions.flatMap((t) => listOf(t.actions))],
      },
      ...Object.entries(node.states).flatMap(([key, child]) => below(child as AnyStateMachine['root'], `${path}.${key}`)),
    ];
  };
  return below(machine.root, machine.id);
}

/** The name of a state for people: its stage, or its place in the chart. */
export const nameOf = (node: ChartNode): string => node.meta.stage ?? node.path;

export const rulesOf = ({ meta }: ChartNode): DutyRule[] => [...(meta.duties ?? []), ...(meta.powers ?? [])];

/** What can be said of a chart without moving a case: names, clauses, terms, forms, papers. */
export function checkStructure(subject: ChartSubject, nodes: ChartNode[], found: Violations): void {
  const { guards, actions } = subject.machine.implementations;
  for (const node of nodes) {
    const place = nameOf(node);
    if (node.meta.stage !== undefined) checkStage(subject, node.meta as StageMeta, found);
    for (const rule of rulesOf(node)) {
      for (const command of rule.commands) if (!subject.commands.has(command)) found.add('no-form', place, command);
      if (rule.chain !== undefined && !(rule.chain in subject.pack.chains.default.value)) found.add('unknown-chain', place, rule.chain);
    }
    for (const guard of node.guards) if (!(guard in guards)) found.add('unknown-guard', place, guard);
    for (const { type, params } of node.actions) {
      const known = type.startsWith('set.') || type === 'sendDeferred' ? type in actions : ([...effectTypes, ...markTypes] as string[]).includes(type);
      if (!known) found.add('unknown-action', place, type);
      const kind = String(params?.kind);
      if (type === 'issueDocument' && !(kind in subject.pack.documents && subject.documentKinds.has(kind))) found.add('unknown-document', place, kind);
    }
  }
}

function checkStage({ pack, model }: ChartSubject, meta: StageMeta, found: Violations): void {
  const { stage } = meta;
  const named = [meta.words, ...(meta.final ? [meta.final.words] : []), ...(meta.noTermBecause ? [meta.noTermBecause] : [])];
  if (named.some((w) => !w.zh || !w.en)) found.add('no-words', stage);
  if (meta.clauses.length === 0) found.add('no-clause', stage);
  for (const clause of meta.clauses) if (!(clause in pack.clauses)) found.add('unknown-clause', stage, clause);
  if (!meta.final && !meta.term && !meta.noTermBecause && !meta.dueBy) found.add('no-term', stage);
  for (const term of [meta.term, meta.dueBy]) {
    if (term === undefined) continue;
    try {
      termRule(pack, term, model.inputs[0]!.dates);
    } catch {
      found.add('unknown-term', stage, term);
    }
  }
}
