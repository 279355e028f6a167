import type { AnyStateMachine } from 'xstate';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { HELD } from '../../../workflows/patterns/hold.js';
import { refusedIn, stageIn, termIn, type VersionMove } from '../../../workflows/patterns/version-move.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import { planMove } from '../migrate/plan-move.js';
import type { MovingCase } from '../migrate/moving-cases.js';
import { taskKey } from '../task-key.js';
import { armTerm, pauseTerm, type TermRow } from '../terms.js';
import { termRule } from '../pack-terms.js';
import { chartNodes } from './chart-structure.js';
import { Violations, type Violation } from './violation.js';
import { pathTo, standingIn, type Place } from './walk-chart.js';

export interface MoveSubject {
  readonly move: VersionMove;
  readonly machineOf: (version: number) => AnyStateMachine;
  readonly pack: PolicyPack;
  readonly calendar: WorkCalendar;
  /** Every configuration of the version the cases come from. */
  readonly places: readonly Place[];
}

/**
 * Proves of a way between two versions: every stage has a landing, and from every configuration a case can come into it is led over without
 * losing a task, a term, an approval or a right – or its stage is refused by name.
 */
export function checkMove({ move, machineOf, pack, calendar, places }: MoveSubject): Violation[] {
  const found = new Violations();
  const [from, to] = [move.from, move.to].map((version) => chartNodes(machineOf(version)).flatMap(({ meta }) => (meta.stage === undefined ? [] : [meta]))) as [Named[], Named[]];
  const there = new Map(to.map((meta) => [meta.stage!, meta]));
  const landed = new Map<string, string>();
  for (const { stage, term } of from) {
    if (!Object.hasOwn(move.landings, stage!)) {
      found.add('no-landing', stage!, `v${move.to}`);
      continue;
    }
    const name = stageIn(move, stage!);
    if (!there.has(name)) found.add('unknown-landing', stage!, name);
    else if (term !== undefined && there.get(name)!.term !== termIn(move, term)) found.add('term-lands-elsewhere', stage!, term);
    if (landed.has(name)) found.add('lands-twice', `${landed.get(name)!}+${stage!}`, name);
    landed.set(name, stage!);
  }
  if (found.all.length > 0) return found.all;
  for (const place of places) {
    if (place.step.final) continue;
    const { refusals } = planMove(standingCase(place, move, pack, calendar), move, { machineOf, pack, calendar, now: place.step.context.now });
    if (refusals.length > 0 && !place.step.stages.some(({ stage }) => refusedIn(move, stage))) found.add('move-loses', standingIn(place), refusals.map(({ zh }) => zh).join('；'), pathTo(place));
  }
  return found.all;
}

type Named = { stage?: string; term?: string };

/** A configuration as a case on which every duty is an open task and every term runs, or stands still where the case is on hold. */
function standingCase({ step }: Place, move: VersionMove, pack: PolicyPack, calendar: WorkCalendar): MovingCase {
  const { now, dates } = step.context;
  const tasks = step.duties.map((duty) => ({
    id: taskKey(duty, step.state.entries), key: taskKey(duty, step.state.entries), kind: 'duty' as const, state: duty.stage, side: duty.side, role: duty.role, org: duty.org, post: duty.post,
    person: null, urgedAt: null, subject: duty.subject, commands: duty.commands, termKey: duty.term,
  }));
  const held = step.stages.some(({ stage }) => stage === HELD);
  const terms = step.stages.filter(({ term }) => term !== undefined).map(({ stage, term }): TermRow => {
    const rule = termRule(pack, term!, dates);
    const row = armTerm(term!, rule, 'city', step.state.entries[stage] ?? 1, now, calendar, dates[term!]);
    return held && stage !== HELD && rule.kind !== 'date' ? pauseTerm(row, rule, now, calendar) : row;
  });
  return {
    id: 'case', city: '', year: step.context.year, workflow: move.workflow, chartVersion: move.from, pack: pack.id, packHash: '', unit: '', side: 'unit', caseNumber: '', title: '', released: false,
    final: false, version: 1, headHash: '', state: step.state, tasks, terms, known: null, snapshotText: '', allTasks: tasks,
    stages: Object.entries(step.state.entries).map(([stage, seq]) => ({ seq, stage })), kept: null,
  };
}
