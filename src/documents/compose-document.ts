import type { z } from 'zod';
import { words } from '../domain/text.js';
import { cssFamilies, type DocumentFonts } from './document-fonts.js';
import { documentKinds, type DocumentKind, type FactsOf } from './document-kinds.js';
import { DocumentRefusal } from './document-refusal.js';
import type { DocumentTemplate } from './document-templates.js';
import { documentText } from './document-text.js';
import type { DocumentFormat, DocumentMode, DocumentView } from './document-view.js';
import type { GlyphGate, MissingGlyph } from './glyph-gate.js';
import { qrCode } from './qr-code.js';
import { widthInCharacters, type Block } from './view-blocks.js';

/** What a paper needs beside its facts; made once at start. */
export interface DocumentContext {
  mode: DocumentMode;
  /** Address of the installation without a trailing slash; `/verify/<code>` is put behind it. */
  baseUrl: string;
  fonts: DocumentFonts;
  templates: Record<DocumentFormat, DocumentTemplate>;
  glyphs: GlyphGate;
}

/** A paper ready to be printed. */
export interface ComposedDocument {
  kind: DocumentKind;
  title: string;
  html: string;
  /** What a reader sees, one line per paragraph or cell; the printed PDF holds the same words. */
  text: string;
  missingGlyphs: MissingGlyph[];
}

/**
 * Facts → view → HTML, pure and repeatable: the same facts give the same bytes of HTML.
 * @throws DocumentRefusal facts-incomplete (names each field), figures-disagree
 */
export function composeDocument<K extends DocumentKind>(kind: K, facts: FactsOf<K>, context: DocumentContext): ComposedDocument {
  const definition = documentKinds[kind];
  const parsed = (definition.facts as z.ZodType<FactsOf<K>>).safeParse(facts);
  if (!parsed.success) throw incomplete(kind, parsed.error);
  const view = (definition.viewModel as (facts: FactsOf<K>) => DocumentView)(parsed.data);
  const format = typeof definition.format === 'function' ? (definition.format as (facts: FactsOf<K>) => DocumentFormat)(parsed.data) : definition.format;
  const html = context.templates[format](frame(view, format, context));
  const text = documentText(html);
  return { kind, title: view.title, html, text, missingGlyphs: context.glyphs.missing(text) };
}

function incomplete(kind: DocumentKind, error: z.ZodError): DocumentRefusal {
  const fields = error.issues.map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`);
  const names = documentKinds[kind].words;
  return new DocumentRefusal(
    'facts-incomplete',
    words(`${names.zh}还缺 ${fields.length} 项内容，没有生成。请补全后再办。`, `The ${names.en} lacks ${fields.length} entries and was not made. Complete them first.`),
    `${kind}: ${fields.join('; ')}`,
  );
}

/** Millimetres the foot of the last page takes: QR line and colophon. */
function footHeight(view: DocumentView, copies: string | null): number {
  const copyLines = copies === null ? 0 : Math.ceil((widthInCharacters(copies) + 4) / 27);
  const verify = view.verifyCode === null || view.verifyPlace === 'head' ? 0 : 27;
  if (view.colophon === null) return verify;
  const printLines = widthInCharacters(`${view.colophon.printedBy}${view.colophon.printedOn}`) + 4 > 30 ? 2 : 1;
  return verify + (copyLines + printLines) * 8 + 1;
}

function frame(view: DocumentView, format: DocumentFormat, context: DocumentContext): object {
  const copies = view.colophon === null || view.colophon.copyTo.length === 0 ? null : `${view.colophon.copyTo.join('，')}。`;
  const demonstration = context.mode === 'demonstration';
  return {
    ...view,
    blocks: demonstration ? view.blocks.map(withSeal) : view.blocks,
    format: format === 'form' ? 'plain' : format,
    letter: format === 'letter',
    plain: format === 'form',
    watermark: demonstration ? { mark: '演示', line: '演示数据　非正式公文' } : null,
    letterhead: letterheadOf(view.letterhead, format),
    fonts: fontsOf(context.fonts),
    verifyAtHead: view.verifyCode !== null && view.verifyPlace === 'head',
    verifyAtFoot: view.verifyCode !== null && view.verifyPlace === 'foot',
    verify: view.verifyCode === null ? null : verification(view, view.verifyCode, context.baseUrl),
    colophon: view.colophon === null ? null : { copies, printedBy: view.colophon.printedBy, printedOn: view.colophon.printedOn },
    foot: { height: footHeight(view, copies), ...pageOf(format) },
  };
}

/** Type area by format in mm: insets of the foot, height of a page, how much taller the first page is. */
function pageOf(format: DocumentFormat): { left: number; right: number; pageHeight: number; firstPageExtra: number } {
  if (format === 'letter') return { left: 8, right: 6, pageHeight: 225, firstPageExtra: 7 };
  if (format === 'form') return { left: 0, right: 0, pageHeight: 257, firstPageExtra: 0 };
  return { left: 0, right: 0, pageHeight: 225, firstPageExtra: 0 };
}

/** 发文机关标志 as large as the type area allows, narrowed at most to seven tenths, as red heads of long names are. */
function letterheadOf(lines: string[], format: DocumentFormat): { lines: string[]; size: number; squeeze: number } {
  const longest = Math.max(1, ...lines.map(widthInCharacters));
  const available = format === 'letter' ? 446 : 440;
  const size = Math.max(20, Math.min(lines.length === 1 ? 44 : 32, Math.floor(available / (longest * 0.7))));
  return { lines, size, squeeze: Math.min(1, Math.floor((available / (longest * size)) * 1000) / 1000) };
}

function fontsOf(fonts: DocumentFonts): Record<keyof DocumentFonts, string> {
  return { title: cssFamilies(fonts.title), body: cssFamilies(fonts.body), kai: cssFamilies(fonts.kai), hei: cssFamilies(fonts.hei) };
}

function verification(view: DocumentView, code: string, baseUrl: string): object {
  const url = `${baseUrl}/${view.verifyPath}/${encodeURIComponent(code)}`;
  const { path, size } = qrCode(url);
  return { code, hint: view.verifyHint, url, path, size, edge: size + 4 };
}

/** The demonstration's seal says what it is in its ring; production prints none, the organ's own seal is applied later. */
function withSeal(block: Block): Block {
  return block.block === 'signOff' ? { ...block, seal: { ring: '演示专用　演示专用　演示专用', caption: '非正式公文' } } : block;
}
