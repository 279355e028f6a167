import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadMessages } from '../../../src/web/messages.js';

const templates = join(process.cwd(), 'templates');
const flat = (tree: object, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'object' && value !== null ? flat(value as object, `${prefix}${key}.`) : [`${prefix}${key}`]));
/** English names one and many apart; Chinese has one form for both. */
const unnumbered = (keys: string[]): string[] => [...new Set(keys.map((key) => key.replace(/_(one|other)$/, '')))];
const texts = (file: string): object => JSON.parse(readFileSync(join(templates, 'messages', file), 'utf8')) as object;
const pages = ['layouts', 'pages', 'partials'].flatMap((folder) =>
  readdirSync(join(templates, folder)).filter((file) => file.endsWith('.hbs')).map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(templates, folder, file), 'utf8') })));

describe('texts of pages', () => {
  it('both languages have the same keys, so that no page is half translated', () => {
    expect(unnumbered(flat(texts('en.json')))).toEqual(flat(texts('zh-CN.json')));
  });

  it('no Chinese stands in a template: it would stay Chinese on the English page', () => {
    expect(pages.filter(({ text }) => /\p{Script=Han}/u.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('every text a template asks for exists', () => {
    const known = new Set(flat(texts('zh-CN.json')));
    const asked = pages.flatMap(({ text }) => [...text.matchAll(/(?:\{\{|\()t "([\w.-]+)"|titleKey="([\w.-]+)"/g)].map(([, a, b]) => a ?? b!));
    expect([...new Set(asked)].filter((key) => !known.has(key))).toEqual([]);
  });

  it('every notice a chart sends has its text', () => {
    const charts = readdirSync('workflows').filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join('workflows', file), 'utf8')).join('\n');
    const sent = [...charts.matchAll(/template: '(\w+)'/g)].map(([, name]) => `notices.templates.${name}`);
    const known = new Set(flat(texts('zh-CN.json')));
    expect([...new Set(sent)].filter((key) => !known.has(key))).toEqual([]);
  });

  it('English counts one thing and many things differently', () => {
    const [en, zh] = [loadMessages()('en'), loadMessages()('zh')];
    expect([en('timeline.used', { count: 1 }), en('timeline.used', { count: 4 }), zh('timeline.used', { count: 1 })]).toEqual(['1 working day', '4 working days', '用 1 个工作日']);
  });

  it('a missing text is an error at once, never an empty space', () => {
    const t = loadMessages()('zh');
    expect(() => t('no.such.text')).toThrow(/no.such.text/);
    expect(loadMessages()('en')('progress.complete', { percent: 68 })).toBe('68% complete');
  });

  it('words the policy gives the office no power for do not appear', () => {
    const zh = readFileSync(join(templates, 'messages', 'zh-CN.json'), 'utf8');
    for (const word of ['审批', '督办', '催办', '一票否决', '审核通过']) expect(zh).not.toContain(word);
  });

  it('no inline style, script or handler: the policy would refuse it in silence', () => {
    expect(pages.filter(({ text }) => / style=|<style|<script(?![^>]* src=)| on[a-z]+="/.test(text)).map(({ file }) => file)).toEqual([]);
  });
});
