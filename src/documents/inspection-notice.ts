import { z } from 'zod';
import { colophonView, headed, type DocumentView } from './document-view.js';
import { colophon, documentNumber, isoDate, optionalText, redHead, text } from './fact-types.js';
import { formatDateSpan } from './official-format.js';
import { signOffBlock } from './sign-off.js';
import { attachments, heading, paragraph, table } from './view-blocks.js';

/** D7 检查通知. `authorization` is the plan of inspections or the single approval it rests on; `consent` the words of rule R4. */
export const inspectionNoticeFacts = z.object({
  ...redHead,
  number: documentNumber,
  authorization: text,
  /** e.g. 经市政府同意; null when only HRSS bureaus and platforms are addressed. */
  consent: optionalText,
  objects: z.array(z.object({ name: text, from: isoDate, to: isoDate, note: optionalText })).min(1),
  team: z.array(z.object({ name: text, unit: text, role: text })).min(1),
  contents: z.array(text).min(1),
  materials: z.array(text),
  requirements: z.array(text),
  attachments: z.array(text),
  contact: z.object({ name: text, phone: text }).nullable(),
  colophon: colophon.nullable(),
});
export type InspectionNoticeFacts = z.infer<typeof inspectionNoticeFacts>;

export function inspectionNoticeView(facts: InspectionNoticeFacts): DocumentView {
  const phrases = ['关于开展', `${facts.cycleYear}年度`, '基层公共服务平台', '建设检查的通知'];
  const listed = (items: string[]) => items.map((one, index) => paragraph(`${index + 1}.${one}`));
  return {
    ...headed(facts, phrases),
    blocks: [
      paragraph(`${facts.recipient}：`, { flush: true }),
      paragraph(`根据济政办字〔2011〕61号文件关于每年9月至12月分类指导、检查的要求和${facts.authorization}，${facts.consent === null ? '' : `${facts.consent}，`}决定开展${facts.cycleYear}年度基层公共服务平台建设检查。现将有关事项通知如下：`),
      heading(1, '一、检查对象和时间'),
      table('检查安排', ['检查对象|42|l', '时间|34', '备注|24|l'], facts.objects.map((one) => [one.name, formatDateSpan(one.from, one.to), one.note ?? ''])),
      heading(1, '二、检查组'),
      table('检查组名单', ['姓名|20', '所在单位|50|l', '职责|30'], facts.team.map((one) => [one.name, one.unit, one.role])),
      heading(1, '三、检查内容'),
      ...listed(facts.contents),
      ...(facts.materials.length === 0 ? [] : [heading(1, '四、准备材料'), ...listed(facts.materials)]),
      ...(facts.requirements.length === 0 ? [] : [heading(1, `${facts.materials.length === 0 ? '四' : '五'}、有关要求`), ...listed(facts.requirements)]),
      ...(facts.attachments.length === 0 ? [] : [attachments(facts.attachments)]),
      signOffBlock(facts.signOff),
      ...(facts.contact === null ? [] : [paragraph(`（联系人：${facts.contact.name}，电话：${facts.contact.phone}）`)]),
    ],
    colophon: colophonView(facts.colophon),
  };
}
