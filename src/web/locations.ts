import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds templates, assets and modules; the same from `src` and from `dist/src`. */
function root(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'templates', 'layouts'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('templates/layouts not found above the web room');
    folder = parent;
  }
  return folder;
}

export const templatesFolder = join(root(), 'templates');
export const assetsFolder = join(root(), 'src', 'web', 'assets');
export const modulesFolder = join(root(), 'node_modules');
