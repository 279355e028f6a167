import { may } from '../../auth/permissions.js';
import { workerActor } from '../../domain/actor.js';
import { localDay } from '../../domain/local-day.js';
import type { Words } from '../../domain/text.js';
import { REMINDER } from '../../engine/remind-unit.js';
import { lastReminders } from '../../reads/attention.js';
import type { FilingUnit } from '../../reads/filing-units.js';
import { planOnRecord } from '../../reads/plan-on-record.js';
import type { CaseProgress } from '../../reads/year-progress.js';
import { isReported } from '../../reads/year-figures.js';
import { valueOf } from '../../../workflows/policies/policy-pack.js';
import { stageWords } from '../case-view/stage-words.js';
import { viewerOf, type Exchange } from '../context.js';

/** A unit whose plan has not reached the city: stage and completeness, nothing more (尚未报送). */
export interface NotYetFiled {
  unit: FilingUnit;
  caseId: string | null;
  stage: Words | null;
  completeness: number | null;
  remindedAt: Date | null;
  /** Whether this reader may remind the unit's bureau now. */
  mayRemind: boolean;
  /** Overdue for so long that the office may have a notice of supervision drafted. */
  overdueLong: boolean;
}

/** The units that have not filed, in 区划 order, with when the office last reminded each. */
export async function notYetFiled(x: Exchange, year: number, units: readonly FilingUnit[], cases: readonly CaseProgress[]): Promise<NotYetFiled[]> {
  const { services, context } = x;
  const { city } = services;
  const calendar = await services.calendarOf(city);
  const reminders = await services.database.asActor(workerActor(city), (trx) => lastReminders(trx, city, year, REMINDER));
  const office = may(viewerOf(x).actors, 'unit.remind');
  return units.flatMap((unit): NotYetFiled[] => {
    const { plan } = planOnRecord(cases.filter((one) => one.unit === unit.id));
    if (plan === undefined) return [{ unit, caseId: null, stage: null, completeness: null, remindedAt: null, mayRemind: false, overdueLong: false }];
    if (isReported(plan)) return [];
    const remindedAt = reminders.get(plan.caseId) ?? null;
    const { timing } = services.packOf(plan.pack).pack;
    const interval = valueOf(timing.reminderIntervalWorkdays);
    const missed = plan.stages.find((visit) => visit.stage === 'overdue' && visit.leftAt === null);
    const overdue = missed === undefined ? 0 : calendar.workdaysBetween(localDay(new Date(missed.enteredAt.getTime() - 1)), localDay(context.now)).days;
    const free = remindedAt === null || localDay(context.now) >= calendar.addWorkdays(localDay(remindedAt), interval).day;
    return [{
      unit, caseId: plan.caseId, stage: stageWords(services, plan, plan.stage), completeness: plan.stage === 'drafting' ? plan.completeness : null, remindedAt, mayRemind: office && free, overdueLong: office && overdue >= valueOf(timing.supervisionDraftAfterWorkdays),
    }];
  });
}
