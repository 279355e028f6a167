import { composeDocument } from '../../../src/documents/compose-document.js';
import { documentKinds, type DocumentKind, type FactsOf } from '../../../src/documents/document-kinds.js';
import { DocumentRefusal } from '../../../src/documents/document-refusal.js';
import { documentContext } from './document-context.js';
import { sampleFacts } from './sample-facts.js';

const context = documentContext();
const production = documentContext('production');
const kinds = Object.keys(documentKinds) as DocumentKind[];

function refusalOf(act: () => unknown): DocumentRefusal {
  try {
    act();
  } catch (error) {
    if (error instanceof DocumentRefusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Every place in facts that holds text, with a way to put something else there. */
function textFields(value: unknown, path: string[] = []): string[][] {
  if (typeof value === 'string') return [path];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => textFields(inner, [...path, key]));
}

function withText<T>(facts: T, path: string[], text: string): T {
  const copy = structuredClone(facts) as Record<string, unknown>;
  const holder = path.slice(0, -1).reduce<Record<string, unknown>>((inner, key) => inner[key] as Record<string, unknown>, copy);
  holder[path.at(-1)!] = text;
  return copy as T;
}

describe.each(kinds)('%s', (kind) => {
  const facts = sampleFacts[kind] as never;

  it('the same facts give the same bytes', () => {
    expect(composeDocument(kind, facts, context).html).toBe(composeDocument(kind, facts, documentContext()).html);
  });

  it('its title says what it is in lists and in the PDF', () => {
    const composed = composeDocument(kind, facts, context);
    expect(composed.title).toBe((documentKinds[kind].title as (given: unknown) => string)(facts));
    expect(composed.html).toContain(`<title>${composed.title}</title>`);
  });

  it('markup typed into any field stands there as text', () => {
    const attack = '<b onclick="x">甲</b>&lt;i&gt;{{title}}';
    const places = textFields(facts).filter((path) => documentKinds[kind].facts.safeParse(withText(facts, path, attack)).success);
    expect(places.length).toBeGreaterThan(3);
    for (const path of places) {
      const { html, text } = composeDocument(kind, withText(facts, path, attack) as never, context);
      expect(html).not.toContain('<b onclick');
      if (text.includes('onclick')) expect(text).toContain(attack);
    }
  });

  it('a missing value refuses the paper and names the field', () => {
    for (const key of Object.keys(facts)) {
      const { [key]: _gone, ...rest } = facts as Record<string, unknown>;
      const refusal = refusalOf(() => composeDocument(kind, rest as never, context));
      expect(refusal.code).toBe('facts-incomplete');
      expect(refusal.detail).toContain(key);
    }
  });

  it('production prints neither the watermark nor the seal of the demonstration', () => {
    expect(composeDocument(kind, facts, context).html).toContain('class="watermark"');
    expect(composeDocument(kind, facts, production).html).not.toMatch(/class="(watermark|seal)"|演示/);
  });
});

describe('the templates', () => {
  it('a value the view does not have is an error, not an empty space', () => {
    expect(() => context.templates.form({ title: '回执', titlePhrases: ['回执'] })).toThrow(/not defined/);
  });
});

describe('the acceptance report', () => {
  const facts = sampleFacts.acceptanceReport;
  const compose = (change: (given: FactsOf<'acceptanceReport'>) => void) => {
    const copy = structuredClone(facts);
    change(copy);
    return composeDocument('acceptanceReport', copy, context);
  };

  it('has its ten numbered parts in order, after the head', () => {
    const headings = composeDocument('acceptanceReport', facts, context).text.split('\n').filter((line) => /^[一二三四五六七八九十]、/.test(line));
    expect(headings).toEqual(['一、验收依据', '二、验收组织与方法', '三、建设基本情况', '四、“六到位”逐项评价', '五、分类标准对照', '六、资金管理情况', '七、得分与等次', '八、存在问题及整改要求', '九、验收结论', '十、建议']);
  });

  it('figures are those of the facts: 5236.5 m², 89.6 points, 3,986,543.21 yuan, and standards read 不少于', () => {
    const { text } = composeDocument('acceptanceReport', facts, context);
    for (const figure of ['5,236.50', '不少于5,000', '总分89.6分', '3,986,543.21', '少1.40', '济基平验〔2026〕4号']) expect(text).toContain(figure);
    expect(text).not.toMatch(/一票否决|审批/);
  });

  it('a total that is not the sum of its parts is not printed', () => {
    expect(refusalOf(() => compose((copy) => { copy.score.total = 897; })).code).toBe('figures-disagree');
  });

  it('a measurement said to reach a standard it does not reach is not printed', () => {
    expect(refusalOf(() => compose((copy) => { copy.standards.measured[4]!.met = true; })).detail).toContain('1860 against 2000');
  });

  it('"passed" with an open blocking finding is not printed', () => {
    const refusal = refusalOf(() => compose((copy) => { copy.conclusion.outcome = 'passed'; copy.findings[0]!.severity = 'blocking'; }));
    expect(refusal.detail).toContain('blocking');
  });

  it('a dissent is printed only where the pack says so', () => {
    expect(compose((copy) => { copy.dissents.printed = true; }).text).toContain('徐立新的不同意见');
    expect(compose((copy) => { copy.dissents.printed = false; }).text).not.toContain('不同意见');
  });

  it('a signature given on paper names registrar and comparer', () => {
    expect(composeDocument('acceptanceReport', facts, context).text).toContain('纸质，2026年11月30日；登记尹若岚，核对韩文静');
  });

  it('the verification address stands as QR code and as text', () => {
    const { html, text } = composeDocument('acceptanceReport', facts, context);
    expect(text).toContain('https://yanshou.example/verify/7K4P-92XD');
    expect(html).toMatch(/aria-label="核验二维码，核验码 7K4P-92XD"/);
  });

  it('the chart tells its figures to those who cannot see it and carries no script, style or animation', () => {
    const { html } = composeDocument('acceptanceReport', facts, context);
    expect(html).toMatch(/role="img" aria-label="“六到位”得分雷达图：机构到位15分，满分15分；/);
    expect(html).not.toMatch(/<script|<animate|href="http/);
  });

  it('sample weights and grades carry （示例）', () => {
    expect(compose((copy) => { copy.sample = true; }).text).toContain('合格（示例）');
    expect(compose((copy) => { copy.sample = false; }).text).not.toContain('（示例）');
  });
});

describe('the cover of a plan', () => {
  it('going up it is a 报告 with 签发人, between equals a 函 without', () => {
    const report = composeDocument('planCoverReport', sampleFacts.planCoverReport, context);
    const letter = composeDocument('planCoverReport', { ...sampleFacts.planCoverReport, direction: 'letter' }, context);
    expect([report.title.slice(-3), letter.title.slice(-2)]).toEqual(['的报告', '的函']);
    expect([report.text.includes('签发人：'), letter.text.includes('签发人：')]).toEqual([true, false]);
    expect(report.text).not.toContain('请批示');
  });
});
