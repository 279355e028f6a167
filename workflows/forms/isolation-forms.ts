import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import { choice, text } from './fields.js';

/** 隔离 of a file: one click and a reason. */
export const isolationForm = z.object({ reason: text(words('理由', 'Reason'), { max: 300 }) });

/** What is to become of it. */
export const disposalForm = z.object({
  disposal: choice(words('处置', 'What becomes of it'), [
    { value: 'remove', words: words('清除内容', 'Remove the content') }, { value: 'restore', words: words('解除隔离', 'Give it back') },
  ] as const),
  reason: text(words('理由', 'Reason'), { max: 300 }),
});
