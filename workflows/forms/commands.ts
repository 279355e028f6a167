import { acceptanceCommands } from './acceptance-commands.js';
import type { CommandForm, CommandForms } from './command-form.js';
import { inspectionCommands } from './inspection-commands.js';
import { matterCommands } from './matter-commands.js';
import { moveCommands } from './move-commands.js';
import { planCommands } from './plan-commands.js';
import { programmeCommands } from './programme-commands.js';
import { taskCommands } from './task-commands.js';
import { z } from 'zod';
import { words } from '../../src/domain/text.js';

/** 签收: the holder of a post takes a paper in; from then on its sender cannot withdraw it. Reading is not 签收. */
const open: CommandForm = { words: words('签收', 'Confirm receipt'), done: words('签收', 'Confirmed receipt'), tone: 'neutral', schema: z.object({}) };

/** Every command a person may send, of every workflow; a name means the same wherever it is used. */
export const commandForms: CommandForms = { ...programmeCommands, ...planCommands, ...inspectionCommands, ...acceptanceCommands, ...matterCommands, ...moveCommands, ...taskCommands, open };
