import { openSync } from 'fontkit';
import { linesOf, placedText, startPrinting, type PlacedText, type Printing } from './printing.js';
import { shippedFontFiles } from '../../pure/documents/document-context.js';
import { sampleFacts } from '../../pure/documents/sample-facts.js';

/** GB/T 9704-2012, measured in the printed file: type area 156 × 225 mm at 28 / 37 mm, tolerance 1 mm. */
let printing: Printing;
let report: PlacedText[][];
let prose: PlacedText[][];
const line28 = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙';
const [serif, serifBold] = shippedFontFiles.map((file) => openSync(file));
const top = (item: PlacedText, font = serif!): number =>
  item.y - (Math.max(...[...item.text].map((one) => font.glyphForCodePoint(one.codePointAt(0)!).bbox.maxY)) / font.unitsPerEm) * item.size * (25.4 / 72);

beforeAll(async () => {
  printing = await startPrinting();
  report = await placedText((await printing.print('acceptanceReport', sampleFacts.acceptanceReport, 'production')).pdf);
  const facts = structuredClone(sampleFacts.planDocument);
  facts.sections[0]!.paragraphs = [line28.repeat(70)];
  prose = await placedText((await printing.print('planDocument', facts, 'production')).pdf);
}, 120_000);
afterAll(() => printing.close());

const body = (page: PlacedText[]): PlacedText[][] => linesOf(page.filter((item) => item.y < 263 && item.upright));

describe('the page of GB/T 9704-2012', () => {
  it('a full page holds 22 lines of 28 characters', () => {
    const lines = body(prose[1]!);
    expect(lines).toHaveLength(22);
    expect(new Set(lines.map((line) => line.map((item) => item.text).join('').length))).toEqual(new Set([28]));
  });

  it('those lines fill the type area and do not leave it', () => {
    const lines = body(prose[1]!);
    for (const line of lines) {
      const last = line.at(-1)!;
      expect(line[0]!.x).toBeGreaterThanOrEqual(27.5);
      expect(line[0]!.x).toBeLessThanOrEqual(28.6);
      expect(Math.abs(last.x + last.width - 184)).toBeLessThanOrEqual(1);
      expect(line[0]!.size).toBeCloseTo(16, 1);
    }
    const pitches = lines.slice(1).map((line, index) => line[0]!.y - lines[index]![0]!.y);
    expect(pitches.reduce((sum, one) => sum + one, 0) / pitches.length).toBeCloseTo(225 / 22, 1);
    expect(top(lines[0]![0]!)).toBeGreaterThanOrEqual(37);
    expect(lines.at(-1)![0]!.y).toBeLessThanOrEqual(262);
    expect(lines.at(-1)![0]!.y).toBeGreaterThanOrEqual(262 - 225 / 22);
  });

  it('every page begins at the top of the type area', () => {
    for (const page of [...prose.slice(1), ...report.slice(1)]) {
      const first = Math.min(...page.map((item) => item.y));
      expect(first).toBeGreaterThan(37);
      expect(first).toBeLessThan(37 + 225 / 22 + 3);
    }
  });

  it('nothing but the page number stands outside the type area', () => {
    for (const [index, page] of report.entries()) {
      const outside = page.filter((item) => item.y > 262.3 || item.x < 27.4 || item.x + item.width > 184.6);
      expect(outside.map((item) => item.text).join('')).toBe(`— ${index + 1} —`);
    }
  });
});

describe('the head of the first page', () => {
  it('the letterhead stands 35 mm below the top of the type area, 72 mm below the edge of the paper', () => {
    const letterhead = report[0]!.filter((item) => item.size > 26);
    expect(Math.abs(Math.min(...letterhead.map((item) => top(item, serifBold!))) - 72)).toBeLessThanOrEqual(1);
  });

  it('order: letterhead, number, title, addressee, text; and the first page holds text', () => {
    const lines = linesOf(report[0]!).map((line) => line.map((item) => item.text).join(''));
    const at = (text: string): number => lines.findIndex((line) => line.includes(text));
    const order = ['建设项目验收小组', '济基平验〔2026〕4号', '关于历城区', '领导小组办公', '根据《济南市'].map(at);
    expect(order).toEqual([...order].sort((left, right) => left - right));
    expect(order.every((place) => place >= 0)).toBe(true);
  });

  it('title of 22 points, body of 16', () => {
    expect(report[0]!.find((item) => item.text.includes('关于历城区'))!.size).toBeCloseTo(22, 1);
    expect(report[0]!.find((item) => item.text.includes('根据《'))!.size).toBeCloseTo(16, 1);
  });
});

