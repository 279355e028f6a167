import type { Knex } from 'knex';
import { datedLater, type CaseDate } from '../domain/date-order.js';
import { words } from '../domain/text.js';
import { acceptanceDates } from './acceptance-dates.js';

/** A date that is later than its step. */
export interface LateDate extends CaseDate {
  readonly caseNumber: string;
  readonly title: string;
  readonly unitName: string | null;
}

/**
 * Everything of a year that is dated later than its step: consent after the filing it allows, a letter after it was sent, a delivery after its
 * registration, an extension after the day it extends, a visit after its record. What entry refuses is looked for all the same: the list shows
 * what stands in the records. Only what this reader may see is compared.
 */
export async function lateDates(trx: Knex.Transaction, city: string, year: number): Promise<LateDate[]> {
  const cases: { id: string; caseNumber: string; title: string; unitName: string | null }[] = await trx('case_file as c')
    .leftJoin('filing_unit as u', (on) => on.on('u.city', 'c.city').andOn('u.year', 'c.year').andOn('u.id', 'c.unit'))
    .where({ 'c.city': city, 'c.year': year }).orderBy(['u.position', 'c.case_number']).select('c.id', 'c.case_number as caseNumber', 'c.title', 'u.name as unitName');
  const plans = await plansOf(trx, city, year);
  const all = [
    ...plans.flatMap(consentDates), ...(await extensionDates(trx, city, year, plans)), ...(await incomingDates(trx, city, year, plans)),
    ...(await paperDates(trx, city, year)), ...(await documentDates(trx, city, year)), ...(await acceptanceDates(trx, city, year)),
  ].filter(datedLater);
  return cases.flatMap(({ id, ...of }) => all.filter(({ caseId }) => caseId === id).map((one) => ({ ...of, ...one })));
}

interface PlanDates {
  caseId: string;
  consent: { number: string; date: string } | null;
  /** The latest filing. */
  acknowledgement: { at: string } | null;
  extension: { statutory: string } | null;
}

const consentWords = words('本级政府同意', 'Consent of the government');
const filing = words('报送', 'Filing');
const registration = words('登记', 'Registration');

async function plansOf(trx: Knex.Transaction, city: string, year: number): Promise<PlanDates[]> {
  const rows: { id: string; snapshot: string }[] = await trx('case_snapshot as s').join('case_file as c', (on) => on.on('c.city', 's.city').andOn('c.id', 's.id'))
    .where({ 's.city': city, 's.year': year, 'c.workflow': 'plan' }).select('s.id', 's.snapshot');
  return rows.map(({ id, snapshot }) => ({ caseId: id, ...(JSON.parse(snapshot) as { snapshot: { context: Omit<PlanDates, 'caseId'> } }).snapshot.context }));
}

/** The consent that stands belongs to the latest filing: a correction of projects or money is consented to and filed anew. */
const consentDates = ({ caseId, consent, acknowledgement }: PlanDates): CaseDate[] =>
  consent === null || acknowledgement === null ? [] : [{ caseId, paper: consentWords, named: consent.number, dated: consent.date, step: filing, at: acknowledgement.at }];

async function extensionDates(trx: Knex.Transaction, city: string, year: number, plans: readonly PlanDates[]): Promise<CaseDate[]> {
  const granted: { caseId: string; at: Date; words: string }[] = await trx('exception_entry').where({ city, year, kind: 'extension' }).select('case_id as caseId', 'at', 'words');
  return granted.flatMap(({ caseId, at, words: said }) => {
    const extension = plans.find((one) => one.caseId === caseId)?.extension ?? null;
    // The day ends at 24:00, which is the next day's first instant.
    return extension === null ? [] : [{
      caseId, paper: words('同意延期', 'Consent to extend'), named: said, dated: at.toISOString(), step: words('报送期限', 'Filing deadline'), at: new Date(Date.parse(extension.statutory) - 1).toISOString(),
    }];
  });
}

/** The four dates of what came in, each against the one after it; the latest letter of a plan also against its filing and the consent it rests on. */
async function incomingDates(trx: Knex.Transaction, city: string, year: number, plans: readonly PlanDates[]): Promise<CaseDate[]> {
  const rows: { caseId: string; named: string; channel: string; dated: string; delivered: Date; registered: Date; entered: Date }[] = await trx('incoming').where({ city, year }).orderBy('number')
    .select('case_id as caseId', 'their_number as named', 'channel', 'dated', 'delivered_at as delivered', 'registered_at as registered', 'entered_at as entered');
  const letter = words('来文成文', 'Date on the letter');
  const delivery = words('送达', 'Delivery');
  return rows.flatMap(({ caseId, named, channel, dated, ...at }, index) => {
    const [delivered, registered, entered] = [at.delivered.toISOString(), at.registered.toISOString(), at.entered.toISOString()];
    const plan = rows.slice(index + 1).some((later) => later.caseId === caseId) ? undefined : plans.find((one) => one.caseId === caseId);
    return [
      { caseId, named, paper: letter, dated, step: delivery, at: delivered }, { caseId, named, paper: letter, dated, step: registration, at: registered },
      { caseId, named, paper: delivery, dated: delivered, step: registration, at: registered }, { caseId, named, paper: registration, dated: registered, step: words('录入', 'Entry'), at: entered },
      ...(channel === 'system' && plan?.acknowledgement != null ? [{ caseId, named, paper: letter, dated, step: filing, at: plan.acknowledgement.at }] : []),
      ...(plan?.consent != null ? [{ caseId, named: plan.consent.number, paper: consentWords, dated: plan.consent.date, step: letter, at: dated }] : []),
    ];
  });
}

/** A signed sheet against its registration, and against the date that was registered from it. */
async function paperDates(trx: Knex.Transaction, city: string, year: number): Promise<CaseDate[]> {
  const rows: { caseId: string; name: string; post: string; dated: string; registered: Date; fields: { date?: unknown } }[] = await trx('paper_act').where({ city, year }).whereIn('status', ['registered', 'compared'])
    .select('case_id as caseId', 'signatory_name as name', 'signatory_post as post', 'paper_date as dated', 'registered_at as registered', 'fields');
  const sheet = words('纸面签批', 'Signed sheet');
  return rows.flatMap(({ caseId, name, post, dated, registered, fields }) => [
    { caseId, named: `${post} ${name}`, paper: sheet, dated, step: registration, at: registered.toISOString() },
    ...(typeof fields.date === 'string' ? [{ caseId, named: `${post} ${name}`, paper: sheet, dated, step: words('据此登记的日期', 'The date registered from it'), at: fields.date }] : []),
  ]);
}

/** 成文日期 of issued papers against the day they were made. */
async function documentDates(trx: Knex.Transaction, city: string, year: number): Promise<CaseDate[]> {
  const rows: { caseId: string; title: string; number: string | null; dated: string; entered: Date }[] = await trx('document').where({ city, year })
    .select('case_id as caseId', 'title', 'number', 'dated', 'entered_at as entered');
  return rows.map(({ caseId, title, number, dated, entered }) => ({
    caseId, named: number ?? title, paper: words('文书成文', 'Date on the paper'), dated, step: words('录入', 'Entry'), at: entered.toISOString(),
  }));
}
