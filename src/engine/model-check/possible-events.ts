import { ASKING, SIGNING } from '../../../workflows/patterns/added-signers.js';
import type { Duty } from '../../../workflows/patterns/duties.js';
import type { By, CommandEvent, StageMeta } from '../../../workflows/vocabulary.js';
import { addMinutes } from '../instants.js';
import type { Step } from '../case-step.js';
import type { ChartModel, Facts, Variation } from './chart-model.js';
import { nameOf, rulesOf, type ChartNode } from './chart-structure.js';

/** An event that may come next, and what it proves when it is taken or not. */
export interface Possible {
  event: CommandEvent;
  label: string;
  /** The stage it is offered or falls due in; empty where a group or the system itself has it. */
  place: string;
  /** Command, way and sender in a line: what it is called in the chart's charter. */
  row: string;
  /** The stage and command it stands for: `stage/command`. */
  offer: string | null;
  /** Sent by the very person who proposed what is to be confirmed. */
  samePerson: boolean;
  /** The awaited result it is, which is then awaited no more. */
  settles: string | null;
}

/** Where a case stands, besides its snapshot. */
export interface Standing {
  step: Pick<Step, 'context' | 'stages' | 'duties' | 'powers' | 'effects'>;
  at: string;
  /** Terms that have fallen due in a stage nobody has a duty in. */
  fired: readonly string[];
  /** Results the system itself still owes: papers, the archive, cases it has opened. */
  awaited: readonly string[];
}

export const offerOf = (stage: string, command: string): string => `${stage}/${command}`;

/** Every offer a chart makes anywhere, with the place that makes it. A group's rights have no stage. */
export function offersOf(nodes: ChartNode[]): { offer: string; place: string; command: string }[] {
  return nodes.flatMap((node) => [...rulesOf(node).flatMap(({ commands }) => commands), ...(node.meta.signers ? [...ASKING, ...SIGNING] : [])]
    .map((command) => ({ offer: offerOf(node.meta.stage ?? '', command), place: nameOf(node), command })));
}

/** Everything that may happen next: what duties and rights offer, the terms that run, the results that are awaited. */
export function possibleEvents(standing: Standing, model: ChartModel, takesOpen: boolean): Possible[] {
  const ended = standing.step.stages.some((s) => s.final);
  return [...ofPeople(standing, model, takesOpen), ...ofPapers(standing), ...(ended ? [] : [...ofTheClock(standing), ...ofTheWorker(standing, model)])];
}

/** Duties of symmetric entries are one: which signer, member or finding it is makes no difference. */
function distinct(duties: readonly Duty[]): Duty[] {
  const seen = new Map<string, Duty>();
  for (const duty of duties) {
    const { answer, severity, state, open, leader, round, mode } = duty.subject ?? {};
    const kind = JSON.stringify([duty.stage, duty.role, duty.commands, mode, answer, severity, state, open, leader, round, Array.isArray(duty.subject?.items) && duty.subject.items.length > 0]);
    if (!seen.has(kind)) seen.set(kind, duty);
  }
  return [...seen.values()];
}

function ofPeople({ step, at }: Standing, model: ChartModel, takesOpen: boolean): Possible[] {
  const carried = [...distinct(step.duties).map((duty) => ({ duty, task: true })), ...distinct(step.powers).map((duty) => ({ duty, task: false }))];
  return carried.flatMap(({ duty, task }) => [...(task && takesOpen ? ['open'] : []), ...duty.commands].flatMap((command) => {
    const ways = model.variations[command]?.({ context: step.context as Facts, subject: duty.subject, side: duty.side }) ?? [{}];
    return ways.map((way) => possible(duty, task, command, way, at));
  })).concat(judgingOneself({ step, at }));
}

/** Whoever sent in what is judged here, or made the check that is looked at again, tries to judge it: the chart must not take it. */
function judgingOneself({ step, at }: Pick<Standing, 'step' | 'at'>): Possible[] {
  const { submittedBy, checkedBy } = step.context;
  return distinct(step.duties).flatMap((duty) => {
    const { notBySubmitter, notByChecker } = step.stages.find((s) => s.stage === duty.stage)!;
    if (!(notBySubmitter || notByChecker) || duty.key.startsWith('signers:')) return [];
    return [...(notBySubmitter ? [submittedBy] : []), ...(notByChecker ? [checkedBy] : [])].filter((person) => person != null)
      .map((person) => possible(duty, true, duty.commands[0]!, { label: '本人', by: { person }, samePerson: true }, at));
  });
}

function possible(duty: Duty, task: boolean, command: string, way: Variation, at: string): Possible {
  const by: By = { person: 'p', post: duty.post, org: duty.org, role: duty.role, name: duty.role, ...way.by };
  const label = way.label ? `${command}（${way.label}）` : command;
  return {
    event: {
      ...way.fields, type: command, by, at: addMinutes(at, way.afterMinutes ?? 0), facts: { defects: 0, ...way.facts },
      ...(task ? { task: { key: `${duty.stage}#1#${duty.key}`, subject: duty.subject } } : {}),
    },
    label, place: duty.stage, row: `${label} · ${duty.role}@${duty.org}`, offer: offerOf(duty.stage, command), samePerson: way.samePerson === true, settles: null,
  };
}

const system = (type: string, at: string, fields: Record<string, unknown>, settles: string | null, place = ''): Possible => {
  const { outcome, planType } = fields;
  const told = [outcome, planType].filter((w) => typeof w === 'string').join('、');
  const label = told ? `${type}（${told}）` : type;
  return {
    event: { ...fields, type, by: { person: null, post: null, org: null, role: 'system', name: 'system' }, at }, label, place, row: `${label} · system`,
    offer: null, samePerson: false, settles,
  };
};

/** A term in working days may fall due at any time; a statutory date only once it has come, and is reminded of only before. */
function ofTheClock({ step, at, fired }: Standing): Possible[] {
  return step.stages.filter((s: StageMeta) => s.term !== undefined && !s.final && !fired.includes(s.term)).flatMap(({ stage, term }) => {
    const date = step.context.dates[term!];
    const come = date === undefined || Date.parse(date) <= Date.parse(at);
    return [
      ...(come ? [system(`term.${term}.due`, at, { rung: null }, null, stage)] : []),
      ...(date === undefined || !come ? [system(`term.${term}.remind`, at, { rung: 1 }, null, stage)] : []),
    ];
  });
}

/** Papers the case does not wait for come when they come: tried right after they were asked for. */
function ofPapers({ step, at }: Pick<Standing, 'step' | 'at'>): Possible[] {
  const kinds = new Set(step.effects.filter(({ type, params }) => type === 'issueDocument' && params.then !== true).map(({ params }) => String(params.kind)));
  return [...kinds].flatMap((kind) => paperEvents(kind, at, null));
}

function paperEvents(kind: string, at: string, settles: string | null): Possible[] {
  const document = { kind, id: 'document', number: null, sha256: '', at };
  return [system('document.issued', at, { document }, settles), system('document.refused', at, { kind, reason: 'refused' }, settles)];
}

function ofTheWorker({ at, awaited }: Standing, model: ChartModel): Possible[] {
  return [...new Set(awaited)].flatMap((one) => {
    const [what, name] = one.split(':') as [string, string];
    if (what === 'archive') return [system('case.archived', at, {}, one)];
    if (what === 'case') return (model.endings[name] ?? []).map((ending) => system(`${name}.ended`, at, { child: 'child', ...ending }, one));
    return paperEvents(name, at, one);
  });
}
