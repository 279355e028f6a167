import type { CaseInput } from '../../../workflows/vocabulary.js';
import { firstStep, nextStep, restraintAt, type Step } from '../case-step.js';
import type { ChartSubject } from '../model-check.js';
import type { Charter } from './charter.js';
import type { ChartNode } from './chart-structure.js';
import { possibleEvents, type Possible } from './possible-events.js';
import { ReadFacts } from './read-facts.js';
import { heldBack, refused, stepTold, type Told } from './step-told.js';
import type { Violations } from './violation.js';

/** A configuration and the shortest way to it. */
export interface Place {
  /** What makes it another than any other: state, instant, what is awaited, and the facts the model tells apart. */
  key: string;
  step: Step;
  /** Which of the model's instants it is. */
  instant: number;
  fired: string[];
  awaited: string[];
  from: Place | null;
  label: string;
  /** Where one event leads to. */
  next: Set<Place>;
  /** Everything that was tried here, in the order of trying. */
  edges: Edge[];
}

/** One event tried in a configuration: what it did in words, and where it led: null where the chart refused it. */
export interface Edge {
  one: Possible;
  to: Place | null;
  told: Told;
}

export interface Graph {
  /** The cases of the model as they are opened. */
  openings: { label: string; told: Told }[];
  places: Place[];
  transitions: number;
  /** Offers (`stage/command`) the chart has taken somewhere. */
  taken: Set<string>;
  complete: boolean;
  /** What the model tells apart. */
  facts: ReadFacts;
}

