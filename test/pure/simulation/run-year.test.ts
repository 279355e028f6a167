import { checkYear } from '../../../src/simulation/check-year.js';
import { runYear } from '../../../src/simulation/run-year.js';
import { summariseYear } from '../../../src/simulation/summarise-year.js';
import { readQuestion } from '../../../src/simulation/question.js';
import { whatIf } from '../../../src/simulation/what-if.js';
import { ground, scenario, smallCity } from './small-city.js';

const year = async (units: number, over: Parameters<typeof ground>[1] = {}, seed = 1) => {
  const on = ground(units, over);
  const { record, store } = await runYear(on, seed);
  return { summary: summariseYear(on, seed, record), store, on, record };
};

describe('a simulated year', () => {
  it('a run cannot be told again: the same question and seed give the same answer to the letter, another seed another', async () => {
    const parts = smallCity(2);
    const [first, again, other] = [await whatIf(parts, scenario, readQuestion({ seed: 7 })), await whatIf(parts, scenario, readQuestion({ seed: 7 })), await whatIf(parts, scenario, readQuestion({ seed: 8 }))];
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    expect(JSON.stringify(other.year.units)).not.toBe(JSON.stringify(first.year.units));
  });

  it('a copy of the procedure: every case has come to its end and stands under the production check – chain, replay, tasks and terms', async () => {
    const { store, on, record } = await year(3);
    expect(new Set([...store.cases.values()].map(({ row }) => row.workflow))).toEqual(new Set(['programme', 'plan', 'inspection', 'acceptance']));
    expect(checkYear(on, store)).toEqual([]);
    expect(record.refused).toBe(0);
  });

  it('a term that nobody meets is lost: each fires at its own due instant, and the plan’s own verdict is told', async () => {
    const { summary, store } = await year(2, { deadline: '08-25' });
    expect(summary.units.map(({ timeliness }) => timeliness)).toEqual(['late', 'late']);
    expect(summary.terms['plan.filing']).toBe(2);
    const fired = [...store.cases.values()].flatMap(({ journal }) => journal.filter(({ command }) => command === 'term.plan.filing.due').map(({ at }) => at));
    expect(fired).toEqual(Array(2).fill('2026-08-25T16:00:00.000Z'));
  });
});

describe('a question', () => {
  it('luck is taken for an answer: leave makes its own unit later and leaves the plans of the others as they were', async () => {
    const [before, after] = [await year(2), await year(2, { leave: [{ who: 'shizhong.clerk', from: '2026-08-20', to: '2026-10-20' }] })];
    const filed = ({ summary }: typeof before): string[] => summary.units.map((one) => one.filed!);
    expect(filed(after)[1]! > filed(before)[1]!).toBe(true);
    expect(filed(after)[0]).toBe(filed(before)[0]);
  });

  it('more inspectors change nothing: with eight the visits wait less than with two, and end earlier', async () => {
    const [few, many] = [await year(4, { inspectors: { ...scenario.inspectors, count: 2 } }), await year(4, { inspectors: { ...scenario.inspectors, count: 8 } })];
    const last = ({ summary }: typeof few): string => summary.units.map((one) => one.inspected!).sort().at(-1)!;
    const waited = ({ summary }: typeof few): number => summary.posts.find(({ role }) => role === 'inspector')!.wait90;
    expect(last(many) < last(few)).toBe(true);
    expect(waited(many)).toBeLessThan(waited(few));
    expect(few.summary.posts[0]!.role).toBe('inspector');
  });
});
