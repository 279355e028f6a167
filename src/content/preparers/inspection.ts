import { dayOfYear } from '../../domain/deadline.js';
import type { Defect } from '../../domain/errors.js';
import { localDay } from '../../domain/local-day.js';
import { words, type Words } from '../../domain/text.js';
import { atAGlance, demandNone, sound, type Preparer } from '../preparation.js';
import { checklistDefects, readMeasures, type Tier } from './measured.js';
import { places } from './places.js';
import { postedMembers } from './team-posts.js';

const pin = (field: string, code: string, sentence: Words): Defect[] => [{ field, code, sentence }];

/** 排定检查: a team of at least two with a leader, none of the unit; dates in the window or a reason; notice in time; real platforms. */
export const schedule: Preparer = async (p) => {
  const { fields, pack, caseRow, calendar, now } = p;
  const [from, to] = [String(fields.from), String(fields.to)];
  const wanted = fields.team as { post: string; leader: boolean }[];
  const team = await postedMembers(p.trx, { city: caseRow.city, now, field: 'team', role: 'inspector' }, wanted);
  const sites = await places(p, fields.sites as { tier: Tier; placeCode: string }[], 'sites');
  const window = pack.windows.inspection.value;
  const outsideWindow = from < dayOfYear(caseRow.year, window.from) || to > dayOfYear(caseRow.year, window.to);
  const earliest = calendar.addWorkdays(localDay(new Date(now)), pack.timing.noticeLeadWorkdays.value).day;
  const least = pack.team.inspectors.value;
  demandNone([
    ...(to < from ? pin('to', 'order', words('结束日期早于开始日期。', 'It ends before it begins.')) : []),
    ...(from < earliest ? pin('from', 'notice-too-short', words(`须提前 ${pack.timing.noticeLeadWorkdays.value} 个工作日通知，最早 ${earliest}。`, `Notice is given ${pack.timing.noticeLeadWorkdays.value} working days ahead: ${earliest} at the earliest.`)) : []),
    ...(outsideWindow && fields.reason === null ? pin('reason', 'outside-window', words('时间在检查期（9月1日至12月31日）以外，请写明理由。', 'The dates are outside the inspection window; give the reason.')) : []),
    ...(team.length < least ? pin('team', 'too-few', words(`检查组不少于 ${least} 人。`, `At least ${least} inspectors.`)) : []),
    ...(team.filter(({ leader }) => leader).length === 1 ? [] : pin('team', 'one-leader', words('检查组应有 1 名组长。', 'The team has exactly one leader.'))),
    ...(new Set(team.map(({ person }) => person)).size === team.length ? [] : pin('team', 'twice', words('同一人不能列两次。', 'Nobody is listed twice.'))),
    ...team.filter(({ unit }) => unit === caseRow.unit).flatMap(({ name }) => pin('team', 'own-unit', words(`${name}属于受检单位，应回避。`, `${name} belongs to the unit and must stand aside.`))),
    ...sites.defects,
  ]);
  return sound({ team, sites: sites.places, outsideWindow });
};

/** 检查记录: every area measured three times, every item answered, signed by both sides or the refusal before two inspectors and a witness; with the photos taken there. */
export const recordSite: Preparer = async ({ fields, pack, task, context, actor, trx, caseRow }) => {
  const site = (task?.subject ?? {}) as { key: string; name: string; tier: Tier; population: number | null };
  const others = ((context.members ?? []) as { name: string; post: string }[]).filter(({ post }) => post !== actor.post).map(({ name }) => name);
  const { measured, defects } = readMeasures(pack, site.tier, site.population, fields.measures as never, 'measures');
  const signed = fields.counterSigned === true;
  demandNone([
    ...defects,
    ...checklistDefects(pack, site.tier, fields.checklist as { item: string }[], 'checklist'),
    ...(signed && fields.counterSigner === null ? pin('counterSigner', 'missing', words('请填写受检方签字人。', 'Enter who signed for the inspected side.')) : []),
    ...(!signed && fields.refusal === null ? pin('refusal', 'missing', words('受检方没有签字的，请写明拒签理由。', 'Without the other side’s signature, give the reason of the refusal.')) : []),
    ...(!signed && fields.witness === null ? pin('witness', 'missing', words('受检方没有签字的，请填写见证人。', 'Without the other side’s signature, name a witness.')) : []),
    ...(!signed && !others.includes(String(fields.colleague ?? '').trim()) ? pin('colleague', 'second-inspector', words(
      `受检方没有签字的，须有另一名检查人员在场：${others.join('、')}。`, `Without the other side’s signature another inspector must be there: ${others.join(', ')}.`)) : []),
  ]);
  const photos = await trx('attachment').where({ city: caseRow.city, case_id: caseRow.id, purpose: `photos.${site.key}` }).orderBy('uploaded_at').select('id', 'sha256', 'uploaded_at as at');
  return sound({
    measured, photos: photos.map(({ id, sha256, at }) => ({ id, sha256, at: at.toISOString() })),
    ...(signed ? {} : { exception: `${site.name}：${String(fields.refusal)}；见证人${String(fields.witness)}` }),
  });
};

/** 整改情况: photographs are files of this case. */
export const submitRectification: Preparer = async ({ trx, fields, caseRow }) => {
  const photos = [...new Set((fields.photos ?? []) as string[])];
  const known: string[] = photos.length === 0 ? [] : await trx('attachment').where({ city: caseRow.city, case_id: caseRow.id }).whereNull('isolated_at').whereIn('id', photos).pluck('id');
  demandNone(known.length === photos.length ? [] : pin('photos', 'no-such-file', words('有照片不在本案卷，请重新上传。', 'Some photos are not in this case; upload them again.')));
  return sound({ photos: known });
};

/** 答复异议: each objection gets its own decision. */
export const decideObjections = atAGlance(({ fields, context }) => {
  const decided = (fields.decisions as { finding: string }[]).map(({ finding }) => finding);
  const raised = ((context.objections ?? []) as { finding: string }[]).map(({ finding }) => finding);
  demandNone([
    ...raised.filter((one) => !decided.includes(one)).flatMap((one) => pin('decisions', 'missing', words(`${one} 的异议还没有答复。`, `The objection to ${one} has no decision yet.`))),
    ...decided.filter((one) => !raised.includes(one)).flatMap((one) => pin('decisions', 'not-raised', words(`${one} 没有人提出异议。`, `Nobody objected to ${one}.`))),
  ]);
  return sound();
});

/** 提出异议: only to findings of the notice, each once. */
export const objectTo = atAGlance(({ fields, context }) => {
  const findings = ((context.findings ?? []) as { key: string }[]).map(({ key }) => key);
  const raised = (fields.objections as { finding: string }[]).map(({ finding }) => finding);
  demandNone(raised.flatMap((one, index) => {
    if (!findings.includes(one)) return pin(`objections.${index}.finding`, 'no-such-finding', words(`没有编号为 ${one} 的问题。`, `There is no finding ${one}.`));
    return raised.indexOf(one) < index ? pin(`objections.${index}.finding`, 'twice', words(`${one} 列了两次。`, `${one} is listed twice.`)) : [];
  }));
  return sound();
});
