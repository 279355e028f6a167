import type { Notice } from '../reads/notices.js';
import { isDay } from '../domain/local-day.js';
import type { Words } from '../domain/text.js';
import type { Formats } from './formats.js';

/** What a notice says beside its name: a text and what stands in it. */
export interface NoticeDetail {
  key: string;
  day: string;
  from: string;
  days: number;
  post?: string;
  holder?: string;
  deputy?: string;
}

/** Notices about people and posts, by template: each has a second line of its own name. */
const ABOUT_PEOPLE = ['handOverToYou', 'deputyEnded', 'deputyNamed', 'awayUncovered'];

/** The second line of a notice about a term: how long it still is, that it is over, or from when to when it has moved. Of a notice about a post, which one and for whom. Null for every other notice. */
export function noticeDetail({ template, params }: Pick<Notice, 'template' | 'params'>, formats: Formats): NoticeDetail | null {
  if (ABOUT_PEOPLE.includes(template)) return personalDetail(template, params, formats);
  const { due, from, daysLeft, lastWorkday } = params as { due?: string | null; from?: string; daysLeft?: number; lastWorkday?: boolean };
  if (!due) return null;
  const kind = from !== undefined ? 'moved' : daysLeft === undefined ? 'overdue' : lastWorkday ? 'lastWorkday' : 'reminder';
  return { key: `notices.detail.${kind}`, day: formats.day(due), from: from === undefined ? '' : formats.day(from), days: daysLeft ?? 0 };
}

function personalDetail(template: string, params: Record<string, unknown>, formats: Formats): NoticeDetail {
  const { post, holder, deputy, day, from } = params as { post: Words; holder?: string; deputy?: string; day?: string; from?: string };
  return { key: `notices.detail.${template}`, day: day === undefined ? '' : formats.day(day), from: from === undefined || !isDay(from) ? '' : formats.day(from), days: 0, post: post[formats.language], holder, deputy };
}
