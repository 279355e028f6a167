import { Conflict } from '../domain/errors.js';
import { words } from '../domain/text.js';

const ATTEMPTS = 40;

/**
 * Tries again while another was faster (`null`): a step is computed without side effects, so nothing is lost by computing it anew.
 * @throws Conflict when others were faster every time
 */
export async function untilWritten<T>(what: string, attempt: () => Promise<T | null>): Promise<T> {
  for (let count = 0; count < ATTEMPTS; count++) {
    const written = await attempt();
    if (written !== null) return written;
  }
  throw new Conflict('busy', words('办理的人多，这次没有提交成功，填写的内容还在。稍等再提交。', 'Many people are working on this; nothing was submitted and your text is kept. Try again shortly.'), what);
}
