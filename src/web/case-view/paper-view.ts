import type { Words } from '../../domain/text.js';
import type { PaperEntry } from '../../engine/paper-entries.js';
import type { CaseHead } from '../../reads/case-head.js';
import type { WebServices } from '../services.js';
import { commandWords, stageWords } from './stage-words.js';
import { subjectName } from './subject-name.js';

/** One matter of a case that may be decided on paper, with where it is registered and where its 呈批件 is printed. */
export interface PaperView {
  words: Words;
  /** Whom or what the duty is about. */
  about: string | null;
  register: string;
  slip: string | null;
  /** The page of the act that waits to be compared. */
  waiting: string | null;
}

/** What a duty is about, a member or a department included. */
export const aboutOf = (subject: Record<string, unknown> | null): string | null => subjectName(subject) ?? (typeof subject?.name === 'string' ? subject.name : null);

/** Where the sheet of an entry is printed. */
export const slipAddress = (caseId: string, { taskId, commands }: PaperEntry): string =>
  taskId === null ? `/cases/${caseId}/rights/${commands[0]}.pdf` : `/cases/${caseId}/slip/${taskId}.pdf`;

/** Where an entry is registered. */
export const registerAddress = (caseId: string, { taskId, commands }: PaperEntry): string =>
  taskId === null ? `/cases/${caseId}/paper?command=${commands[0]}` : `/cases/${caseId}/paper/${taskId}`;

export function paperView(services: WebServices, head: CaseHead, entry: PaperEntry, printable: boolean): PaperView {
  return {
    words: entry.taskId === null ? commandWords(services, entry.commands[0]!) : stageWords(services, head, entry.state), about: aboutOf(entry.subject),
    register: registerAddress(head.caseId, entry), slip: printable ? slipAddress(head.caseId, entry) : null,
    waiting: entry.registered === null ? null : `/papers/${entry.registered}`,
  };
}
