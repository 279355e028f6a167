import { planSections } from '../../src/journey/plan-content.js';
import { stepsOfYear } from '../../src/journey/play-year.js';
import type { CaseRef, Step } from '../../src/journey/player.js';
import { readScenario, type UnitStory } from '../../src/journey/scenario.js';
import { readJinan } from '../../src/register/jinan-files.js';
import { organisationsOf } from '../../src/register/jinan-organisations.js';
import { chainOf } from '../../workflows/policies/pack-rules.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';

const YEAR = 2026;
/** From here on the year of the journey goes on for the unit whose plan took every turn. */
const AFTER_PLAN = '2026-10-25';

/**
 * The journey's year with three things changed, so that on one morning every state a screen can show is there: one unit never files, one
 * goes through co-signing, return, paper, correction and an overdue check, one is still being co-signed.
 */
export function eventfulYear(checkout: string): Step[] {
  const scenario = readScenario(checkout, YEAR);
  const changed: Record<string, Partial<UnitStory>> = {
    licheng: { drafted: '2026-09-21', cosigned: ['finance', 'staffing'] },
    gaoxin: { reported: '2026-09-24T09:45' },
  };
  const nameOf = (key: string): string => readJinan(checkout, YEAR).units.find((unit) => unit.key === key)!.name;
  const [turns, silent] = [nameOf('laiwu'), nameOf('shanghe')];
  const usual = stepsOfYear(checkout, { ...scenario, units: scenario.units.map((story) => ({ ...story, ...changed[story.unit] })) })
    .filter((step) => step.unit !== silent && (step.unit !== turns || step.at > AFTER_PLAN));
  const story = (key: string): UnitStory => scenario.units.find((one) => one.unit === key)!;
  return [...usual, ...everyTurn(checkout, story('laiwu')), ...neverFiled(checkout, story('shanghe'))]
    .map((step, index) => ({ step, index })).sort((a, b) => a.step.at.localeCompare(b.step.at) || a.index - b.index).map(({ step }) => step);
}

function written(checkout: string, story: UnitStory) {
  const { units, townships, villages } = readJinan(checkout, YEAR);
  const unit = units.find((one) => one.key === story.unit)!;
  const own = townships.filter((one) => one.unit === unit.code);
  const codes = new Set(own.map((one) => one.code));
  const sections = planSections(unit, own, villages.filter((one) => codes.has(one.township)), story, YEAR);
  return { unit, sections, at: { unitCode: unit.code, workflow: 'plan' } satisfies CaseRef, me: (post: string) => `${unit.key}.${post}` };
}

