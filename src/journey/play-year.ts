import { valueOf } from '../../workflows/policies/policy-pack.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import { chainOf } from '../../workflows/policies/pack-rules.js';
import { chineseCalendar } from '../register/chinese-calendar.js';
import { demonstrationPeople } from '../register/demonstration-people.js';
import { readJinan } from '../register/jinan-files.js';
import { organisationsOf } from '../register/jinan-organisations.js';
import { acceptanceSteps } from './acceptance-steps.js';
import { inspectionSteps } from './inspection-steps.js';
import { planSteps, type Place } from './plan-steps.js';
import type { Player, Step } from './player.js';
import type { Scenario } from './scenario.js';

/** Every step of the year, in the order of time. */
export function stepsOfYear(checkout: string, scenario: Scenario): Step[] {
  const { pack } = policyPack('jinan-2011-61');
  const data = readJinan(checkout, 2026);
  const calendar = chineseCalendar();
  const people = demonstrationPeople(data.units);
  const organisations = new Map(organisationsOf(data.units).map((o) => [o.key, o.name.zh]));
  const person = (login: string) => people.find((p) => p.login === login)!;
  const checklists = valueOf(pack.inspection.checklists);
  const checklist = (tier: string): string[] => checklists[tier as keyof typeof checklists].filter((i) => i.kind === 'yesNo').map((i) => i.id);
  const teamPost = (login: string): object => ({ choice: `${organisations.get(person(login).organisation)} ${person(login).name}`, from: 'team.post' });
  const steps = scenario.units.flatMap((story): Step[] => {
    const unit = data.units.find((u) => u.key === story.unit)!;
    const townships = data.townships.filter((t) => t.unit === unit.code);
    const codes = new Set(townships.map((t) => t.code));
    const place: Place = {
      unit, townships, villages: data.villages.filter((v) => codes.has(v.township)), year: scenario.year,
      reviewers: chainOf(pack, 'plan.headReview', unit.code).map((role) => role.replace('unit.', '')),
      organisation: (key) => organisations.get(key)!, after: (day, workdays) => calendar.addWorkdays(day, workdays).day,
    };
    return [
      { at: `${scenario.year}-08-17T09:00`, unit: unit.name, words: '开立年度', run: async (p) => { await p.openYear('office.clerk', unit.code, scenario.year); return story.story; } },
      ...planSteps(place, story), ...inspectionSteps(place, story, checklist, teamPost),
      ...acceptanceSteps(place, story, pack, checklist, teamPost, (login) => person(login).department ?? ''),
      ...closingSteps(place, scenario.year, story.veto !== undefined),
    ];
  });
  return steps.map((step, index) => ({ step, index })).sort((a, b) => (a.step.at < b.step.at ? -1 : a.step.at > b.step.at ? 1 : a.index - b.index)).map(({ step }) => step);
}

/** 办结 and 预归档. A unit whose acceptance failed is closed with its projects carried over, once the year is up. */
function closingSteps(place: Place, year: number, carriedOver: boolean): Step[] {
  const at = { unitCode: place.unit.code, workflow: 'programme' as const };
  const when = carriedOver ? `${year + 1}-07-02` : `${year}-12-28`;
  const carry: Step = { at: `${when}T09:00`, unit: place.unit.name, words: '未完成项目结转', run: async (p) => (await p.act('office.clerk', at, 'carryOver', { reason: '验收不合格，项目结转下年度。' })).stage };
  return [
    ...(carriedOver ? [carry] : []),
    { at: `${when}T10:00`, unit: place.unit.name, words: '年度办结', run: async (p) => {
      await p.act('office.clerk', at, 'close', { opinion: '年度工作办结。' });
      return (await p.until('office.clerk', at, ['preArchived'])).stage;
    } },
  ];
}

/** Plays steps one after another on the virtual clock; `tell` is given a line for each. */
export async function playSteps(steps: readonly Step[], player: Player, tell: (step: Step, result: string) => void): Promise<void> {
  for (const step of steps) {
    await player.advanceTo(step.at);
    tell(step, await step.run(player));
  }
}
