import type { CaseInput } from '../../../workflows/vocabulary.js';
import { firstStep, nextStep, type Step } from '../case-step.js';
import type { ChartSubject } from '../model-check.js';
import type { ChartNode } from './chart-structure.js';
import { possibleEvents, type Possible } from './possible-events.js';
import { ReadFacts } from './read-facts.js';
import type { Violations } from './violation.js';

/** A configuration and the shortest way to it. */
export interface Place {
  step: Step;
  /** Which of the model's instants it is. */
  instant: number;
  fired: string[];
  awaited: string[];
  from: Place | null;
  label: string;
  /** Where one event leads to. */
  next: Set<Place>;
}

export interface Graph {
  places: Place[];
  transitions: number;
  /** Offers (`stage/command`) the chart has taken somewhere. */
  taken: Set<string>;
  complete: boolean;
}

/** Charts of an office have thousands of configurations; more means that a fact grows without bound. */
const MOST_PLACES = 20_000;

/** The events of the shortest way to a configuration. */
export function pathTo(place: Place): string[] {
  const labels: string[] = [];
  for (let at: Place | null = place; at; at = at.from) labels.push(at.label);
  return labels.reverse();
}

/** The names of the stages a configuration is in, for a sentence. */
export const standingIn = (place: Place): string => place.step.stages.map((s) => s.stage).join('+') || JSON.stringify((place.step.state.snapshot as { value: unknown }).value);

const stagesOf = ({ step }: Pick<Place, 'step'>): Set<string> => new Set(step.stages.map((s) => s.stage));

/** Breadth first from every input, so that the first way found is a shortest one. */
export function walkChart({ machine, model }: ChartSubject, nodes: ChartNode[], found: Violations): Graph {
  const facts = new ReadFacts(machine, model);
  const takesOpen = nodes.some((node) => node.events.includes('open'));
  const timeless = (stages: ReadonlySet<string>): boolean => model.timeless?.(stages) ?? false;
  const known = new Map<string, Place>();
  const graph: Graph = { places: [], transitions: 0, taken: new Set(), complete: false };

  const reach = (at: Omit<Place, 'next'>): Place => {
    const { snapshot } = at.step.state as { snapshot: { value: unknown } };
    const stages = stagesOf(at);
    const instant = timeless(stages) ? '' : at.instant;
    const key = `${JSON.stringify(snapshot.value)}|${instant}|${at.fired}|${at.awaited}|${facts.of(at.step.context, stages)}`;
    const before = known.get(key);
    if (before) return before;
    const place: Place = { ...at, next: new Set() };
    known.set(key, place);
    graph.places.push(place);
    return place;
  };

  const run = (where: string, path: () => string[], step: () => Step | null): Step | null => {
    try {
      const taken = step();
      // XState keeps an error of the opening in the snapshot and throws every other.
      const { status, error } = (taken?.state.snapshot ?? {}) as { status?: string; error?: unknown };
      if (status === 'error') throw error;
      return taken;
    } catch (error) {
      const message = (error as Error).message.replace(/\s+/g, ' ');
      const looped = message.startsWith('Infinite loop');
      found.add(looped ? 'eventless-loop' : 'step-fails', where, looped ? '' : message, path());
      return null;
    }
  };

  const open = (input: CaseInput): void => {
    const label = input.detail.amends === undefined ? 'case.opened' : 'case.opened（方案调整）';
    const step = run(machine.id, () => [label], () => firstStep(facts.machine, { ...input, now: model.instants[0]! }));
    if (step) reach({ step, instant: 0, fired: [], awaited: owed(step, []), from: null, label });
  };

  const send = (place: Place, one: Possible): void => {
    const path = (): string[] => [...pathTo(place), one.label];
    const step = run(standingIn(place), path, () => nextStep(facts.machine, place.step.state, one.event, 2));
    if (!step) return;
    graph.transitions += 1;
    if (one.offer !== null) graph.taken.add(one.offer);
    if (one.samePerson) found.add('one-person', one.offer?.split('/')[0] || standingIn(place), one.event.type, path());
    entriesMarked(place, step, path, found);
    place.next.add(reach({
      step, instant: place.instant, fired: firedAfter(place, step, one.event.type), awaited: owed(step, place.awaited.filter((a) => a !== one.settles)), from: place, label: one.label,
    }));
  };

  model.inputs.forEach(open);
  for (let index = 0; index < graph.places.length; index += 1) {
    const place = graph.places[index]!;
    if (graph.places.length > MOST_PLACES) {
      found.add('too-large', machine.id, String(MOST_PLACES));
      return graph;
    }
    // Nothing moves a case that has ended but a right to wake it.
    if (place.step.final && place.step.powers.length === 0) continue;
    const at = model.instants[place.instant]!;
    for (const one of possibleEvents({ ...place, at }, model, takesOpen)) send(place, one);
    if (!place.step.final && place.instant + 1 < model.instants.length && !timeless(stagesOf(place)) && !model.still?.(place.step.context)) {
      place.next.add(reach({ ...place, instant: place.instant + 1, from: place, label: `（到 ${model.instants[place.instant + 1]!.slice(0, 10)}）` }));
    }
  }
  for (const name of facts.unseen) found.add('unseen-fact', machine.id, name);
  graph.complete = true;
  return graph;
}

/** What the system itself will answer for once this step is written: it comes back as an event. */
function owed(step: Step, before: string[]): string[] {
  if (step.final) return [];
  const asked = step.effects.flatMap(({ type, params }) => {
    if (type === 'issueDocument' && params.then === true) return [`document:${String(params.kind)}`];
    if (type === 'openCase') return [`case:${String(params.workflow)}`];
    return type === 'archiveCase' ? ['archive:'] : [];
  });
  return [...before, ...asked].sort();
}

/** A term that has fallen due does not wake the case again until its stage is entered anew; where somebody has a duty it need not. */
function firedAfter(place: Place, step: Step, event: string): string[] {
  const idle = step.stages.filter((s) => s.term !== undefined && !step.entered.includes(s.stage) && !step.duties.some((d) => d.stage === s.stage));
  return idle.map((s) => s.term!).filter((term) => event === `term.${term}.due` || place.fired.includes(term)).sort();
}

/** A stage that is new, or was left and entered in one step, must be marked as entered: terms and tasks hang on that mark. */
function entriesMarked(place: Place, step: Step, path: () => string[], found: Violations): void {
  const before = new Set(place.step.stages.map((s) => s.stage));
  for (const { stage } of step.stages) {
    if ((!before.has(stage) || step.left.includes(stage)) && !step.entered.includes(stage)) found.add('not-entered', stage, '', path());
  }
}
