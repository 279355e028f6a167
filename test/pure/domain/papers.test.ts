import fc from 'fast-check';
import { formatArchivalCode, parseArchivalCode } from '../../../src/domain/archive.js';
import { formatChineseDate, formatDate, parseDate, readDate } from '../../../src/domain/chinese-date.js';
import { formatDocumentNumber, parseDocumentNumber, readDocumentNumber } from '../../../src/domain/document-number.js';
import { addDays } from '../../../src/domain/local-day.js';

describe('document numbers', () => {
  it('are written with 〔〕, the full year, without 第 and without zeros', () => {
    expect(formatDocumentNumber({ issuerCode: '济基平验', year: 2026, sequence: 4 })).toBe('济基平验〔2026〕4号');
    expect(parseDocumentNumber('济政办字〔2011〕61号')).toEqual({ issuerCode: '济政办字', year: 2011, sequence: 61 });
  });

  it.each([['济基平验[2026]4号', 'wrong-brackets'], ['济基平验（2026）4号', 'wrong-brackets'], ['济基平验【2026】4号', 'wrong-brackets'], ['济基平验〔2026〕第4号', 'padded'],
    ['济基平验〔2026〕04号', 'padded'], ['济基平验〔26〕4号', 'not-a-number'], ['〔2026〕4号', 'not-a-number'], ['', 'missing']])('%j is refused: %s', (text, code) => {
    const read = readDocumentNumber('number', text);
    expect(read.ok ? '' : read.defect.code).toBe(code);
  });

  it('full-width digits and stray spaces of a clerk are forgiven', () => {
    expect(readDocumentNumber('number', ' 历下政字〔２０２６〕 12 号')).toEqual({ ok: true, value: { issuerCode: '历下政字', year: 2026, sequence: 12 } });
  });

  it('a counter that yields 0 or a fraction never becomes a number on paper', () => {
    expect(() => formatDocumentNumber({ issuerCode: '济基平验', year: 2026, sequence: 0 })).toThrow(RangeError);
    expect(() => formatDocumentNumber({ issuerCode: '济基平验', year: 2026, sequence: 1.5 })).toThrow(RangeError);
  });
});

describe('dates of papers', () => {
  it.each(['二o一一年九月十六日', '二〇一一年九月十六日', '二○一一年九月十六日', '二零一一年九月十六日', '二0一一年九月十六日', '2011年9月16日', '２０１１年９月１６日', '2011-9-16', '2011.09.16', '20110916'])(
    '%s is 16 September 2011', (text) => expect(parseDate(text)).toBe('2011-09-16'));

  it.each(['二〇一一年九月三十一日', '2026年13月1日', '九月十六日', '2026', '下周一', ''])('%j is no date', (text) => {
    const read = readDate('date', text);
    expect(read.ok).toBe(false);
  });

  it('are printed without padding', () => {
    expect(formatDate('2026-09-08')).toBe('2026年9月8日');
    expect(formatChineseDate('2011-10-20')).toBe('二〇一一年十月二十日');
    expect(formatChineseDate('2026-12-31')).toBe('二〇二六年十二月三十一日');
  });

  it('every day of a century survives being written and read in both ways', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 36_500 }), (offset) => {
      const day = addDays('2000-01-01', offset);
      return parseDate(formatDate(day)) === day && parseDate(formatChineseDate(day)) === day;
    }));
  });
});

describe('archival codes', () => {
  const parts = { fonds: 'J088', category: 'WS', year: 2026, retention: 'D30', organisation: 'LDX', item: 7 } as const;
  it('follow DA/T 22 and can be read back', () => {
    expect(formatArchivalCode(parts)).toBe('J088-WS·2026-D30-LDX-0007');
    expect(formatArchivalCode(parts)).toMatch(/^[A-Z0-9]{4}-[A-Z]{2}(·[A-Z0-9]{2})?·\d{4}-(Y|D30|D10)-[A-Z]{2,4}-\d{4}$/);
    expect(parseArchivalCode('J088-WS·2026-Y-LDX-0007')).toEqual({ ...parts, retention: 'Y' });
  });

  it.each(['J088-WS-2026-Y-LDX-0007', 'J088-WS·2026-D20-LDX-0007', 'J088-WS·2026-Y-LDX-7', 'J088-WS·2026-Y-LDX-0000'])('%s is none', (code) => {
    expect(parseArchivalCode(code)).toBeUndefined();
  });

  it('item 0 and item 10000 are refused instead of breaking the order of the list', () => {
    expect(() => formatArchivalCode({ ...parts, item: 0 })).toThrow(RangeError);
    expect(() => formatArchivalCode({ ...parts, item: 10_000 })).toThrow(RangeError);
  });
});
