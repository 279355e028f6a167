import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import { choice, day, text } from './fields.js';
import { scan } from './shared-fields.js';

/** What the paper says. 圈阅 is consent only where the pack says so, 已阅 never. */
export const paperKinds = [
  { value: 'agree', words: words('同意', 'Agrees') },
  { value: 'disagree', words: words('不同意', 'Disagrees') },
  { value: 'instruct', words: words('批示', 'Instruction') },
  { value: 'circled', words: words('圈阅', 'Circled') },
  { value: 'read', words: words('已阅', 'Read') },
] as const;

/** 线下办理登记: the paper itself, beside the fields of the command it carries out. */
export const paperForm = z.object({
  signatoryName: text(words('签批人', 'Signed by'), { max: 40, control: 'text' }),
  signatoryPost: text(words('签批人职务', 'Post of the signatory'), { max: 60, control: 'text' }),
  wording: text(words('签批原文', 'Wording as written'), { hint: words('照录，一字不改', 'Exactly as written') }),
  kind: choice(words('签批性质', 'Kind'), paperKinds),
  paperDate: day(words('纸面日期', 'Date on the paper')),
  scan,
  keptAt: text(words('原件存放处', 'Where the original is kept'), { max: 120, control: 'text' }),
});
