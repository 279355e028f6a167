import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import { choice, optionalReference, text } from './fields.js';
import { reason } from './shared-fields.js';

/** What may be done about something that stands still. */
export const repairActions = [
  { value: 'retry', words: words('再试一次', 'Try again') },
  { value: 'giveUp', words: words('放弃（不再办理）', 'Give up for good') },
  { value: 'release', words: words('解除占用，重新领取', 'Release, to be taken up again') },
  { value: 'fire', words: words('补触发期限', 'Let the timer fire') },
  { value: 'transfer', words: words('转给本单位岗位', 'Transfer to a post of the organisation') },
  { value: 'appoint', words: words('补上岗位人员', 'Appoint to the post') },
  { value: 'rewrite', words: words('按案卷状态补正待办和期限', 'Rewrite tasks and terms from the state') },
] as const;
export type RepairAction = (typeof repairActions)[number]['value'];

/** A repair as one watcher proposes it: of which alarm, what, to whom, why. */
export const repairForm = z.object({
  kind: text(words('告警', 'Alarm'), { max: 20 }), item: text(words('事项', 'About'), { max: 200 }),
  action: choice(words('处置', 'Repair'), repairActions), target: optionalReference(words('给谁', 'To whom'), 'choice'), reason,
});

export const refusalForm = z.object({ reason });
