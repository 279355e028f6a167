import { words, type Words } from '../domain/text.js';
import { withItems } from '../content/preparers/acceptance-team.js';
import type { Place } from '../content/preparers/places.js';
import type { PostedMember } from '../content/preparers/team-posts.js';
import type { Known, Prepared } from '../engine/engine.js';
import type { Draws } from './acting.js';
import type { Scenario } from './scenario.js';
import type { SimulatedCity, SimulatedUnit } from './simulated-city.js';

/** What facts are assumed from where production would read what was written. */
export interface Assuming {
  city: SimulatedCity;
  unit: SimulatedUnit;
  scenario: Scenario;
  draws: Draws;
}

/** Facts of a command whose production preparer reads content or register, and what is taken for granted instead. */
export interface Assumption {
  says: Words;
  facts(known: Known, by: Assuming): Prepared;
}

const complete = words('方案、申请、附件填写完整，达到标准', 'plans, applications and attachments are complete and meet the standards');
const teams = words('小组成员符合组成、回避规定', 'teams are composed as the rules say, nobody has to stand aside');
const visited = words('检查单逐项有结果；面积不足按概率出现', 'every item of a checklist is answered; a shortfall of area comes by its odds');
const files = words('照片、佐证材料均在案卷', 'photographs and proofs are in the case');

/** A text that is complete. Whether anything is to be built this year is the same for every draft of a unit. */
const written = ({ context, caseRow }: Known, { scenario, draws }: Assuming): Prepared => {
  const content = `${caseRow.caseNumber} ${Number(context.contentOrdinal) + 1}`;
  return {
    facts: { defects: 0, completeness: 100, content, planType: draws.happens(scenario.facts.nothingNew, 'nothingNew') ? 'nothingNew' : 'construction' },
    freeze: { hash: content, body: '{}' },
  };
};

const applied = (known: Known, by: Assuming): Prepared => {
  const { facts, freeze } = written(known, by);
  return { facts: { defects: 0, content: facts.content, completeness: 100 }, freeze };
};

function membersOf({ fields }: Known, { city }: Assuming): PostedMember[] {
  return (fields.team as { post: string; leader: boolean }[]).map(({ post, leader }): PostedMember => {
    const person = city.people.find(({ actors }) => actors.some((actor) => actor.post === post))!;
    const actor = person.actors.find((one) => one.post === post)!;
    return {
      key: post, post, postName: actor.postName, org: actor.org!, orgName: person.orgName, role: actor.role, person: actor.person!, name: actor.personName, department: person.department ?? actor.org!,
      unit: actor.unit, leader, items: [],
    };
  });
}

function placesAt({ fields }: Known, { unit }: Assuming): Place[] {
  return (fields.sites as { tier: Place['tier']; placeCode: string }[]).map(({ tier, placeCode }, index) => {
    const township = unit.townships.find(({ code }) => code === placeCode);
    const name = tier === 'hall' ? unit.unit.name : (township ?? unit.villages.find(({ code }) => code === placeCode))!.name;
    return { key: `S${index + 1}`, tier, placeCode, name, className: null, population: tier === 'hall' ? unit.unit.judgedPopulation : (township?.population ?? null) };
  });
}

const rectified: Assumption = { says: files, facts: () => ({ facts: { defects: 0, photos: [] } }) };

/** By `${workflow}.${command}`. */
export const assumptions: Readonly<Record<string, Assumption>> = {
  'plan.submit': { says: complete, facts: written },
  'plan.requestPreReview': { says: complete, facts: written },
  'plan.resubmit': {
    says: words('补正改动项目或金额的，按概率出现', 'whether a correction changes projects or money comes by its odds'),
    facts: (known, by) => {
      const prepared = written(known, by);
      return { ...prepared, facts: { ...prepared.facts, projectsOrMoneyChanged: by.draws.happens(by.scenario.facts.moneyChanged, `money ${String(known.context.contentOrdinal)}`) } };
    },
  },
  'plan.seekOpinions': {
    says: words('征求意见发给本单位全部会签部门', 'opinions are asked of every co-signing department of the unit'),
    facts: ({ fields }, { unit }) => ({ facts: { orgs: unit.cosigners.filter(({ org }) => (fields.organisations as string[]).includes(org)) } }),
  },
  'plan.register': {
    says: words('经本系统送达，登记无误', 'everything is delivered through the system and registered without error'),
    facts: ({ fields, task, caseRow, actor, now }) => ({
      facts: { incomingNumber: 1, incoming: { id: task!.id, number: 1, theirNumber: fields.theirNumber, title: caseRow.title, channel: fields.channel, dated: fields.dated, deliveredAt: fields.deliveredAt, registeredAt: now, registeredBy: actor.person } },
    }),
  },
  'inspection.schedule': { says: teams, facts: (known, by) => ({ facts: { defects: 0, team: membersOf(known, by), sites: placesAt(known, by), outsideWindow: false } }) },
  'inspection.recordSite': { says: visited, facts: () => ({ facts: { defects: 0, measured: [], photos: [] } }) },
  'inspection.submitRectification': rectified,
  'acceptance.apply': { says: complete, facts: applied },
  'acceptance.reapply': { says: complete, facts: applied },
  'acceptance.formTeam': { says: teams, facts: (known, by) => ({ facts: { defects: 0, team: withItems(membersOf(known, by), known.pack) } }) },
  'acceptance.recordVisit': { says: visited, facts: (_known, { draws, scenario }) => ({ facts: { defects: 0, measuredShort: draws.happens(scenario.facts.short, 'short') ? 1 : 0, visits: [] } }) },
  'acceptance.submitRectification': rectified,
  'programme.close': { says: words('办结时没有未验收的项目', 'no project is left unaccepted when a year is closed'), facts: () => ({ facts: { carriedOver: 0 } }) },
};

/** Every sentence once, in the order of the year. */
export const assumedSentences = (): Words[] => [...new Set(Object.values(assumptions).map(({ says }) => says))];