describe('page numbers', () => {
  const dash = serif!.glyphForCodePoint('—'.codePointAt(0)!).bbox;
  const numberOf = (page: PlacedText[]): PlacedText[] => page.filter((item) => item.y > 263);

  it('stand outside: odd pages at the right less one character, even pages at the left plus one', () => {
    for (const [index, page] of report.entries()) {
      const items = numberOf(page);
      const [left, right] = [Math.min(...items.map((item) => item.x)), Math.max(...items.map((item) => item.x + item.width))];
      if (index % 2 === 0) expect(Math.abs(right - (184 - 14 * (25.4 / 72)))).toBeLessThanOrEqual(1);
      else expect(Math.abs(left - (28 + 14 * (25.4 / 72)))).toBeLessThanOrEqual(1);
    }
  });

  it('the dashes stand 7 mm below the type area, in 14 points', () => {
    for (const page of report) {
      const item = numberOf(page)[0]!;
      expect(item.size).toBeCloseTo(14, 0);
      expect(Math.abs(item.y - (dash.maxY / serif!.unitsPerEm) * 14 * (25.4 / 72) - 269)).toBeLessThanOrEqual(1);
    }
  });
});

describe('the foot of the last page', () => {
  it('the colophon ends at the bottom of the type area, in 14 points', () => {
    const last = linesOf(report.at(-1)!.filter((item) => item.y < 263)).at(-1)!;
    expect(last.map((item) => item.text).join('')).toContain('2026年12月3日印发');
    expect(last[0]!.size).toBeCloseTo(14, 0);
    expect(last[0]!.y).toBeGreaterThan(257);
    expect(last[0]!.y).toBeLessThanOrEqual(262);
  });

  it('also after twenty pages, on a letter with its taller first page, and on a form', async () => {
    const long = structuredClone(sampleFacts.inspectionReport);
    long.overview = Array.from({ length: 80 }, () => line28.repeat(5));
    const letter = structuredClone(sampleFacts.planCoverReport);
    letter.direction = 'letter';
    letter.summary = Array.from({ length: 12 }, () => line28.repeat(4));
    for (const [pages, words] of [
      [await placedText((await printing.print('inspectionReport', long)).pdf), '日印发'],
      [await placedText((await printing.print('planCoverReport', letter)).pdf), '日印发'],
    ] as const) {
      const foot = linesOf(pages.at(-1)!).find((line) => line.map((item) => item.text).join('').endsWith(words))![0]!;
      expect(foot.y).toBeGreaterThan(256.5);
      expect(foot.y).toBeLessThanOrEqual(262);
    }
    const form = await placedText((await printing.print('acknowledgement', sampleFacts.acknowledgement)).pdf);
    expect(form).toHaveLength(1);
  }, 60_000);
});

describe('the letter (信函格式)', () => {
  it('letterhead 30 mm below the edge of the paper, number at the right, no page number on page 1', async () => {
    const pages = await placedText((await printing.print('correctionLetter', sampleFacts.correctionLetter, 'production')).pdf);
    const letterhead = pages[0]!.filter((item) => item.size > 26);
    expect(Math.abs(Math.min(...letterhead.map((item) => top(item, serifBold!))) - 30)).toBeLessThanOrEqual(1);
    const number = pages[0]!.filter((item) => item.text.includes('号') && item.x > 100)[0]!;
    expect(Math.abs(number.x + number.width - 184)).toBeLessThanOrEqual(1);
    expect(pages[0]!.some((item) => item.text.includes('— 1 —'))).toBe(false);
    expect(pages[1]!.some((item) => item.text.includes('— 2 —'))).toBe(true);
  });
});

describe('the approval slip', () => {
  it('is one page, whatever the opinion, with its code', async () => {
    const opinions = [sampleFacts.approvalSlip.proposal, Array.from({ length: 9 }, (_, index) => `${index + 1}．档案室实测36平方米，比标准少4平方米`)];
    for (const proposal of opinions) {
      const pages = await placedText((await printing.print('approvalSlip', { ...sampleFacts.approvalSlip, proposal })).pdf);
      expect(pages).toHaveLength(1);
    }
  });
});
