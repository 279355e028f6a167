import { chineseCalendar } from '../register/chinese-calendar.js';
import { readJinan } from '../register/jinan-files.js';
import { checkoutRoot } from '../runtime/checkout.js';
import { checkYear } from '../simulation/check-year.js';
import { whatIfDesk } from '../simulation/desk.js';
import { runYear } from '../simulation/run-year.js';
import { demonstrationScenario } from '../simulation/scenario.js';
import { summariseYear } from '../simulation/summarise-year.js';
import { groundOf } from '../simulation/what-if.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';

/** A year of all units is promised in so many seconds. */
const YEAR_SECONDS = 10;
/** Others wait no longer than this for their turn while a server answers a question, in milliseconds. */
const LONGEST_TURN = 250;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const seconds = (milliseconds: number): number => Math.round(milliseconds / 10) / 100;

/**
 * `yanshou check:simulation [seeds]`: runs the year of all units under so many seeds (50), puts every simulated case under the production check, runs the first
 * again and compares, and asks a desk once while it looks how long others wait. Exit code 1 when anything falls short.
 */
export async function checkSimulationCommand([wanted = '50']: string[]): Promise<number> {
  const parts = { data: readJinan(checkoutRoot(), 2026), pack: policyPack('jinan-2011-61'), calendar: chineseCalendar() };
  const scenario = demonstrationScenario();
  const ground = groundOf(parts, scenario, 2026);
  const took: number[] = [];
  const answers: string[] = [];
  let [cases, entries, broken, refused, inVain] = [0, 0, 0, 0, 0];
  for (let seed = 1; seed <= Number(wanted); seed++) {
    const [from, cpu] = [performance.now(), process.cpuUsage()];
    const { record, store } = await runYear(ground, seed);
    took.push(performance.now() - from);
    const { user, system } = process.cpuUsage(cpu);
    answers.push(JSON.stringify(summariseYear(ground, seed, record)));
    const defects = checkYear(ground, store);
    for (const { caseNumber, entry, what } of defects) process.stdout.write(`✘ 种子 seed ${seed} ${caseNumber} ${entry ?? ''} ${what.zh} ${what.en}\n`);
    [cases, entries, broken, refused, inVain] = [cases + store.cases.size, entries + record.steps, broken + defects.length, refused + record.refused, inVain + record.inVain];
    process.stdout.write(`种子 seed ${String(seed).padStart(3)}  ${seconds(took.at(-1)!).toFixed(2)} s  处理器 processor ${seconds((user + system) / 1000).toFixed(2)} s  案卷 cases ${store.cases.size}  步 steps ${record.steps}\n`);
  }
  const { record } = await runYear(ground, 1);
  const same = JSON.stringify(summariseYear(ground, 1, record)) === answers[0];
  const distinct = new Set(answers).size;
  const turn = await longestTurn();
  const result = {
    seeds: took.length, yearSeconds: seconds(median(took)), allSeconds: seconds(took.reduce((sum, one) => sum + one, 0)), cases, entries, broken, refused, inVain, same, distinct, longestTurnMs: Math.round(turn),
  };
  const holds = broken === 0 && same && distinct === took.length && result.yearSeconds < YEAR_SECONDS && turn < LONGEST_TURN;
  process.stdout.write(`案卷 cases ${cases}  步 steps ${entries}  有误 broken ${broken}  一年 a year ${result.yearSeconds} s  ${took.length} 年 years ${result.allSeconds} s  同种子相同 repeatable ${same}  别人最多等 others wait at most ${result.longestTurnMs} ms\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return holds ? 0 : 1;

  /** The longest anybody else waits for a turn while a desk answers. */
  async function longestTurn(): Promise<number> {
    const desk = whatIfDesk({ ...parts, scenario, calendar: async () => parts.calendar });
    let [longest, last] = [0, performance.now()];
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    await desk.ask({ seeds: 2 });
    clearInterval(beat);
    return longest;
  }
}
