import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workflowPages } from '../pictures/workflow-pages.js';
import { checkoutRoot } from '../runtime/checkout.js';

/** `npm run docs:workflows`: writes the page and picture of every chart, and removes those of charts that are gone. */
export async function workflowPagesCommand(): Promise<number> {
  const folder = join(checkoutRoot(), 'docs', 'workflows');
  const files = await workflowPages();
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name));
  for (const [name, text] of files) {
    writeFileSync(join(folder, name), text);
    process.stdout.write(`  docs/workflows/${name} ${Math.ceil(Buffer.byteLength(text) / 1000)} KB\n`);
  }
  return 0;
}
