import { formatDate } from '../../domain/chinese-date.js';
import { Forbidden, type Defect } from '../../domain/errors.js';
import { localDay, localTime } from '../../domain/local-day.js';
import { words } from '../../domain/text.js';
import { demandNone, type Preparation, type Preparer } from '../preparation.js';

interface Correction {
  readonly deliveredAt: string;
  readonly evidence: string;
  readonly evidenceFile: string | null;
  readonly reason: string;
  readonly by: string | null;
}

const incomingOf = ({ trx, caseRow, context }: Preparation) =>
  trx('incoming').where({ city: caseRow.city, id: (context.incoming as { id: string }).id }).first('dated', 'delivered_at as deliveredAt');

const pin = (field: string, code: string, zh: string, en: string): Defect[] => [{ field, code, sentence: words(zh, en) }];
const moment = (at: Date): string => `${formatDate(localDay(at))} ${localTime(at).slice(0, 5)}`;

/** 更正送达时间: with evidence of this case, after the paper was written and not in the future. It changes nothing yet. */
export const correctDelivery: Preparer = async (p) => {
  const { fields, now, trx, caseRow } = p;
  const deliveredAt = String(fields.deliveredAt);
  const incoming = await incomingOf(p);
  const file = fields.evidenceFile as string | null;
  const known = file === null || (await trx('attachment').where({ city: caseRow.city, case_id: caseRow.id, id: file }).whereNull('isolated_at').first('id')) !== undefined;
  demandNone([
    ...(deliveredAt > now ? pin('deliveredAt', 'in-future', '送达时间晚于现在，请核对。', 'The delivery is later than now.') : []),
    ...(localDay(new Date(deliveredAt)) < incoming.dated ? pin('deliveredAt', 'before-dated', '送达早于成文日期，请核对。', 'It was delivered before the date on the paper.') : []),
    ...(Date.parse(deliveredAt) === incoming.deliveredAt.getTime() ? pin('deliveredAt', 'unchanged', '与登记的送达时间相同，没有可更正的。', 'This is the delivery as registered; nothing is corrected.') : []),
    ...(known ? [] : pin('evidenceFile', 'no-such-file', '佐证材料不在本案卷，请重新上传。', 'The proof is no file of this case; upload it again.')),
  ]);
  return { facts: {} };
};

/** @throws Forbidden for whoever proposed the correction */
function secondPerson({ context, actor }: Preparation): Correction {
  const correction = context.correction as Correction;
  if (correction.by === actor.person) throw new Forbidden('second-person', words('核对须由提出更正以外的人办理。', 'The comparison is for a second person, not for who proposed it.'));
  return correction;
}

/** 核对并更正: the register takes the proven value and keeps the former one; the list of exceptions names both. */
export const confirmDelivery: Preparer = async (p) => {
  const { deliveredAt, evidence, evidenceFile, reason, by } = secondPerson(p);
  const incoming = await incomingOf(p);
  const proposer = (await p.trx('person').where({ city: p.caseRow.city, id: by }).first('name')) as { name: string } | undefined;
  return {
    facts: {
      incomingCorrected: { id: (p.context.incoming as { id: string }).id, deliveredAt, evidence, evidenceAttachment: evidenceFile, reason, proposedBy: by },
      exception: `送达时间由 ${moment(incoming.deliveredAt)} 更正为 ${moment(new Date(deliveredAt))}；佐证：${evidence}${proposer === undefined ? '' : `；提出：${proposer.name}`}；理由：${reason}`,
    },
  };
};

export const rejectDelivery: Preparer = async (p) => {
  secondPerson(p);
  return { facts: {} };
};
