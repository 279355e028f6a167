import { formatDate } from '../../domain/chinese-date.js';
import { judgeTimeliness, statutoryDeadline, type Delivery, type Extension, type StatutoryDeadline, type TimelinessJudgement } from '../../domain/deadline.js';
import { localDay, type Day } from '../../domain/local-day.js';
import { valueOf } from '../../../workflows/policies/policy-pack.js';
import type { Dossier } from '../dossier.js';
import { planOf } from './plan-papers.js';

export interface Delivered {
  deadline: StatutoryDeadline;
  extension: Extension | null;
  judgement: TimelinessJudgement;
}

/** How the plan came in and whether in time: the earliest proven delivery decides, an extension is shown as one (C-7.7, decision 5). */
export function delivered(dossier: Dossier): Delivered {
  const { extension: granted } = planOf(dossier);
  const deadline = statutoryDeadline(dossier.calendar, dossier.year, valueOf(dossier.pack.deadlines.planFiling));
  const extension = granted === null ? null : { until: lastDayOf(granted.until) };
  return { deadline, extension, judgement: judgeTimeliness(deadline, deliveriesOf(dossier), new Date(dossier.at), extension) };
}

/** The day whose 24:00 an instant is. */
const lastDayOf = (end: string): Day => localDay(new Date(Date.parse(end) - 1));

/** What the system acknowledged the first time proves itself; what a registrar entered, or corrected since, is proved by its evidence alone. */
function deliveriesOf(dossier: Dossier): Delivery[] {
  const { acknowledgement, firstReportedAt, incoming } = planOf(dossier);
  return [
    ...(acknowledgement === null ? [] : [{ channel: 'system' as const, at: new Date(firstReportedAt ?? acknowledgement.at), proof: acknowledgement.number }]),
    ...(incoming === null ? [] : [{ channel: 'paper' as const, at: new Date(incoming.deliveredAt), proof: incoming.evidence ?? '' }]),
  ];
}

/** `按期（截止2026年9月30日24时）`. */
export function timelinessWords({ deadline, extension, judgement }: Delivered): string {
  const end = `截止${formatDate(deadline.day)}24时`;
  if (judgement.status === 'onTime') return `按期（${end}）`;
  if (judgement.status === 'extended') return `延期报送（${end}，经同意延至${formatDate(extension!.until)}24时）`;
  return `逾期${judgement.daysLate}日（${end}）`;
}

/** An amendment comes when it is needed; the yearly date binds the yearly plan. */
export const noTerm = '方案调整，不计报送期限';
