import { z } from 'zod';
import { InvalidInput, type Defect } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { leaveShape, yearDay, type Scenario } from './scenario.js';

const said = (zh: string, en: string) => ({ error: `${zh}｜${en}` });
const whole = (least: number, most: number, zh: string, en: string) => z.int(said(zh, en)).min(least, said(zh, en)).max(most, said(zh, en));

/** What somebody wants to know of a year. What is left out stays as the scenario has it. */
export const questionShape = z.strictObject({
  year: whole(2012, 2060, '年度填 2012 至 2060', 'the year lies between 2012 and 2060').default(2026),
  /** Chance begins here; the same seed gives the same year. */
  seed: whole(0, 2_147_483_647, '起始种子填 0 以上的整数', 'the seed is a whole number, 0 or more').default(1),
  /** How many years are tried, seed after seed. */
  seeds: whole(1, 1000, '次数填 1 至 1000', 'between 1 and 1000 years are tried').default(1),
  inspectors: whole(2, 60, '检查人员填 2 至 60 人', 'between 2 and 60 inspectors').optional(),
  /** The last day of filing, as 09-15. */
  deadline: yearDay.optional(),
  leave: z.array(leaveShape).max(50, said('休假不超过 50 项', 'at most 50 leaves')).optional(),
});

export type Question = z.infer<typeof questionShape>;

/** @throws InvalidInput with a sentence for everything that cannot be asked */
export function readQuestion(sent: unknown): Question {
  const parsed = questionShape.safeParse(sent);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(parsed.error.issues.map((issue): Defect => {
    const [zh, en] = issue.message.split('｜');
    const field = issue.path.join('.');
    return { field, code: issue.code, sentence: en === undefined ? words(`试算条件“${field}”填写有误。`, `The condition “${field}” cannot be read: ${zh}.`) : words(`${zh}。`, `${en}.`) };
  }));
}

/** The scenario as the question changes it. */
export function scenarioAsked(scenario: Scenario, { inspectors, deadline, leave }: Question): Scenario {
  return {
    ...scenario, inspectors: { ...scenario.inspectors, count: inspectors ?? scenario.inspectors.count }, deadline: deadline ?? scenario.deadline, leave: leave ?? scenario.leave,
  };
}
