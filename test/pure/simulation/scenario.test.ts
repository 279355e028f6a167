import { InvalidInput } from '../../../src/domain/errors.js';
import { chartsOfYear } from '../../../src/simulation/charts-of-year.js';
import { readQuestion } from '../../../src/simulation/question.js';
import { readScenario } from '../../../src/simulation/scenario.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { currentVersion, machineFor } from '../../../workflows/registry.js';
import { changed, ground, scenario } from './small-city.js';

const sentences = (run: () => unknown): string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidInput) return error.defects.map(({ sentence }) => sentence.zh);
    throw error;
  }
  return [];
};

describe('a scenario', () => {
  it('a slip in the file is run as if it were meant: every wrong entry is named in a sentence', () => {
    const { opens: _missing, ...rest } = scenario;
    expect(sentences(() => readScenario({
      ...rest, deadline: '13-01', tempo: 1, inspectors: { ...scenario.inspectors, attention: 2 }, leave: [{ who: 'lixia.clerk', from: '2026-09-10', to: '2026-09-01' }],
      effects: { ...scenario.effects, notify: [3, 2, 1] },
    }))).toEqual([
      '情景 opens：缺这一项。', '情景 inspectors.attention：内容不合要求。', '情景 leave.0：休假的结束日期早于开始日期。', '情景 deadline：日期写成 09-15 的样子。',
      '情景 effects.notify：三个数应由小到大：最少、通常、最多。', '情景 tempo：没有这一项。',
    ]);
  });

  it('a step the scenario does not know is guessed: stages and commands of the charts without a behaviour, and behaviours without a stage, are refused', () => {
    const { 'plan.officeReview': review, ...duties } = scenario.duties;
    expect(sentences(() => ground(1, { duties: { ...duties, 'plan.nowhere': review!, 'plan.directorDecision': { ...review!, odds: { fly: 1 } } } }))).toEqual([
      '情景 duties.plan.officeReview：流程有“形式审查”，情景没有说由谁怎样办。', '情景 duties.plan.directorDecision.odds.fly：流程在这一环节没有这个操作。',
      '情景 duties.plan.directorDecision.odds：“备案审定”要办 file、sendBack，一个也没有说。', '情景 duties.plan.nowhere：流程没有这个环节。',
    ]);
  });

  it('a chart of the year is left out, or a matter beside it is asked for: what takes part is what the programme’s chart opens', () => {
    expect(chartsOfYear((workflow) => machineFor(workflow, currentVersion(workflow), policyPack('jinan-2011-61'))).map(({ workflow }) => workflow)).toEqual(['programme', 'plan', 'inspection', 'acceptance']);
  });

  it('leave of nobody passes unseen: persons and posts are those of the register', () => {
    const people = { ...scenario.people, city: [...scenario.people.city, { posts: ['office.director'], attention: 1 }, { posts: ['office.cook'], attention: 1 }] };
    expect(sentences(() => ground(1, { people, leave: [{ who: 'lixia.cook', from: '2026-09-01', to: '2026-09-02' }], inspectors: { count: 1, perTeam: 2, attention: 1 } }))).toEqual([
      '情景 people.city.10：“office.director”已由他人担任。', '情景 people.city.11：登记簿没有“office.cook”这个岗位。', '情景 leave.0：没有“lixia.cook”这个人，写成 licheng.clerk 的样子。',
      '情景 inspectors：检查人员 1 人，不够一组 2 人。',
    ]);
  });

  it('a moved deadline bends the run instead of the pack: the pack has a hash of its own, and one before the opening is refused', () => {
    const [moved, plain] = [ground(1, { deadline: '09-15' }), ground(1)];
    expect(moved.pack.pack.deadlines.planFiling.value).toEqual({ month: 9, day: 15, roll: 'none' });
    expect(moved.pack.hash).not.toBe(plain.pack.hash);
    expect(sentences(() => ground(1, changed({ deadline: '08-01' })))).toEqual(['报送期限应在 08-17 开始编报之后。']);
  });

  it('a question beyond its bounds is run: too many years, no inspectors, a day that does not exist', () => {
    expect(sentences(() => readQuestion({ seeds: 5000, inspectors: 0, deadline: '09-31', year: 1999 }))).toEqual(['年度填 2012 至 2060。', '次数填 1 至 1000。', '检查人员填 2 至 60 人。', '日期写成 09-15 的样子。']);
  });
});
