import { isBeside } from './task-commands.js';
import type { CommandForm } from './command-form.js';

/**
 * Whether a command may be given for many cases in one act (批量同意): it goes on with the case, its form asks for nothing and takes at most an
 * opinion, and it is no step that cannot be taken back. Whatever needs facts of the single case, a number, a reason or a second look is given singly.
 */
export function fitsMany(command: string, form: CommandForm): boolean {
  const fields = Object.keys(form.schema.shape);
  return !isBeside(command) && form.tone === 'primary' && !form.irreversible && fields.length === 1 && fields[0] === 'opinion' && form.schema.safeParse({}).success;
}
