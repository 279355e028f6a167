import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import type { CommandForms } from './command-form.js';
import { text } from './fields.js';

/** What is asked when a case is opened by hand, by workflow; the others are opened by themselves and ask nothing. */
export const openingForms: CommandForms = {
  matter: {
    words: words('提出呈批事项', 'Bring up a matter'), done: words('提出呈批事项', 'Brought up a matter'), tone: 'primary', hint: words('先立题，再写正文、传附件，然后选定办理方式送办。', 'Name it first; then write the text, add files, and choose how it is decided.'),
    schema: z.object({ title: text(words('标题', 'Title'), { max: 80, control: 'text', hint: words('例：关于调整年度检查日程的请示', 'What the matter is about') }) }),
  },
};
