import { differencesOf, mergedSection, type Side } from '../../../src/web/plan-view/section-merge.js';

const row = (placeCode: string, over: object = {}) => ({ tier: 'center', placeCode, name: `中心${placeCode}`, usableArea: '300', ...over });
const picked = (...pairs: [string, Side][]) => new Map(pairs);

describe('two texts of one section', () => {
  it('what only one of the two has changed is kept without asking; what both changed is asked, mine first', () => {
    const base = { goals: '甲', idea: '乙', plan: '丙' };
    const found = differencesOf({ goals: '我改', idea: '我也改', plan: '丙' }, { goals: '甲', idea: '对方改', plan: '对方改' }, base);
    expect(found.map(({ path, suggested, both }) => [path, suggested, both])).toEqual([['goals', 'mine', false], ['idea', 'mine', true], ['plan', 'theirs', false]]);
  });

  it('a row added in between shifts nothing: rows are compared by the place they are about', () => {
    const base = { projects: [row('1'), row('2')] };
    const theirs = { projects: [row('0'), row('1'), row('2', { archiveArea: '20' })] };
    const mine = { projects: [row('1', { usableArea: '310' }), row('2')] };
    expect(differencesOf(mine, theirs, base).map(({ path, suggested }) => [path, suggested])).toEqual([
      ['projects[center:0]', 'theirs'], ['projects[center:1].usableArea', 'mine'], ['projects[center:2].archiveArea', 'theirs'],
    ]);
  });

  it('a row one of them took out stays out only if that is chosen', () => {
    const [mine, theirs] = [{ projects: [row('1')] }, { projects: [row('1'), row('2')] }];
    expect(mergedSection(mine, theirs, picked(['projects[center:2]', 'mine']))).toEqual(mine);
    expect(mergedSection(mine, theirs, picked(['projects[center:2]', 'theirs']))).toEqual(theirs);
  });

  it('the side is chosen place by place, and what was not asked about stays mine', () => {
    const mine = { goals: '我', idea: '我', projects: [row('1', { usableArea: '310' })] };
    const theirs = { goals: '他', idea: '他', projects: [row('1', { usableArea: '320' })] };
    expect(mergedSection(mine, theirs, picked(['idea', 'theirs'], ['projects[center:1].usableArea', 'theirs']))).toEqual({ goals: '我', idea: '他', projects: [row('1', { usableArea: '320' })] });
  });

  it('an empty entry and one that was never made are the same, a box ticked by a form and by a workbook too', () => {
    expect(differencesOf({ a: '', b: 'on', c: [] }, { b: true }, null)).toEqual([]);
  });

  it('two rows about the same place are told apart, so that neither disappears', () => {
    const twice = { projects: [row('1'), row('1', { usableArea: '1' })] };
    expect(mergedSection(twice, twice, picked())).toEqual(twice);
  });
});
