import { z } from 'zod';
import { words, type Words } from '../../src/domain/text.js';
import { optionalText, text } from './fields.js';

/** What is written of a matter (一文一事): one section. */
export const matterSectionNames = ['matter'] as const;
export const matterSectionWords: Readonly<Record<(typeof matterSectionNames)[number], Words>> = { matter: words('事项', 'The matter') };

export const matterSchemas = {
  matter: z.object({
    decision: text(words('拟请决定的事项', 'What is to be decided'), { max: 500, hint: words('一件一事；表决即就此表决。', 'One matter only; a vote is taken on these words.') }),
    grounds: text(words('情况和理由', 'Facts and reasons'), { max: 6000 }),
    basis: optionalText(words('依据', 'Basis'), { max: 500 }),
  }),
};
