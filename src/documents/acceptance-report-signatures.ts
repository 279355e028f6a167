import type { AcceptanceReportFacts as Facts } from './acceptance-report.js';
import { signatureRows, signatureTable } from './signature-table.js';
import { signOffBlock } from './sign-off.js';
import { formatInstant } from './official-format.js';
import { heading, lead, paragraph, plain, type Block } from './view-blocks.js';

/** 签字页: every signature as a recorded act with its time; dissents only where the pack has them printed; then name, seal and date. */
export function signaturePage(facts: Facts): Block[] {
  const blocks: Block[] = [
    { ...heading(1, '验收小组成员签字页'), pageBefore: true },
    signatureTable('验收小组成员签署记录', signatureRows(facts.signatures)),
  ];
  if (facts.dissents.printed) {
    for (const one of facts.dissents.items) blocks.push(paragraph([lead(`${one.name}的不同意见：`), plain(`${one.text}（${formatInstant(one.at)}）`)]));
  }
  blocks.push(signOffBlock(facts.signOff));
  return blocks;
}
