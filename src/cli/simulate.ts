import { Refused } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { chineseCalendar } from '../register/chinese-calendar.js';
import { readJinan } from '../register/jinan-files.js';
import { checkoutRoot } from '../runtime/checkout.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import { readQuestion } from '../simulation/question.js';
import { demonstrationScenario, readScenario } from '../simulation/scenario.js';
import { tablesOf } from '../simulation/tables.js';
import { whatIf } from '../simulation/what-if.js';
import { namedFile } from './named-file.js';

const usage = `用法 Usage: yanshou simulate [--scenario file.json] [--year 2026] [--seed 1] [--seeds 50] [--inspectors 3] [--deadline 09-15]
                       [--leave licheng.clerk=2026-09-01..2026-09-30] [--json]
`;

/**
 * `yanshou simulate`: tries a year of all filing units out on a clock of its own; no database is asked. Prints tables and ends with one line of JSON;
 * with `--json` that line alone.
 */
export async function simulateCommand(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const { scenario: file, json, ...asked } = optionsIn(args);
  const scenario = file === undefined ? demonstrationScenario() : readScenario(jsonIn(file, (await namedFile(file)).toString('utf8')));
  const question = readQuestion(asked);
  const began = performance.now();
  const answer = await whatIf({ data: readJinan(checkoutRoot(), 2026), pack: policyPack('jinan-2011-61'), calendar: chineseCalendar() }, scenario, question);
  const seconds = Math.round((performance.now() - began) / 10) / 100;
  if (!json) process.stdout.write(`${tablesOf(answer)}\n${question.seeds} 年 years · ${seconds} s\n`);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  return 0;
}

interface Options {
  scenario?: string;
  json: boolean;
  [name: string]: unknown;
}

/** @throws Refused with the usage for what is no option of this command */
function optionsIn(args: readonly string[]): Options {
  const options: Options = { json: false };
  const leave: { who: string; from: string; to: string }[] = [];
  for (let at = 0; at < args.length; at++) {
    const name = args[at]!.replace(/^--/, '');
    if (name === 'json') {
      options.json = true;
      continue;
    }
    const value = args[++at];
    if (value === undefined || !args[at - 1]!.startsWith('--')) throw notUnderstood(args[at - 1]!);
    if (name === 'scenario' || name === 'deadline') options[name] = value;
    else if (['year', 'seed', 'seeds', 'inspectors'].includes(name)) options[name] = Number(value);
    else if (name === 'leave') leave.push(leaveIn(value));
    else throw notUnderstood(args[at - 1]!);
  }
  return leave.length > 0 ? { ...options, leave } : options;
}

function leaveIn(text: string): { who: string; from: string; to: string } {
  const [, who, from, to] = /^([^=]+)=(\S+)\.\.(\S+)$/.exec(text) ?? [];
  if (who === undefined) throw notUnderstood(text);
  return { who, from: from!, to: to! };
}

function jsonIn(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Refused('no-json', words(`${file} 不是 JSON 文件。`, `${file} is no JSON.`), (error as Error).message);
  }
}

const notUnderstood = (text: string): Refused => new Refused('not-understood', words(`看不懂“${text}”。\n${usage}`, `“${text}” is not understood.`));
