import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workflowPages } from '../../../src/pictures/workflow-pages.js';
import { checkoutRoot } from '../../../src/runtime/checkout.js';

const folder = join(checkoutRoot(), 'docs', 'workflows');

describe('docs/workflows', () => {
  let files: Map<string, string>;
  beforeAll(async () => {
    files = await workflowPages();
  });

  it('are never stale: the files are what the charts give (else: npm run docs:workflows)', () => {
    expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
    for (const [name, text] of files) expect(`${name}\n${readFileSync(join(folder, name), 'utf8')}`).toBe(`${name}\n${text}`);
  });

  it('hold every table whole: each row has as many cells as its head, and nothing of a chart is read as markup', () => {
    for (const [name, text] of files) {
      if (!name.endsWith('.md')) continue;
      for (const block of text.match(/(^\|.*\|$\n?)+/gm) ?? []) {
        const widths = block.trim().split('\n').map((row) => row.replace(/\\\|/g, '').split('|').length);
        expect([name, new Set(widths).size]).toEqual([name, 1]);
      }
      expect(text.replace(/<br>/g, '')).not.toMatch(/<[a-z]/);
    }
  });
});
