import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DocumentContext } from '../../../src/documents/compose-document.js';
import { shippedFonts } from '../../../src/documents/document-fonts.js';
import { loadDocumentTemplates } from '../../../src/documents/document-templates.js';
import { openGlyphGate } from '../../../src/documents/glyph-gate.js';

/** The four faces a fresh machine has, straight from their packages. */
export const shippedFontFiles: string[] = ([['noto-serif-sc', 'NotoSerifSC'], ['noto-sans-sc', 'NotoSansSC']] as const).flatMap(([module, name]) => {
  const folder = dirname(createRequire(import.meta.url).resolve(`@expo-google-fonts/${module}/package.json`));
  return ['400Regular', '700Bold'].map((face) => join(folder, face, `${name}_${face}.ttf`));
});

/** A context as the composition root makes it. */
export function documentContext(mode: DocumentContext['mode'] = 'demonstration'): DocumentContext {
  return { mode, baseUrl: 'https://yanshou.example', fonts: shippedFonts, templates: loadDocumentTemplates(), glyphs: openGlyphGate(shippedFontFiles) };
}
