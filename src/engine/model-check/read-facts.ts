import type { AnyStateMachine } from 'xstate';
import type { BaseContext } from '../../../workflows/vocabulary.js';
import type { ChartModel, Facts } from './chart-model.js';

/** The same for a case as long as it lives: no guard can tell two of its configurations apart by these. */
const constant = new Set(['now', 'caseId', 'caseNumber', 'year', 'unit', 'unitName', 'unitKind', 'orgs', 'chains', 'parent']);

/** More eventless steps in a row than any chart needs. */
const MOST_MICROSTEPS = 200;

/**
 * A chart and its model, listened to: which facts its guards read, and which of them the model tells apart. A guard that reads a fact
 * the model leaves out would be proven for one value only.
 */
export class ReadFacts {
  readonly machine: AnyStateMachine;
  readonly #guards = new Set<string>();
  readonly #model = new Set<string>();

  /** `earlier`: a walk over nearly the same chart, of which most is taken over without reading it anew. */
  constructor(machine: AnyStateMachine, private readonly model: ChartModel, earlier?: ReadFacts) {
    if (earlier) for (const name of earlier.#model) this.#model.add(name);
    const guards = Object.fromEntries(Object.entries(machine.implementations.guards).map(([name, guard]) => [
      name,
      typeof guard !== 'function' ? guard : (args: { context: BaseContext }, params: unknown) =>
        (guard as (args: unknown, params: unknown) => boolean)({ ...args, context: listened(args.context, this.#guards) }, params),
    ]));
    this.machine = machine.provide({ guards } as never);
    this.machine.options.maxIterations = MOST_MICROSTEPS;
  }

  /** The facts of a context as text. */
  of(context: BaseContext, stages: ReadonlySet<string>): string {
    return JSON.stringify(this.model.facts(listened(context, this.#model) as Facts, stages));
  }

  /** What guards have read and the model has not. */
  get unseen(): string[] {
    return [...this.#guards].filter((name) => !constant.has(name) && !this.#model.has(name));
  }
}

function listened<T extends object>(context: T, names: Set<string>): T {
  return new Proxy(context, {
    get: (target, name) => {
      if (typeof name === 'string') names.add(name);
      return Reflect.get(target, name);
    },
    ownKeys: (target) => {
      for (const name of Object.keys(target)) names.add(name);
      return Reflect.ownKeys(target);
    },
  });
}
