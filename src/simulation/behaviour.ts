import { InvalidInput, type Defect } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { preparers } from '../content/preparers.js';
import { allStages } from '../engine/case-step.js';
import type { Act } from './acting.js';
import { acceptanceActs } from './acceptance-acts.js';
import { assumptions } from './assumed-facts.js';
import { inspectionActs } from './inspection-acts.js';
import { planActs, programmeActs } from './plan-acts.js';
import type { ChartOfYear } from './charts-of-year.js';
import type { Scenario } from './scenario.js';

const acts: Readonly<Record<string, Readonly<Record<string, Act>>>> = { programme: programmeActs, plan: planActs, inspection: inspectionActs, acceptance: acceptanceActs };

/** How the people of a simulated year carry a command out. */
export const actOf = (workflow: string, command: string): Act => acts[workflow]![command]!;

const askable = (workflow: string, command: string): boolean => {
  const name = `${workflow}.${command}`;
  const preparer = preparers[name];
  return name in assumptions || preparer === undefined || 'glance' in preparer;
};

/**
 * Whether this scenario knows what people do wherever the charts ask somebody to act, and nothing the charts do not have. A new version of a chart with a
 * step nobody has thought of is refused here, not guessed.
 * @throws InvalidInput naming every stage and command
 */
export function demandBehaviour(scenario: Scenario, charts: readonly ChartOfYear[]): void {
  const defects: Defect[] = [];
  const refuse = (field: string, zh: string, en: string): void => void defects.push({ field, code: 'behaviour', sentence: words(`情景 ${field}：${zh}。`, `Scenario ${field}: ${en}.`) });
  const known = new Set<string>();
  for (const { workflow, machine } of charts) {
    for (const stage of allStages(machine).filter((one) => one.final === undefined)) {
      const name = `${workflow}.${stage.stage}`;
      known.add(name);
      const offered = new Set([...stage.duties, ...(stage.powers ?? [])].flatMap(({ commands }) => commands));
      const duty = scenario.duties[name];
      if (duty === undefined) {
        if (stage.duties.length > 0 && !scenario.neverEntered.includes(name)) refuse(`duties.${name}`, `流程有“${stage.words.zh}”，情景没有说由谁怎样办`, `the chart has “${stage.words.en}”, the scenario does not say how it is done`);
        continue;
      }
      for (const command of Object.keys(duty.odds)) {
        if (!offered.has(command)) refuse(`duties.${name}.odds.${command}`, '流程在这一环节没有这个操作', 'the chart has no such command there');
        else if (acts[workflow]?.[command] === undefined || !askable(workflow, command)) refuse(`duties.${name}.odds.${command}`, '模拟不会办这个操作', 'the simulation does not know how to do this');
      }
      for (const { commands } of stage.duties) {
        if (!commands.some((command) => command in duty.odds)) refuse(`duties.${name}.odds`, `“${stage.words.zh}”要办 ${commands.join('、')}，一个也没有说`, `none of ${commands.join(', ')} has odds`);
      }
    }
  }
  for (const name of [...Object.keys(scenario.duties), ...scenario.neverEntered]) if (!known.has(name)) refuse(`duties.${name}`, '流程没有这个环节', 'no chart has this stage');
  if (defects.length > 0) throw new InvalidInput(defects);
}
