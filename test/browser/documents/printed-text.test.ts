import { documentKinds, type DocumentKind } from '../../../src/documents/document-kinds.js';
import { readPdfObjects } from '../../../src/documents/pdf-objects.js';
import { sampleFacts } from '../../pure/documents/sample-facts.js';
import { placedText, startPrinting, type Printing } from './printing.js';

let printing: Printing;
beforeAll(async () => { printing = await startPrinting(); }, 60_000);
afterAll(() => printing.close());

const kinds = Object.keys(documentKinds) as DocumentKind[];
const bare = (text: string): string => text.replace(/\s/g, '');

describe.each(kinds)('%s, printed', (kind) => {
  let pdf: Buffer;
  let source: string[];
  beforeAll(async () => {
    const printed = await printing.print(kind, sampleFacts[kind] as never, 'production');
    pdf = printed.pdf;
    source = printed.text.split('\n').map(bare);
  }, 60_000);

  it('says in its text layer exactly what its source says: no radical for a character, nothing lost', async () => {
    const pages = await placedText(pdf);
    const whole = pages.map((page) => bare(page.map((item) => item.text).join('')).replace(/—\d+—/, '')).join('');
    expect(source.filter((line) => !whole.includes(line) && !standsInPieces(line, whole))).toEqual([]);
    const known = new Set(source.join(''));
    expect([...new Set(whole)].filter((character) => !known.has(character))).toEqual([]);
  });

  it('embeds real faces only: no Type 3, every font subset with its file and character map', () => {
    const objects = [...readPdfObjects(pdf).objects.values()].map((bytes) => bytes.toString('latin1'));
    expect(objects.some((text) => text.includes('/ObjStm'))).toBe(false);
    expect(objects.filter((text) => /\/Subtype\s*\/Type3/.test(text))).toEqual([]);
    const descriptors = objects.filter((text) => /\/Type\s*\/FontDescriptor/.test(text));
    expect(descriptors.length).toBeGreaterThan(0);
    for (const descriptor of descriptors) {
      expect(descriptor).toMatch(/\/FontFile[23]? \d+ 0 R/);
      expect(descriptor).toMatch(/\/FontName\s*\/[A-Z]{6}\+Noto/);
    }
  });

  it('is tagged, has a title and a language, and says nothing of machine or hour', () => {
    const text = pdf.toString('latin1');
    expect(text).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/);
    expect(text).toMatch(/\/Lang \(zh-CN\)/);
    expect(text).toMatch(/\/Title <FEFF/);
    expect(text).not.toMatch(/CreationDate|Chrome|Linux|Mozilla/);
  });
});

/** A cell broken over lines beside another cell is read in pieces; a paragraph over a page's end likewise. */
function standsInPieces(line: string, whole: string): boolean {
  let rest = line;
  while (rest !== '') {
    let length = rest.length;
    while (length > 0 && !whole.includes(rest.slice(0, length))) length -= 1;
    if (length < Math.min(2, rest.length)) return false;
    rest = rest.slice(length);
  }
  return true;
}

describe('a printed report', () => {
  it('repeats the head of a table on every page it runs over and breaks no row', async () => {
    const pages = await placedText((await printing.print('planDocument', sampleFacts.planDocument, 'production')).pdf);
    const rows = pages.map((page) => bare(page.map((item) => item.text).join('')).split('不少于200').length - 1);
    const heads = pages.map((page) => bare(page.map((item) => item.text).join('')).split('常住人口').length - 1);
    expect(rows.filter((count) => count > 0).length).toBeGreaterThan(1);
    expect(heads.map((count, page) => count > 0 === rows[page]! > 0)).toEqual(pages.map(() => true));
  });

  it('in the demonstration carries 演示 on every page and a seal that says what it is; in production neither', async () => {
    const demonstration = await placedText((await printing.print('acceptanceReport', sampleFacts.acceptanceReport)).pdf);
    for (const page of demonstration) {
      expect(page.filter((item) => !item.upright && item.size > 100).map((item) => item.text).join('')).toBe('演示');
    }
    expect(demonstration.flat().map((item) => item.text).join('')).toContain('非正式公文');
    const production = await placedText((await printing.print('acceptanceReport', sampleFacts.acceptanceReport, 'production')).pdf);
    expect(production.flat().some((item) => item.text.includes('演示') || !item.upright)).toBe(false);
  });

  it('describes its chart and codes for screen readers', async () => {
    const { pdf } = await printing.print('acceptanceReport', sampleFacts.acceptanceReport);
    const alternatives = [...pdf.toString('latin1').matchAll(/\/Alt <([0-9A-F]+)>/g)].map((match) => Buffer.from(match[1]!, 'hex').swap16().toString('utf16le'));
    expect(alternatives.some((text) => text.includes('得分雷达图'))).toBe(true);
    expect(alternatives.some((text) => text.includes('核验码 7K4P-92XD'))).toBe(true);
  });

  it('printed again and again is the same bytes, so that a repeated effect stores one blob', async () => {
    const first = await printing.print('filingReceipt', sampleFacts.filingReceipt);
    const again = await Promise.all(Array.from({ length: 12 }, () => printing.print('filingReceipt', sampleFacts.filingReceipt)));
    expect(again.map((one) => one.pdf.equals(first.pdf))).toEqual(again.map(() => true));
  });
});
