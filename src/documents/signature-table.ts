import type { Signature } from './fact-types.js';
import { formatDate, formatInstant } from './official-format.js';
import { table, type Table } from './view-blocks.js';

/** Signatures as recorded acts. A paper act names signatory, date on paper, registrar and comparer, never "clicked". */
export function signatureRows(signatures: Signature[]): string[][] {
  return signatures.map((one) => [one.role, one.name, one.unit, `${one.outcome === 'signed' ? '签名' : '拒签'}${one.note === null ? '' : `：${one.note}`}`, actOf(one)]);
}

/** The table of signatures. */
export function signatureTable(caption: string, rows: string[][]): Table {
  return table(caption, ['职责|11', '姓名|13', '单位|24|l', '签署|14', '方式和时间|38|l'], rows);
}

function actOf(one: Signature): string {
  if (one.paper === null) return `本系统\n${formatInstant(one.at)}`;
  return `纸质，${formatDate(one.paper.date)}；登记${one.paper.registrar}，核对${one.paper.comparer}\n${formatInstant(one.at)}`;
}
