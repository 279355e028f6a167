import { z } from 'zod';
import { colophonView, headed, type DocumentView } from './document-view.js';
import { colophon, count, documentNumber, finding, isoDate, redHead, signature, text, tier, tierWords } from './fact-types.js';
import { findingTable } from './finding-table.js';
import { citeDocument, formatCount, formatDateSpan } from './official-format.js';
import { signatureRows, signatureTable } from './signature-table.js';
import { signOffBlock } from './sign-off.js';
import { heading, paragraph, table } from './view-blocks.js';

/** 年度检查报告 of one filing unit, made when every finding of the visit is settled or handed on. */
export const inspectionReportFacts = z.object({
  ...redHead,
  number: documentNumber,
  unit: z.object({ code: text, name: text }),
  authorization: z.object({ title: text, number: z.string().nullable() }),
  from: isoDate,
  to: isoDate,
  team: z.array(z.object({ name: text, unit: text, role: text })).min(1),
  visited: z.array(z.object({ tier, total: count, visited: count, met: count })).min(1),
  overview: z.array(text),
  findings: z.array(finding),
  /** 廉政反馈 of the inspected unit, as given. */
  integrityFeedback: text,
  conclusion: z.array(text).min(1),
  signatures: z.array(signature).min(1),
  verifyCode: text,
  colophon: colophon.nullable(),
});
export type InspectionReportFacts = z.infer<typeof inspectionReportFacts>;

export function inspectionReportView(facts: InspectionReportFacts): DocumentView {
  const phrases = [`关于${facts.unit.name}`, `${facts.cycleYear}年度`, '基层公共服务平台', '建设检查', '情况的报告'];
  const open = facts.findings.filter((one) => one.state !== 'verified').length;
  return {
    ...headed(facts, phrases),
    blocks: [
      paragraph(`${facts.recipient}：`, { flush: true }),
      paragraph(`按照${citeDocument(facts.authorization.title, facts.authorization.number)}，检查组于${formatDateSpan(facts.from, facts.to)}对${facts.unit.name}${facts.cycleYear}年度基层公共服务平台建设情况进行了检查。现将情况报告如下：`),
      heading(1, '一、检查组织'),
      table('检查组名单', ['姓名|20', '所在单位|50|l', '职责|30'], facts.team.map((one) => [one.name, one.unit, one.role])),
      heading(1, '二、检查情况'),
      table('检查数量（单位：处）', ['平台类别|40|l', '总数|20', '实查|20', '符合标准|20'],
        facts.visited.map((one) => [tierWords[one.tier], formatCount(one.total), formatCount(one.visited), formatCount(one.met)])),
      ...facts.overview.map((one) => paragraph(one)),
      heading(1, '三、发现问题和整改情况'),
      ...(facts.findings.length === 0
        ? [paragraph('未发现需要整改的问题。')]
        : [paragraph(`发现问题${facts.findings.length}个，已复查销号${facts.findings.length - open}个，未销号${open}个。`), findingTable('问题清单', facts.findings)]),
      heading(1, '四、廉政反馈'),
      paragraph(facts.integrityFeedback),
      heading(1, '五、结论'),
      ...facts.conclusion.map((one) => paragraph(one)),
      signatureTable('检查组成员签署记录', signatureRows(facts.signatures)),
      signOffBlock(facts.signOff),
    ],
    verifyCode: facts.verifyCode,
    colophon: colophonView(facts.colophon),
  };
}
