import { accepted, rejected, type Read } from './errors.js';
import { halfWidth, words } from './text.js';

/** 发文字号 (GB/T 9704-2012, 7.2.5): the issuer's code, the full year in 〔〕, a number without padding and without 第. */
export interface DocumentNumber {
  readonly issuerCode: string;
  readonly year: number;
  readonly sequence: number;
}

const shape = /^(\p{Script=Han}+)〔(\d{4})〕([1-9]\d*)号$/u;
const example = '济基平验〔2026〕4号';

/** `济基平验〔2026〕4号`. @throws RangeError for a number that cannot be: these come from a counter, not from a person */
export function formatDocumentNumber({ issuerCode, year, sequence }: DocumentNumber): string {
  const number = `${issuerCode}〔${year}〕${sequence}号`;
  if (!shape.test(number)) throw new RangeError(`no document number: ${number}`);
  return number;
}

/** Reads a number as the standard writes it; undefined for anything else. */
export function parseDocumentNumber(text: string): DocumentNumber | undefined {
  const parts = shape.exec(text);
  if (parts === null) return undefined;
  return { issuerCode: parts[1]!, year: Number(parts[2]), sequence: Number(parts[3]) };
}

/** Reads a number typed by a person, saying what is wrong; full-width digits and spaces are forgiven, brackets are not. */
export function readDocumentNumber(field: string, text: string): Read<DocumentNumber> {
  const typed = halfWidth(text).replace(/\s/g, '');
  const number = parseDocumentNumber(typed);
  if (number !== undefined) return accepted(number);
  if (typed === '') return rejected(field, 'missing', words('请填写文号。', 'Enter the document number.'));
  if (/[[(【{]\d{4}[\])】}]/.test(typed)) {
    return rejected(field, 'wrong-brackets', words(`年份用六角括号，写成 ${example}。`, `The year stands in 〔〕, as in ${example}.`));
  }
  if (/第\d|〕0/.test(typed)) {
    return rejected(field, 'padded', words(`序号前不加“第”，不补 0，写成 ${example}。`, `Write the number without 第 and without leading zeros, as in ${example}.`));
  }
  return rejected(field, 'not-a-number', words(`文号写成 ${example} 的样子。`, `Write the document number as ${example}.`));
}
