import { DocumentRefusal } from '../../documents/document-refusal.js';
import { words } from '../../domain/text.js';
import { lastAct, type Dossier, type JournalledAct } from '../dossier.js';

/** What stands on a paper where the procedure asked for nothing that could be printed there. */
export const notRegistered = '未登记';

/**
 * A value the paper cannot do without.
 * @throws DocumentRefusal facts-incomplete naming it
 */
export function recorded<T>(value: T | null | undefined, what: string): T {
  if (value !== null && value !== undefined) return value;
  throw new DocumentRefusal('facts-incomplete', words(`案卷里没有登记${what}，文书没有生成。`, `The case has no record of what the paper needs (${what}); it was not made.`), what);
}

/** The last act of a kind. @throws DocumentRefusal facts-incomplete when there is none */
export const actOf = (dossier: Dossier, command: string): JournalledAct => recorded(lastAct(dossier, command), command);

/** A text field of an act; null where it was left empty. */
export function textOf(act: JournalledAct | undefined, field: string): string | null {
  const value = act?.event[field];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** A list of paragraphs of an act, without empty ones. */
export function paragraphsOf(act: JournalledAct | undefined, field: string): string[] {
  const value = act?.event[field];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one.trim() !== '').map((one) => one.trim()) : [];
}
