import { roles } from '../../../workflows/vocabulary.js';
import type { ChartNode } from './chart-structure.js';
import { offersOf } from './possible-events.js';
import type { Violations } from './violation.js';
import { pathTo, standingIn, type Graph, type Place } from './walk-chart.js';

/** What holds of all configurations together and of each one: reached, ended, owned, waking. */
export function judgeGraph(graph: Graph, nodes: ChartNode[], found: Violations): void {
  const reached = new Set(graph.places.flatMap((p) => p.step.stages.map((s) => s.stage)));
  for (const { meta } of nodes) if (meta.stage !== undefined && !reached.has(meta.stage)) found.add('unreachable-stage', meta.stage);
  for (const { offer, place, command } of offersOf(nodes)) if (!graph.taken.has(offer)) found.add('dead-command', place, command);
  const ending = placesThatEnd(graph.places);
  for (const place of graph.places) {
    if (!ending.has(place)) found.add('no-end', standingIn(place), '', pathTo(place));
    if (!place.step.final) judgePlace(place, found);
  }
}

/** Every configuration from which some way leads to an end: backwards from the ends. */
function placesThatEnd(places: readonly Place[]): Set<Place> {
  const before = new Map<Place, Place[]>();
  for (const place of places) for (const next of place.next) before.set(next, [...(before.get(next) ?? []), place]);
  const queue = places.filter((p) => p.step.final !== null);
  const ending = new Set(queue);
  for (let place = queue.pop(); place; place = queue.pop()) {
    for (const earlier of before.get(place) ?? []) {
      if (ending.has(earlier)) continue;
      ending.add(earlier);
      queue.push(earlier);
    }
  }
  return ending;
}

const known = new Set<string>(roles);

/** The invariant: somebody who exists has a task, or a term will wake the case, or the system owes it a result. */
function judgePlace(place: Place, found: Violations): void {
  const { duties, powers, stages } = place.step;
  const resolved = (d: { role: string; org: string; post: string | null }): boolean => known.has(d.role) && (Boolean(d.org) || d.post !== null);
  for (const duty of [...duties, ...powers]) if (!resolved(duty)) found.add('no-owner', duty.stage || standingIn(place), duty.commands.join('、'), pathTo(place));
  const armed = stages.filter((s) => s.term !== undefined && !place.fired.includes(s.term));
  if (!duties.some(resolved) && armed.length === 0 && place.awaited.length === 0) found.add('nobody-acts', standingIn(place), '', pathTo(place));
  for (const { term } of armed) {
    const holders = armed.filter((s) => s.term === term);
    if (holders.length > 1) found.add('term-twice', holders.map((s) => s.stage).join('+'), term, pathTo(place));
  }
}
