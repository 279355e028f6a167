import { assign, createMachine, raise, type AnyStateMachine } from 'xstate';
import type { BaseContext, CaseInput, CommandEvent, EffectParams, EffectType, GroupMeta, MarkParams, MarkType, Moves, StageMeta } from '../vocabulary.js';
import { effectTypes, markTypes } from '../vocabulary.js';

type NamedAction =
  | { [T in EffectType]: { type: T; params: EffectParams[T] } }[EffectType]
  | { [M in MarkType]: { type: M; params: MarkParams[M] } }[MarkType]
  | { type: 'sendDeferred'; params: Record<string, never> }
  | { type: `set.${string}`; params?: Record<string, unknown> };

export interface ChartTransition {
  /** Several where a transition enters several regions. */
  target?: string | string[];
  guard?: string | { type: string; params?: Record<string, unknown> };
  actions?: NamedAction[];
  reenter?: boolean;
}

export interface ChartState {
  type?: 'parallel' | 'history';
  history?: 'deep';
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
 * belong to *entering* a state. A term's own events are answered here, once for all states. A state in which a case has ended is no
 * final state of XState's, which nothing could ever leave: a closed case may be woken.
 */
export function stage(meta: StageMeta, config: Omit<ChartState, 'meta'> = {}): ChartState {
  const on = { ...config.on };
  if (meta.term && !meta.final) {
    on[`term.${meta.term}.due`] ??= { actions: [{ type: 'notify', params: { template: 'overdue', to: 'carriers' } }] };
    on[`term.${meta.term}.remind`] ??= { actions: [{ type: 'notify', params: { template: 'reminder', to: 'carriers' } }] };
  }
  return {
    ...config,
    on,
    meta,
    entry: [{ type: 'enter', params: { stage: meta.stage } }, { type: 'set.entered', params: { stage: meta.stage } }, ...(config.entry ?? [])],
    exit: [
      ...(config.exit ?? []), ...(meta.signers ? [{ type: 'set.signersDropped' as const, params: { stage: meta.stage } }] : []),
      { type: 'leave', params: { stage: meta.stage } },
    ],
  };
}

/** A state without a stage of its own, named for pictures: a region that runs beside others, or a place where nothing is to do. */
export const named = (zh: string, en: string, config: Omit<ChartState, 'meta'>): ChartState => ({ meta: { words: { zh, en }, powers: [] }, ...config });

/** The context every chart shares. */
export function baseContext(input: CaseInput): BaseContext {
  const { detail: _detail, ...facts } = input;
  return { ...facts, ...noMoves, content: null, contentOrdinal: 0, submittedBy: null, trail: [], documents: [], lastRefusal: null };
}

/** A case nobody has moved beside its procedure. */
const noMoves = { holding: [], signers: [], deferred: null, jump: null, skipped: [], goesBack: null } satisfies Moves;

const inert = (name: string) => () => {
  throw new Error(`'${name}' is a mark for the engine; a chart never runs it`);
};

/**
 * A pure XState machine from a chart's definition. Actions named for effects and marks are inert: `transition()` returns them as data.
 * Where a case has been, who sent it in, and the result of an issued or refused document are recorded by every chart in the same way.
 */
export function chart<C extends BaseContext>(definition: ChartDefinition<C>): AnyStateMachine {
  const actions: Record<string, unknown> = {};
  for (const name of [...effectTypes, ...markTypes]) actions[name] = inert(name);
  actions.sendDeferred = raise((({ context }: { context: C }) => context.deferred!.event) as never);
  const sets: ChartDefinition<C>['sets'] = {
    entered: (context, _event, { stage: name }) => ({ trail: [...context.trail.filter((s) => s !== name), String(name)] }) as Partial<C>,
    sentIn: (_context, event) => ({ submittedBy: event.by.person }) as Partial<C>,
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
