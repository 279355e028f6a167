import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import type { CommandForms } from './command-form.js';
import { optionalText } from './fields.js';
import { reason } from './shared-fields.js';

/** Commands of `programme.v1`. */
export const programmeCommands: CommandForms = {
  openInspection: { words: words('启动年度检查', 'Start the inspection'), done: words('启动年度检查', 'Started the inspection'), tone: 'primary', schema: z.object({}) },
  openAcceptance: { words: words('办理验收申请', 'Start an application'), done: words('办理验收申请', 'Started an application'), tone: 'primary', schema: z.object({}) },
  recordFollowUp: { words: words('登记跟进情况', 'Record the follow-up'), done: words('登记跟进情况', 'Recorded the follow-up'), tone: 'neutral', schema: z.object({ reason }) },
  carryOver: {
    words: words('未完项目结转下年', 'Carry over'), done: words('未完项目结转下年', 'Carried unfinished projects over'), tone: 'warning', irreversible: true, schema: z.object({ reason }),
  },
  close: { words: words('办结', 'Close the year'), done: words('年度办结', 'Closed the year'), tone: 'primary', irreversible: true, schema: z.object({ note: optionalText(words('说明', 'Note')) }) },
};
