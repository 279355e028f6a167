import type { Notice } from '../reads/notices.js';
import type { Formats } from './formats.js';

/** What a notice about a term says beside its name: a text and what stands in it. */
export interface NoticeDetail {
  key: string;
  day: string;
  from: string;
  days: number;
}

/** The second line of a notice about a term: how long it still is, that it is over, or from when to when it has moved. Null for every other notice. */
export function noticeDetail({ params }: Pick<Notice, 'params'>, formats: Formats): NoticeDetail | null {
  const { due, from, daysLeft, lastWorkday } = params as { due?: string | null; from?: string; daysLeft?: number; lastWorkday?: boolean };
  if (!due) return null;
  const kind = from !== undefined ? 'moved' : daysLeft === undefined ? 'overdue' : lastWorkday ? 'lastWorkday' : 'reminder';
  return { key: `notices.detail.${kind}`, day: formats.day(due), from: from === undefined ? '' : formats.day(from), days: daysLeft ?? 0 };
}
