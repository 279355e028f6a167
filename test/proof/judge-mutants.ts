import { createHash } from 'node:crypto';
import { checkChart, type ChartSubject } from '../../src/engine/model-check.js';
import { modelOf } from '../../src/engine/model-check/models.js';
import type { ViolationKind } from '../../src/engine/model-check/violation.js';
import type { EarlierWalk, Edge, Place } from '../../src/engine/model-check/walk-chart.js';
import type { Possible } from '../../src/engine/model-check/possible-events.js';
import { besideStep, type Step } from '../../src/engine/case-step.js';
import { SIGNING } from '../../workflows/patterns/added-signers.js';
import { documentKinds } from '../../src/documents/document-kinds.js';
import { commandForms } from '../../workflows/forms/commands.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import { machineFor } from '../../workflows/registry.js';
import { everyNode, partsOf, putTogether, type ChartParts } from './chart-parts.js';
import { mutationsOf, type Mutation } from './mutations.js';

/** Which parts of the proof see a mutation, and whether it changes anything at all. */
export interface Verdict {
  mutation: string;
  operator: string;
  chart: string;
  structure: boolean;
  walk: boolean;
  charter: boolean;
  /** Some step of the walk comes to something else, or a state says something else of itself. */
  differs: boolean;
}

const STRUCTURE: readonly ViolationKind[] = ['no-words', 'no-clause', 'unknown-clause', 'unknown-chain', 'no-form', 'no-term', 'unknown-term', 'unknown-document', 'unknown-action', 'unknown-guard'];
const CHARTER: readonly ViolationKind[] = ['promise-broken', 'not-promised'];

/** A mutant with more configurations than this many times the sound chart's has a fact that grows without bound. */
const MANY_TIMES = 3;

/** Everything a step comes to, its facts included, as one short text: two steps of one print are the same in every respect. */
function printOf(step: Step | null): string {
  if (step === null) return '';
  const { state, entered, left, marks, effects, duties, powers, final } = step;
  return createHash('sha1').update(JSON.stringify([state.snapshot, entered, left, marks, effects, duties, powers, final])).digest('base64');
}

/** States active in a configuration, from the root down. */
function activeIn(value: unknown, path: string): string[] {
  if (typeof value === 'string') return [path, `${path}.${value}`];
  return [path, ...Object.entries(value as Record<string, unknown>).flatMap(([key, below]) => activeIn(below, `${path}.${key}`))];
}

/** Stages entered by a step, those passed through at once too: they are the last of the trail. */
function enteredBy(before: readonly string[], after: readonly string[]): string[] {
  let kept = 0;
  while (kept < after.length) {
    const tail = new Set(after.slice(kept));
    if (before.filter((stage) => !tail.has(stage)).length === kept) break;
    kept += 1;
  }
  return after.slice(kept);
}

/** A chart as it is shipped, walked once, against which every mutant is held. */
export class SoundChart {
  readonly mutations: Mutation[];
  readonly #parts: ChartParts;
  readonly #subject: ChartSubject;
  readonly #charter: string;
  readonly #places: Map<string, Place>;
  readonly #prints = new Map<Edge, string>();
  readonly #active = new Map<Place, Set<string>>();
  /** Stages an event left, entered or passed through at once, by their states. */
  readonly #marked = new Map<Possible, string[]>();
  readonly #near = new Map<Place, Set<string>>();
  readonly #facts: NonNullable<EarlierWalk['facts']>;
  readonly #nodeOfStage = new Map<string, string>();

