import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer';
import { chinese, oursIn, type OwnWords } from './own-words.js';

/** One thing that is wrong with a page as it stands. */
export interface Fault {
  kind: 'status' | 'axe' | 'policy' | 'script' | 'sideways' | 'untranslated' | 'wording';
  what: string;
  where: string;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Words the office does not use of itself, with what stands for them; 不排名 says that nothing is ranked. */
const banned: Record<string, RegExp> = {
  '审批 → 形式审查、备案': /审批|审核通过/, '督办、催办 → 督导、提醒': /督办|催办/, '一票否决 → 不予通过情形': /一票否决/, '责令 → 建议整改': /责令/, '配套资金 → 本级安排资金': /配套资金/,
  '排名 → 按区划顺序': /(?<!不)排名|红黑榜/, '不客套、不用感叹号': /请您|抱歉|对不起|亲，|！/, '系统异常 → 结果、怎么办、编号': /系统异常|操作权限|校验(?:失败|不通过)/,
};

/** What is seen and read out: text, and the attributes that carry words. What says of itself that it is in another language is let be. */
const wordsOfPage = `(() => {
  const found = [];
  const elsewhere = (one) => { const marked = one.closest('[lang]'); return marked !== document.documentElement || one.closest('.seal, .avatar') !== null; };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (one !== null && !/^(SCRIPT|STYLE|NOSCRIPT)$/.test(one.tagName) && !elsewhere(one)) found.push([walker.currentNode.data, one.outerHTML.slice(0, 100)]);
  }
  for (const one of document.querySelectorAll('*')) {
    if (elsewhere(one)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-words', 'data-over', 'data-short', 'data-met', 'data-label', 'data-saved', 'data-failed', 'data-clash', 'data-saving']) {
      if (one.hasAttribute(name)) found.push([one.getAttribute(name), name + ' of ' + one.outerHTML.slice(0, 100)]);
    }
  }
  return found.filter(([text]) => text.trim() !== '');
})()`;

/** What axe did on a page: how many of its rules held, which were broken, and what it leaves to people, each with the number of places. */
export interface AxeResult {
  version: string;
  passed: number;
  violated: string[];
  review: string[];
}

/** Everything that can be measured on a page in one language at one size. */
export async function pageFaults(page: Page, language: 'zh' | 'en', words: OwnWords): Promise<{ faults: Fault[]; axe: AxeResult }> {
  const { faults, axe: result } = await violations(page);
  return { faults: [...(await sideways(page)), ...faults, ...(await wrongWords(page, language, words))], axe: result };
}

async function sideways(page: Page): Promise<Fault[]> {
  const wide = (await page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return null;
    return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1 && !one.closest('.tscroll, .sn, .flow, .side .in')).slice(0, 3).map((one) => one.outerHTML.slice(0, 100));
  })()`)) as string[] | null;
  return wide === null ? [] : [{ kind: 'sideways', what: 'the page scrolls sideways', where: wide.join(' | ') }];
}

interface Rule {
  id: string;
  nodes: { html: string }[];
}

async function violations(page: Page): Promise<{ faults: Fault[]; axe: AxeResult }> {
  // evaluate() is not held to the page's policy; a script element would be, and rightly refused.
  await page.evaluate(axe);
  const report = (await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(standards)}, iframes: false })`)) as
    { testEngine: { version: string }; passes: Rule[]; violations: Rule[]; incomplete: Rule[] };
  const named = (rules: readonly Rule[]): string[] => rules.map(({ id, nodes }) => `${id} ×${nodes.length}`);
  return {
    faults: report.violations.map((one): Fault => ({ kind: 'axe', what: one.id, where: one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ') })),
    axe: { version: report.testEngine.version, passed: report.passes.length, violated: named(report.violations), review: named(report.incomplete) },
  };
}

async function wrongWords(page: Page, language: 'zh' | 'en', words: OwnWords): Promise<Fault[]> {
  const found = ((await page.evaluate(wordsOfPage)) as [string, string][]).filter(([text]) => chinese.test(text));
  return found.flatMap(([text, where]): Fault[] => {
    const ours = oursIn(text, words);
    if (language === 'en') return chinese.test(ours) ? [{ kind: 'untranslated', what: ours, where }] : [];
    return Object.entries(banned).filter(([, word]) => word.test(ours)).map(([what]) => ({ kind: 'wording', what, where: `${ours} ${where}` }));
  });
}
