import type { AnyStateMachine } from 'xstate';
import type { WorkCalendar } from '../domain/calendar.js';
import { InvalidInput, type Defect } from '../domain/errors.js';
import { words, type Words } from '../domain/text.js';
import { demonstrationPeople } from '../register/demonstration-people.js';
import type { JinanData } from '../register/jinan-records.js';
import { loadPack } from '../../workflows/policies/policy-pack.js';
import { pinPack, type PinnedPack } from '../../workflows/policies/pack-registry.js';
import { currentVersion, workflowNamed } from '../../workflows/registry.js';
import { assumedSentences } from './assumed-facts.js';
import { demandBehaviour } from './behaviour.js';
import { chartsOfYear } from './charts-of-year.js';
import { outlookOf, type Outlook } from './outlook.js';
import { scenarioAsked, type Question } from './question.js';
import { runYear, type YearGround } from './run-year.js';
import type { Scenario } from './scenario.js';
import { simulatedCity } from './simulated-city.js';
import { summariseYear, type YearSummary } from './summarise-year.js';

/** Where a year is tried out: the register, the pack and the calendar of the city. */
export interface WhatIfParts {
  data: JinanData;
  pack: PinnedPack;
  calendar: WorkCalendar;
}

/** The answer: the first year in full, all of them together, and what was taken for granted. */
export interface WhatIf {
  question: Question;
  scenario: { name: Words; sample: boolean };
  /** The calendar of the year, or of the next in which it ends, is not published yet. */
  provisional: boolean;
  year: YearSummary;
  outlook: Outlook;
  assumed: Words[];
}

/**
 * Tries a year out, seed after seed.
 * @param breathe awaited between steps; may throw to end the run
 * @throws InvalidInput for a scenario that does not fit register or charts
 */
export async function whatIf(parts: WhatIfParts, scenario: Scenario, question: Question, breathe?: () => Promise<void> | void): Promise<WhatIf> {
  const ground = groundOf(parts, scenarioAsked(scenario, question), question.year);
  const years: YearSummary[] = [];
  for (let seed = question.seed; seed < question.seed + question.seeds; seed++) {
    const { record } = await runYear(ground, seed, breathe);
    years.push(summariseYear(ground, seed, record));
  }
  return {
    question, scenario: { name: scenario.name, sample: scenario.sample }, provisional: parts.calendar.isProvisional(`${question.year}-08-01`, `${question.year + 1}-06-30`), year: years[0]!,
    outlook: outlookOf(years), assumed: assumedSentences(),
  };
}

/** What every seed of a question shares. @throws InvalidInput */
export function groundOf({ data, pack, calendar }: WhatIfParts, scenario: Scenario, year: number): YearGround {
  const asked = packAsked(pack, scenario);
  demandPeople(data, scenario);
  // Charts are a function of their pack: a moved date has charts of its own, made for this question and forgotten with it.
  const made = new Map<string, AnyStateMachine>();
  const machineFor = (workflow: string, version: number): AnyStateMachine => {
    const key = `${workflow}.v${version}`;
    const machine = made.get(key) ?? workflowNamed(workflow).versions[version]!(asked.pack);
    made.set(key, machine);
    return machine;
  };
  demandBehaviour(scenario, chartsOfYear((workflow) => machineFor(workflow, currentVersion(workflow))));
  return { city: simulatedCity(data, scenario), scenario, pack: asked, calendar, year, machineFor };
}

/** The pack with its date of filing moved: a pack of its own, read and judged like any other. @throws InvalidInput */
function packAsked(pinned: PinnedPack, { deadline, opens }: Scenario): PinnedPack {
  if (deadline === null) return pinned;
  if (deadline <= opens.day) throw new InvalidInput([{ field: 'deadline', code: 'before-opening', sentence: words(`报送期限应在 ${opens.day} 开始编报之后。`, `The deadline lies after the year is opened on ${opens.day}.`) }]);
  const [month, day] = deadline.split('-').map(Number);
  const { pack } = pinned;
  const { planFiling } = pack.deadlines;
  return pinPack(loadPack({ ...pack, deadlines: { planFiling: { ...planFiling, value: { month, day, roll: 'none' }, basis: `试算：${deadline}前报送`, sample: true } } }));
}

/** @throws InvalidInput for a post the register does not have, a post held twice, somebody on leave who is nobody */
function demandPeople(data: JinanData, { people, leave, inspectors }: Scenario): void {
  const register = new Set(demonstrationPeople(data.units).map(({ login }) => login));
  const defects: Defect[] = [];
  const refuse = (field: string, zh: string, en: string): void => void defects.push({ field, code: 'people', sentence: words(`情景 ${field}：${zh}。`, `Scenario ${field}: ${en}.`) });
  const [sample] = data.units;
  const known = (list: 'unit' | 'city', post: string): boolean => register.has(list === 'unit' ? `${sample!.key}.${post}` : post);
  for (const list of ['unit', 'city'] as const) {
    const seen = new Set<string>();
    people[list].forEach(({ posts }, index) => posts.forEach((post) => {
      if (!known(list, post)) refuse(`people.${list}.${index}`, `登记簿没有“${post}”这个岗位`, `the register has no post “${post}”`);
      if (seen.has(post)) refuse(`people.${list}.${index}`, `“${post}”已由他人担任`, `“${post}” is held by another person already`);
      seen.add(post);
    }));
  }
  const persons = new Set([
    ...data.units.flatMap(({ key }) => people.unit.map(({ posts }) => `${key}.${posts[0]!}`)), ...people.city.map(({ posts }) => posts[0]!),
    ...Array.from({ length: inspectors.count }, (_, index) => `inspector.${index + 1}`),
  ]);
  leave.forEach(({ who }, index) => {
    if (!persons.has(who)) refuse(`leave.${index}`, `没有“${who}”这个人，写成 licheng.clerk 的样子`, `nobody is called “${who}”; write licheng.clerk`);
  });
  if (inspectors.count < inspectors.perTeam) refuse('inspectors', `检查人员 ${inspectors.count} 人，不够一组 ${inspectors.perTeam} 人`, `${inspectors.count} inspectors do not make a team of ${inspectors.perTeam}`);
  if (defects.length > 0) throw new InvalidInput(defects);
}

/** Everybody who may be on leave, by name; for the choice on a page. */
export const simulatedNames = ({ data }: Pick<WhatIfParts, 'data'>, scenario: Scenario): { key: string; name: Words; unit: string | null }[] =>
  simulatedCity(data, scenario).people.map(({ key, post, unit }) => ({ key, name: post, unit }));
