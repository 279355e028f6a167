import { formatDate } from '../../domain/chinese-date.js';
import type { Defect } from '../../domain/errors.js';
import { localDay } from '../../domain/local-day.js';
import { words, type Words } from '../../domain/text.js';
import { allocateNumber } from '../../register/number-series.js';
import { filerOf } from '../../../workflows/policies/pack-rules.js';
import { atAGlance, decides, demandNone, type Glimpse, type Preparer } from '../preparation.js';

/** The series of 收文号: one per city and programme year, whatever pack a plan is bound to. */
const incomingSeries = '收文';

const today = ({ now }: Glimpse): string => localDay(new Date(now));
const pin = (field: string, code: string, sentence: Words): Defect[] => [{ field, code, sentence }];

/** The departments that are asked, by name. Only departments of the same unit co-sign. */
export const askedOrganisations: Preparer = async (p) => {
  const wanted = [...new Set(p.fields.organisations as string[])];
  const { rows } = await p.trx.raw(
    `select o.id as org, v.name from organisation o join organisation_version v on v.city = o.city and v.org = o.id and v.valid_from <= ? and (v.valid_to is null or v.valid_to > ?)
      where o.city = ? and o.unit = ? and o.id = any(?) and exists (select 1 from post p where p.city = o.city and p.org = o.id and p.role = 'cosign.officer')`,
    [today(p), today(p), p.caseRow.city, p.caseRow.unit, wanted]);
  const orgs = wanted.flatMap((org) => (rows as { org: string; name: string }[]).filter((row) => row.org === org));
  const asked = (p.context.cosigners ?? []) as { org: string; name: string }[];
  const repeated = asked.filter((one) => p.context.cosigned !== true && wanted.includes(one.org));
  demandNone([
    ...(orgs.length === wanted.length ? [] : pin('organisations', 'foreign-organisation', words('只能征求本单位所属部门的意见。', 'Only departments of this unit can be asked.'))),
    ...repeated.flatMap(({ name }) => pin('organisations', 'already-asked', words(`${name}已在征求意见名单内。`, `${name} has been asked already.`))),
  ]);
  // Said department by department: one added later may have had another letter.
  return { facts: { orgs: p.fields.silence === true ? orgs.map((one) => ({ ...one, silence: 'noObjection' })) : orgs } };
};

/** Consent is given on a day that has come, on the version that was shown. */
export const consent = atAGlance((p) => {
  const date = String(p.fields.date);
  demandNone(date > today(p) ? pin('date', 'in-future', words(`同意日期 ${formatDate(date)} 晚于今天，请核对。`, `The date of consent, ${date}, is later than today.`)) : []);
  return decides.glance(p);
});

/** The filing rests on a consent that is not dated after it; a report that goes up names who signed it. */
export const report = atAGlance((p) => {
  const given = p.context.consent as { date: string } | null;
  const { direction } = filerOf(p.pack, p.context.unitKind as 'district' | 'zone');
  demandNone([
    ...(given !== null && given.date > today(p) ? pin('', 'consent-after-filing', words('本级政府同意的日期晚于报送日期，不能报送。', 'The consent is dated after the filing.')) : []),
    ...(direction === 'report' && p.fields.signatory === null ? pin('signatory', 'missing', words('用报告报送，请填写签发人。', 'This is filed by a report: enter who signed it.')) : []),
  ]);
  return decides.glance(p);
});

/** 收文登记: the number is allocated once for this task, however often the step is tried. */
export const register: Preparer = async (p) => {
  const { fields, context, caseRow, actor, now } = p;
  const given = context.consent as { date: string } | null;
  const dated = String(fields.dated);
  const deliveredAt = String(fields.deliveredAt);
  demandNone([
    ...(dated > today(p) ? pin('dated', 'in-future', words('成文日期晚于今天，请核对。', 'The date on the paper is later than today.')) : []),
    ...(deliveredAt > now ? pin('deliveredAt', 'in-future', words('送达时间晚于现在，请核对。', 'The delivery is later than now.')) : []),
    ...(localDay(new Date(deliveredAt)) < dated ? pin('deliveredAt', 'before-dated', words('送达早于成文日期，请核对。', 'It was delivered before the date on the paper.')) : []),
    ...(given !== null && given.date > dated ? pin('dated', 'consent-after-paper', words(
      `本级政府 ${formatDate(given.date)} 才同意，来文成文日期更早，请核对。`, `The government consented on ${given.date}, after the date on the paper.`)) : []),
  ]);
  if (p.task === null) throw new TypeError('an incoming paper is registered on a task');
  const number = await allocateNumber(p.trx, { city: caseRow.city, issuerCode: incomingSeries, year: caseRow.year, documentId: p.task.id, at: now });
  return {
    facts: {
      incomingNumber: number,
      incoming: {
        id: p.task.id, number, theirNumber: fields.theirNumber, title: caseRow.title, channel: fields.channel, dated, deliveredAt,
        deliveryEvidence: fields.evidence ?? null, evidenceAttachment: fields.evidenceFile ?? null, registeredAt: now, registeredBy: actor.person,
      },
    },
  };
};

/** An extension goes beyond what is due now; an amendment has no date that could be extended. */
export const grantExtension = atAGlance(({ fields, context }) => {
  const due = (context.extension as { until: string } | null)?.until ?? (context.dates as Record<string, string>)['plan.filing'];
  if (due !== undefined) demandNone(Date.parse(String(fields.until)) > Date.parse(due) ? [] : pin('until', 'not-later', words(
    `延期须晚于现在的期限（${formatDate(localDay(new Date(Date.parse(due) - 1)))}）。`, 'The extension must be later than the present deadline.')));
  const until = localDay(new Date(Date.parse(String(fields.until)) - 1));
  return { facts: { exception: `延至${formatDate(until)}24时；依据：${String(fields.basis)}；理由：${String(fields.reason)}` } };
});