/** Returned by the bureau, co-signed with one objection, consented to on paper, returned by the office, answered, and overdue in October. */
function everyTurn(checkout: string, story: UnitStory): Step[] {
  const { unit, sections, at, me } = written(checkout, story);
  const organisations = new Map(organisationsOf(readJinan(checkout, YEAR).units).map((one) => [one.key, one.name.zh]));
  const [first, ...rest] = chainOf(policyPack('jinan-2011-61').pack, 'plan.headReview', unit.code).map((role) => role.replace('unit.', '')) as [string, ...string[]];
  const step = (when: string, words: string, run: Step['run']): Step => ({ at: when, unit: unit.name, words, run });
  const act = (when: string, who: string, command: string, fields: Record<string, unknown> = {}): Step =>
    step(when, command, async (p) => (await p.act(who, at, command, fields)).stage);
  const agree = { opinion: '内容完整，同意报区政府审定。' };
  return [
    step('2026-08-26T09:10', '起草', async (p) => { for (const [name, body] of Object.entries(sections)) await p.write(me('clerk'), at, name, body); return ''; }),
    act('2026-08-26T16:20', me('clerk'), 'submit'),
    act('2026-08-27T15:00', me(first), 'returnToDraft', { remarks: [{ section: 'goals', text: '建设目标与发展计划的口径不一致，请核对。' }] }),
    step('2026-08-28T09:30', '修改', async (p) => { await p.write(me('clerk'), at, 'goals', { ...sections.goals, developmentPlan: `${unit.name}国民经济和社会发展年度计划第三章` }); return ''; }),
    act('2026-08-28T10:00', me('clerk'), 'submit', { note: '已按意见核对。' }),
    act('2026-08-28T14:00', me(first), 'seekOpinions', { organisations: ['finance', 'staffing', 'civilAffairs'].map((key) => ({ choice: organisations.get(`${unit.key}.${key}`), from: 'organisations' })) }),
    act('2026-08-31T10:00', me('finance'), 'agree', { opinion: '经费可调剂解决。' }),
    act('2026-08-31T11:00', me('staffing'), 'agree'),
    act('2026-08-31T15:00', me('civil'), 'object', { opinion: '撤并一处站点，群众办事距离变远，建议保留。' }),
    ...[first, ...rest].map((reviewer, index) => act(`2026-09-02T1${index}:30`, me(reviewer), 'approve', agree)),
    step('2026-09-09T09:20', '登记纸面同意', async (p) => {
      await p.registerPaper(me('registrar'), at, {
        command: 'consent', fields: { kind: 'reply', number: '莱芜政字〔2026〕58号', date: '2026-09-08' }, signatoryName: '孟某某', signatoryPost: `${unit.name}人民政府负责人`,
        wording: '同意，保留该站点。', kind: 'agree', paperDate: '2026-09-08', keptAt: '区人社局文件柜 1-4',
      });
      return '';
    }),
    step('2026-09-09T10:40', '第二人核对', async (p) => (await p.comparePaper(me('comparer'), at)).stage),
    act('2026-09-15T10:06', me('clerk'), 'report', { documentNumber: '莱芜人社报〔2026〕44号' }),
    act('2026-09-15T10:31', 'office.registrar', 'register', { theirNumber: '莱芜人社报〔2026〕44号', channel: 'exchange', dated: '2026-09-15', deliveredAt: '2026-09-15T10:06', evidence: '' }),
    act('2026-09-18T17:10', 'office.clerk', 'returnForCorrection', { remarks: [
      { section: 'funds', text: '基础建设经费未写明区级预算文号。' }, { section: 'schedule', text: '自查迎检阶段未写责任单位。' }, { section: 'attachments', text: '缺村级站点清单。' },
    ] }),
    step('2026-09-28T15:47', '补正后重报', async (p) => {
      await p.write(me('clerk'), at, 'goals', { ...sections.goals, goals: `${String((sections.goals as { goals: string }).goals)}预算文号和责任单位已补。` });
      return (await p.act(me('clerk'), at, 'resubmit', { replies: { r1: '已补预算文号。', r2: '责任单位为区人社局。', r3: '清单随附件送达。' } })).stage;
    }),
    act('2026-10-09T15:00', 'office.clerk', 'acceptComplete', { opinion: '材料齐全。' }),
    act('2026-10-10T11:00', 'office.director', 'file', { opinion: '同意备案。' }),
  ];
}

/** Written in haste and never sent: a hall that is too small, a room too small, no money, no timetable. */
function neverFiled(checkout: string, story: UnitStory): Step[] {
  const { unit, sections, at, me } = written(checkout, story);
  const { funds: _funds, schedule: _schedule, attachments: _attachments, premises, ...rest } = sections;
  const spoiled = { ...premises, projects: (premises!.projects as Record<string, string>[]).map((project, index) => ({ ...project, ...faults[index] })) };
  return [{
    at: '2026-09-04T09:10', unit: unit.name, words: '起草', run: async (p) => {
      for (const [name, body] of Object.entries({ ...rest, premises: spoiled })) await p.write(me('clerk'), at, name, body);
      return '';
    },
  }];
}

const faults: Record<number, Record<string, string>> = { 0: { grossArea: '3600' }, 4: { archiveArea: '16' }, 6: { usableArea: '145' }, 8: { usableArea: '', archiveArea: '' } };