/** A walk over a chart that differs from this one in few places: whatever the difference does not touch is taken from it. */
export interface EarlierWalk {
  facts: ReadFacts | undefined;
  /** Configurations after which it is given up: a chart that differs in few places has not many times as many. */
  most: number;
  place: (key: string) => Place | undefined;
  /** A configuration of the earlier walk with the duties and rights it has now; the very same where they are what they were. */
  anew: (step: Step) => Step;
  /** Whether anything that starts there may come to something else now. */
  near: (place: Place) => boolean;
  /** Whether trying this event there may come to something else now. */
  touches: (place: Place, edge: Edge) => boolean;
  /** Told of every event that was tried anew, with what it came to (null where it was refused), and what was known of it. */
  tried: (place: Place, one: Possible, step: Step | null, known: Edge | undefined) => void;
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

/** Breadth first from every input, so that the first way found is a shortest one. Everything that is tried goes to `charter`; only a walk beside an earlier one keeps it. */
export function walkChart({ machine, model }: ChartSubject, nodes: ChartNode[], found: Violations, charter: Charter, earlier?: EarlierWalk): Graph {
  const facts = new ReadFacts(machine, model, earlier?.facts);
  const takesOpen = nodes.some((node) => node.events.includes('open'));
  const timeless = (stages: ReadonlySet<string>): boolean => model.timeless?.(stages) ?? false;
  const known = new Map<string, Place>();
  const graph: Graph = { openings: [], places: [], transitions: 0, taken: new Set(), complete: false, facts };

  const keep = (key: string, at: Omit<Place, 'key' | 'next' | 'edges'>): Place => {
    const before = known.get(key);
    if (before) return before;
    const same = earlier?.place(key);
    const place: Place = { ...(same ? { ...same, step: earlier!.anew(same.step) } : at), key, from: at.from, label: at.label, next: new Set(), edges: [] };
    known.set(key, place);
    graph.places.push(place);
    return place;
  };

  const reach = (at: Omit<Place, 'key' | 'next' | 'edges'>): Place => {
    const { snapshot } = at.step.state as { snapshot: { value: unknown } };
    const stages = stagesOf(at);
    const instant = timeless(stages) ? '' : at.instant;
    return keep(`${JSON.stringify(snapshot.value)}|${instant}|${at.fired}|${at.awaited}|${facts.of(at.step.context, stages)}`, at);
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
    if (!step) return;
    graph.openings.push({ label, told: stepTold(null, step) });
    entriesMarked(null, step, () => [label], found);
    reach({ step, instant: 0, fired: [], awaited: owed(step, []), from: null, label });
  };

  const note = (place: Place, edge: Edge): void => {
    charter.add(place.instant, edge);
    if (earlier) place.edges.push(edge);
    if (edge.to === null) return;
    graph.transitions += 1;
    if (edge.one.offer !== null) graph.taken.add(edge.one.offer);
    place.next.add(edge.to);
  };

  const send = (place: Place, one: Possible, before?: Edge): void => {
    const path = (): string[] => [...pathTo(place), one.label];
    const step = run(standingIn(place), path, () => nextStep(facts.machine, place.step.state, one.event, 2));
    earlier?.tried(place, one, step, before);
    if (!step) {
      const held = place.step.final === null && !one.event.type.includes('.') && restraintAt(facts.machine, place.step.state, one.event) !== null;
      return note(place, { one, to: null, told: held ? heldBack : refused });
    }
    if (one.samePerson) found.add('one-person', one.offer?.split('/')[0] || standingIn(place), one.event.type, path());
    entriesMarked(place, step, path, found);
    note(place, {
      one, told: stepTold(place.step, step), to: reach({
        step, instant: place.instant, fired: firedAfter(place, step, one.event.type), awaited: owed(step, place.awaited.filter((a) => a !== one.settles)), from: place, label: one.label,
      }),
    });
  };

  /** A configuration that nothing has touched goes on as it did. */
  const takeOver = (place: Place, before: Place): void => {
    place.edges = before.edges;
    for (const edge of before.edges) {
      const { to, one } = edge;
      charter.add(place.instant, edge);
      if (to === null) continue;
      graph.transitions += 1;
      if (one.offer !== null) graph.taken.add(one.offer);
    }
    for (const to of before.next) place.next.add(keep(to.key, { ...to, from: place }));
  };

  const sendAll = (place: Place): void => {
    const before = earlier?.place(place.key);
    const possible = (): Possible[] => possibleEvents({ ...place, at: model.instants[place.instant]! }, model, takesOpen);
    if (before === undefined) return possible().forEach((one) => send(place, one));
    if (before.step === place.step && !earlier!.near(before)) return takeOver(place, before);
    const unseen = [...before.edges];
    for (const one of before.step === place.step ? before.edges.map((edge) => edge.one) : possible()) {
      const index = unseen.findIndex((edge) => edge.one === one || (edge.one.row === one.row && JSON.stringify(edge.one) === JSON.stringify(one)));
      const edge = index === -1 ? undefined : unseen.splice(index, 1)[0];
      if (edge === undefined || earlier!.touches(before, edge)) send(place, one, edge);
      else note(place, { ...edge, to: edge.to && keep(edge.to.key, { ...edge.to, from: place, label: one.label }) });
    }
  };

  model.inputs.forEach(open);
  const most = earlier?.most ?? MOST_PLACES;
  for (let index = 0; index < graph.places.length; index += 1) {
    const place = graph.places[index]!;
    if (graph.places.length > most) {
      found.add('too-large', machine.id, String(most));
      return graph;
    }
    sendAll(place);
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

/**
 * A stage that is new, or was left and entered in one step, must be marked as entered: terms and tasks hang on that mark, returns and jumps on
 * the trail. One that is no longer active must be marked as left: the record of who had the case how long hangs on that.
 */
function entriesMarked(place: Place | null, step: Step, path: () => string[], found: Violations): void {
  const [before, now] = [place === null ? new Set<string>() : stagesOf(place), stagesOf({ step })];
  const { trail } = step.context;
  const standing = new Set([...before].filter((stage) => now.has(stage) && !step.entered.includes(stage)));
  for (const stage of now) {
    const entered = step.entered.includes(stage);
    if ((!before.has(stage) || step.left.includes(stage)) && !entered) found.add('not-entered', stage, '', path());
    if (entered && (!trail.includes(stage) || trail.slice(trail.lastIndexOf(stage)).some((later) => standing.has(later)))) found.add('not-on-trail', stage, '', path());
  }
  for (const stage of before) if ((!now.has(stage) || step.entered.includes(stage)) && !step.left.includes(stage)) found.add('not-left', stage, '', path());
}
