import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transformSync } from '@swc/core';

/**
 * The program compiled into a folder once, so that a server killed and started again costs what it costs an operator. Templates and data are
 * read from the checkout.
 * @returns the command that runs it
 */
export function compiledProgram(checkout: string, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  for (const name of ['node_modules', 'package.json', 'templates', 'src', 'workflows']) symlinkSync(join(checkout, name), join(folder, name));
  for (const room of ['src', 'workflows', 'migrations']) {
    for (const entry of readdirSync(join(checkout, room), { withFileTypes: true, recursive: true })) {
      const from = join(entry.parentPath, entry.name);
      const to = join(folder, 'dist', relative(checkout, from));
      if (!entry.isFile() || !/\.(ts|json)$/.test(entry.name) || entry.name.endsWith('.d.ts')) continue;
      mkdirSync(dirname(to), { recursive: true });
      if (entry.name.endsWith('.json')) copyFileSync(from, to);
      else writeFileSync(to.replace(/\.ts$/, '.js'), compiled(from));
    }
  }
  const entry = join(folder, 'start.mjs');
  writeFileSync(entry, `import { main } from './dist/src/main.js';\nprocess.exitCode = (await main(process.argv.slice(2))) ?? 0;\n`);
  return [process.execPath, entry];
}

const compiled = (file: string): string => transformSync(readFileSync(file, 'utf8'), {
  filename: file, swcrc: false, jsc: { target: 'es2022', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } }, module: { type: 'es6' },
}).code;
