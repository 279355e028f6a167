import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { RequestHandler } from 'express';
import { assetsFolder, modulesFolder } from './locations.js';

const OURS = [
  'jn.css', 'yanshou.css', 'sign-in.css', 'workbench.css', 'plan-editor.css', 'document.css', 'receive.css', 'paper.css', 'exceptions.css', 'inspect.css', 'people.css', 'what-if.css',
  'autosave.js', 'page.js', 'inspect.js', 'plan-editor.js',
];
const THEIRS: Record<string, string> = {
  'bootstrap.min.css': join(modulesFolder, 'bootstrap', 'dist', 'css', 'bootstrap.min.css'),
  'htmx.min.js': join(modulesFolder, 'htmx.org', 'dist', 'htmx.min.js'),
};
const TYPES: Record<string, string> = { '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8' };

interface Asset {
  url: string;
  type: string;
  bytes: Buffer;
}

/** Style sheets and scripts under a path that carries their hash, so that they may be cached for a year. */
export function loadAssets(): { urlOf(name: string): string; serve: RequestHandler } {
  const byName = new Map<string, Asset>();
  for (const name of [...OURS, ...Object.keys(THEIRS)]) {
    // A source map that is not served would only make the browser ask for it in vain.
    const text = readFileSync(THEIRS[name] ?? join(assetsFolder, name), 'utf8').replace(/\/[/*]# sourceMappingURL=[^\n]*/, '');
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
    byName.set(name, { url: `/assets/${hash}/${name}`, type: TYPES[extname(name)]!, bytes: Buffer.from(text) });
  }
  const byUrl = new Map([...byName.values()].map((asset) => [asset.url, asset]));
  return {
    urlOf: (name) => {
      const asset = byName.get(name);
      if (asset === undefined) throw new Error(`no asset ${name}`);
      return asset.url;
    },
    serve: (req, res, next) => {
      const asset = byUrl.get(req.path);
      if (asset === undefined || req.method !== 'GET') return next();
      res.set({ 'content-type': asset.type, 'cache-control': 'public, max-age=31536000, immutable' }).send(asset.bytes);
    },
  };
}
