import type { Words } from '../../domain/text.js';
import { words } from '../../domain/text.js';
import { repairActions } from '../../../workflows/forms/repair-forms.js';
import type { WebServices } from '../services.js';
import { commandFormOf } from '../command-form-of.js';

/** The chart version and pack a case is pinned to. */
export interface Charted {
  workflow: string;
  chartVersion: number;
  pack: string;
}

/** What a stage is called in the chart version a case is pinned to. */
export function stageWords(services: WebServices, one: Charted, stage: string): Words {
  const found = services.stagesOf(one.workflow, one.chartVersion, one.pack).find((meta) => meta.stage === stage);
  return found?.words ?? words(stage, stage);
}

const system: Readonly<Record<string, Words>> = {
  'case.opened': words('开立案卷', 'Opened the case'),
  'paper.register': words('登记线下办理', 'Registered a decision made on paper'),
  'paper.sendBack': words('核对不一致，退登记人', 'Comparison failed; sent back to the registrar'),
  'paper.compare': words('核对线下登记', 'Compare with the paper'),
  'case.migrated': words('转入新版流程', 'Led to a later version of the procedure'),
  'case.migratedBack': words('退回原版流程', 'Led back to the earlier version of the procedure'),
  'document.issued': words('出具文书', 'Issued a document'),
  'document.refused': words('文书没有出成', 'A document could not be issued'),
  ...Object.fromEntries(repairActions.map((one) => [`repair.${one.value}`, words(`运行处置：${one.words.zh}`, `Repair: ${one.words.en}`)])),
};

/** How the timeline names a command, done. */
export function doneWords(services: WebServices, command: string): Words {
  const known = commandFormOf(services, command)?.done ?? system[command];
  if (known !== undefined) return known;
  if (command.startsWith('term.')) {
    return command.endsWith('.remind') ? words('期限临近，系统提醒', 'Reminder before the deadline') : words('期限届满', 'Term ended');
  }
  return words('系统办理', 'Done by the system');
}

/** How a button names a command. */
export function commandWords(services: WebServices, command: string): Words {
  return commandFormOf(services, command)?.words ?? system[command] ?? words(command, command);
}
