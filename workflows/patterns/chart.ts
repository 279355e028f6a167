import { assign, createMachine, type AnyStateMachine } from 'xstate';
import type { BaseContext, CaseInput, CommandEvent, EffectParams, EffectType, GroupMeta, MarkParams, MarkType, StageMeta } from '../vocabulary.js';
import { effectTypes, markTypes } from '../vocabulary.js';

type NamedAction =
  | { [T in EffectType]: { type: T; params: EffectParams[T] } }[EffectType]
  | { [M in MarkType]: { type: M; params: MarkParams[M] } }[MarkType]
  | { type: `set.${string}`; params?: Record<string, unknown> };

export interface ChartTransition {
  target?: string;
  guard?: string | { type: string; params?: Record<string, unknown> };
  actions?: NamedAction[];
  reenter?: boolean;
}

export interface ChartState {
  type?: 'parallel' | 'final';
  initial?: string;
  id?: string;
  meta?: StageMeta | GroupMeta;
  states?: Record<string, ChartState>;
  on?: Record<string, ChartTransition | ChartTransition[]>;
  always?: ChartTransition[];
  onDone?: ChartTransition;
  entry?: NamedAction[];
  exit?: NamedAction[];
}

export interface ChartDefinition<C extends BaseContext> {
  id: string;
  context: (input: CaseInput) => C;
  root: ChartState;
  guards: Record<string, (context: C, event: CommandEvent, params: Record<string, unknown>) => boolean>;
  /** Named changes of the context, used as `set.<name>`. */
  sets: Record<string, (context: C, event: CommandEvent, params: Record<string, unknown>) => Partial<C>>;
}

/**
 * A state people see: its marks on entry and exit let the engine tell an entry from a mere change, so that terms and tasks
 * belong to *entering* a state. A term's own events are answered here, once for all states.
 */
export function stage(meta: StageMeta, config: Omit<ChartState, 'meta'> = {}): ChartState {
  const on = { ...config.on };
  if (meta.term) {
    on[`term.${meta.term}.due`] ??= { actions: [{ type: 'notify', params: { template: 'overdue', to: 'carriers' } }] };
    on[`term.${meta.term}.remind`] ??= { actions: [{ type: 'notify', params: { template: 'reminder', to: 'carriers' } }] };
  }
  return {
    ...config,
    ...(meta.final ? { type: 'final' as const } : {}),
    on: meta.final ? undefined : on,
    meta,
    entry: [{ type: 'enter', params: { stage: meta.stage } }, ...(config.entry ?? [])],
    exit: meta.final ? undefined : [...(config.exit ?? []), { type: 'leave', params: { stage: meta.stage } }],
  };
}

/** A state without a stage of its own, named for pictures: a region that runs beside others, or a place where nothing is to do. */
export const named = (zh: string, en: string, config: Omit<ChartState, 'meta'>): ChartState => ({ meta: { words: { zh, en }, powers: [] }, ...config });

/** The context every chart shares. */
export function baseContext(input: CaseInput): BaseContext {
  const { detail: _detail, ...facts } = input;
  return { ...facts, content: null, contentOrdinal: 0, documents: [], lastRefusal: null };
}

const inert = (name: string) => () => {
  throw new Error(`'${name}' is a mark for the engine; a chart never runs it`);
};

/**
 * A pure XState machine from a chart's definition. Actions named for effects and marks are inert: `transition()` returns them as data.
 * The result of an issued or refused document is recorded by every chart in the same way.
 */
export function chart<C extends BaseContext>(definition: ChartDefinition<C>): AnyStateMachine {
  const actions: Record<string, unknown> = {};
  for (const name of [...effectTypes, ...markTypes]) actions[name] = inert(name);
  const sets: ChartDefinition<C>['sets'] = {
    documentIssued: (context, event) =>
      ({ documents: [...context.documents, event.document], lastRefusal: null }) as unknown as Partial<C>,
    documentRefused: (_context, event) => ({ lastRefusal: String(event.reason) }) as Partial<C>,
    ...definition.sets,
  };
  for (const [name, change] of Object.entries(sets)) {
    actions[`set.${name}`] = assign((({ context, event }: { context: C; event: CommandEvent }, params?: Record<string, unknown>) =>
      change(context, event, params ?? {})) as never);
  }
  const guards = Object.fromEntries(
    Object.entries(definition.guards).map(([name, test]) => [
      name,
      ({ context, event }: { context: C; event: CommandEvent }, params?: Record<string, unknown>) => test(context, event, params ?? {}),
    ]),
  );
  const { root } = definition;
  const config = {
    ...root,
    id: definition.id,
    context: ({ input }: { input: CaseInput }) => definition.context(input),
    on: {
      'document.issued': { actions: [{ type: 'set.documentIssued' }] },
      'document.refused': { actions: [{ type: 'set.documentRefused' }] },
      ...root.on,
    },
  };
  return createMachine(config as never, { actions, guards } as never) as unknown as AnyStateMachine;
}
