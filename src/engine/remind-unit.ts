import { newId } from '../clock.js';
import { workerActor, type Actor } from '../domain/actor.js';
import { Forbidden, Refused } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { valueOf } from '../../workflows/policies/policy-pack.js';
import { noSuchCase } from './dispatch.js';
import type { EngineParts } from './engine.js';
import { restBetweenReminders } from './rest-between-reminders.js';

/** The template of the notice, which is also the only record of the reminder: it moves nothing and stands in no journal. */
export const REMINDER = 'officeReminder';
const RECEIVERS = ['unit.clerk', 'unit.head'];
const REMINDING = ['office.clerk', 'office.registrar', 'office.director'];

/**
 * 提醒区人社局: a notice to the clerk and the head of a unit's bureau while its plan has not been filed. Never to a government, and not again
 * within the pack's interval of working days (C-7.11). Written under the system's hand, because a unit's notices are behind its own wall.
 * @throws Forbidden to others than the office; NotFound; Refused when the plan has been filed or the unit was reminded of late
 */
export async function remindUnit(parts: EngineParts, actors: readonly Actor[], caseId: string): Promise<{ at: Date; unitName: string }> {
  const actor = actors.find((one) => one.scope === 'city' && REMINDING.includes(one.role));
  if (actor === undefined) throw notTheOffice();
  const calendar = await parts.calendarOf(actor.city);
  const at = parts.clock.now();
  return parts.database.asActor(workerActor(actor.city), async (trx) => {
    const { city } = actor;
    // Two clicks at once wait for each other here: the second then sees the first.
    const plan = await trx('case_file').where({ city, id: caseId, workflow: 'plan' }).forUpdate().first('year', 'unit', 'pack', 'final', 'case_number');
    if (plan === undefined) throw noSuchCase(caseId);
    // An amendment has no yearly date that could be missed.
    const amends = (await trx('case_link').where({ city, child: caseId, kind: 'amends' }).first('parent')) !== undefined;
    const filed = amends || plan.final || (await trx('case_stage').where({ city, case_id: caseId, stage: 'registered' }).first('seq')) !== undefined;
    if (filed) throw alreadyFiled();
    const last = await trx('notice').where({ city, case_id: caseId, template: REMINDER }).orderBy('at', 'desc').first('at');
    const interval = valueOf(parts.packOf(plan.pack).pack.timing.reminderIntervalWorkdays);
    if (last !== undefined) restBetweenReminders(last.at, at, interval, calendar);
    const unit = await trx('filing_unit').where({ city, year: plan.year, id: plan.unit }).first('name', 'hrss_org');
    const params = JSON.stringify({ unit: unit.name, caseNumber: plan.case_number, by: actor.postName });
    await trx('notice').insert(RECEIVERS.map((role) => ({
      city, id: newId(), year: plan.year, unit: plan.unit, side: 'unit', case_id: caseId, org: unit.hrss_org, role, template: REMINDER, params, at,
    })));
    return { at, unitName: unit.name as string };
  });
}

const notTheOffice = (): Forbidden => new Forbidden('not-the-office', words('提醒由领导小组办公室发出。', 'Reminders are sent by the office.'));
const alreadyFiled = (): Refused => new Refused('already-filed', words('这个单位已经报送，不用提醒。', 'This unit has filed; there is nothing to remind it of.'));