  constructor(readonly workflow: string, readonly version: number, packId: string) {
    const pinned = policyPack(packId);
    const machine = machineFor(workflow, version, pinned);
    this.#subject = { machine, pack: pinned.pack, commands: new Set(Object.keys(commandForms)), documentKinds: new Set(Object.keys(documentKinds)), model: modelOf(workflow, version, pinned.pack) };
    this.#parts = partsOf(machine, this.#subject.commands, this.#subject.documentKinds);
    this.mutations = mutationsOf(machine.id, this.#parts, pinned.pack);
    for (const { name, node } of everyNode(this.#parts.root, machine.id)) if (node.meta?.stage) this.#nodeOfStage.set(node.meta.stage, name);
    const prints = new Map<Possible, string>();
    const report = checkChart(this.#subject, {
      facts: undefined, most: Infinity, place: () => undefined, anew: (step) => step, near: () => true, touches: () => true,
      tried: (place, one, step) => {
        prints.set(one, printOf(step));
        const stages = step === null ? [] : new Set([...step.entered, ...step.left, ...enteredBy(place.step.context.trail, step.context.trail)]);
        this.#marked.set(one, [...stages].map((stage) => this.#nodeOfStage.get(stage)!));
      },
    });
    if (report.violations.length > 0 || report.charter === null) throw new Error(`${workflow}.v${version} is not sound itself: ${report.violations[0]?.sentence.en}`);
    this.#charter = report.charter;
    this.#facts = report.graph!.facts;
    this.#places = new Map(report.graph!.places.map((place) => [place.key, place]));
    for (const place of report.graph!.places) {
      this.#active.set(place, new Set(activeIn((place.step.state.snapshot as { value: unknown }).value, machine.id)));
      for (const edge of place.edges) this.#prints.set(edge, prints.get(edge.one)!);
    }
    for (const place of report.graph!.places) {
      const marked = place.edges.flatMap(({ one }) => this.#marked.get(one)!);
      this.#near.set(place, new Set([...this.#active.get(place)!, ...marked, ...[...place.next].flatMap((to) => [...this.#active.get(to)!])]));
    }
  }

  /** Whether a step was in a state, came to it or passed through it. */
  #through(place: Place, edge: Edge, node: string): boolean {
    return this.#active.get(place)!.has(node) || (edge.to !== null && this.#active.get(edge.to)!.has(node)) || this.#marked.get(edge.one)!.includes(node);
  }

  judge({ operator, name, touches: all, change }: Mutation): Verdict {
    const parts: ChartParts = { ...partsOf(this.#subject.machine, this.#subject.commands, this.#subject.documentKinds) };
    change(parts);
    const touches = all.filter(({ part }) => part !== 'said');
    const stages = new Set([...this.#nodeOfStage.values()]);
    // States that are nobody's stage may be passed through without a trace.
    const everywhere = touches.some(({ node, part }) => part === 'inside' || (part !== 'meta' && part !== 'offers' && !part.startsWith('on:') && !stages.has(node)));
    const altered = touches.filter(({ part }) => part === 'meta' || part === 'offers').map(({ node }) => node);
    const machine = putTogether(parts);
    let [differs, fails] = [false, false];
    const earlier: EarlierWalk = {
      facts: this.#facts,
      most: MANY_TIMES * this.#places.size,
      place: (key) => this.#places.get(key),
      anew: (step) => {
        if (altered.length === 0 || !activeIn((step.state.snapshot as { value: unknown }).value, this.#subject.machine.id).some((node) => altered.includes(node))) return step;
        try {
          const { stages: standing, duties, powers, final } = besideStep(machine, step.state, { type: '', at: step.context.now });
          differs ||= JSON.stringify([duties, powers, final]) !== JSON.stringify([step.duties, step.powers, step.final]);
          return { ...step, stages: standing, duties, powers, final };
        } catch {
          // The step that leads here fails the same way: the walk would say so.
          fails = true;
          return step;
        }
      },
      near: (place) => everywhere || touches.some(({ node }) => this.#near.get(place)!.has(node)),
      touches: (place, edge) => everywhere || touches.some(({ node, part }) => this.#touched(place, edge, node, part)),
      tried: (_place, _one, step, known) => { differs ||= known === undefined || printOf(step) !== this.#prints.get(known); },
    };
    const report = checkChart({ ...this.#subject, machine, commands: parts.commands, documentKinds: parts.documentKinds, charter: this.#charter }, earlier);
    const kinds = new Set(report.violations.map(({ kind }) => kind));
    const structure = STRUCTURE.some((kind) => kinds.has(kind));
    const charter = CHARTER.some((kind) => kinds.has(kind));
    const walk = fails || [...kinds].some((kind) => !STRUCTURE.includes(kind) && !CHARTER.includes(kind));
    return { mutation: name, operator, chart: `${this.workflow}.v${this.version}`, structure, walk, charter, differs: differs || structure || charter || walk };
  }

  #touched(place: Place, edge: Edge, node: string, part: string): boolean {
    // Who is offered something changes no step; only a term that falls due asks whether anybody has a duty.
    if (part === 'offers') return this.#active.get(place)!.has(node) && edge.one.event.type.startsWith('term.');
    if (part === 'entry' || part === 'exit') return this.#marked.get(edge.one)!.includes(node);
    if (!part.startsWith('on:')) return this.#through(place, edge, node);
    if (!this.#active.get(place)!.has(node)) return false;
    // A decision that waited is sent on as the last to sign after it agrees or is removed.
    const { type } = edge.one.event;
    return part === `on:${type}` || part === 'on:deferDecision' || SIGNING.includes(type) || type === 'removeSigner';
  }
}
