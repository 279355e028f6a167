import { deflateSync, inflateSync } from 'node:zlib';
import type { GlyphAliases } from './glyph-aliases.js';
import { pdfObject, type PdfObjects } from './pdf-objects.js';

/**
 * Makes copying and searching a printed PDF give the words of its source. Where several characters share a glyph,
 * Chromium notes the lowest one (⼈ for 人); each such note is turned back into the character the source really has.
 */
export function restoreTextLayer(pdf: PdfObjects, source: string, aliases: GlyphAliases): void {
  const used = new Set<number>();
  for (const character of source) used.add(character.codePointAt(0)!);
  const intended = (codePoint: number): number =>
    used.has(codePoint) ? codePoint : (aliases.sharing(codePoint, used) ?? codePoint);
  for (const number of characterMaps(pdf)) {
    pdf.objects.set(number, withStream(pdfObject(pdf, number), (map) => restoreMap(map, intended)));
  }
}

/** Numbers of the objects fonts name as /ToUnicode. */
function characterMaps({ objects }: PdfObjects): Set<number> {
  const numbers = new Set<number>();
  for (const bytes of objects.values()) {
    const named = bytes.length < 4096 ? /\/ToUnicode (\d+) 0 R/.exec(bytes.toString('latin1')) : null;
    if (named !== null) numbers.add(Number(named[1]));
  }
  return numbers;
}

function withStream(object: Buffer, change: (text: string) => string): Buffer {
  const text = object.toString('latin1');
  const match = /^(\d+ 0 obj\s*)<<([\s\S]*?)>>\s*stream\r?\n/.exec(text);
  const length = Number(/\/Length (\d+)/.exec(match?.[2] ?? '')?.[1] ?? Number.NaN);
  if (match === null || Number.isNaN(length)) throw new Error('character map is no stream');
  const packed = object.subarray(match[0].length, match[0].length + length);
  const plain = match[2]!.includes('/FlateDecode') ? inflateSync(packed) : packed;
  const bytes = deflateSync(Buffer.from(change(plain.toString('latin1')), 'latin1'));
  return Buffer.concat([Buffer.from(`${match[1]}<</Filter /FlateDecode\n/Length ${bytes.length}>> stream\n`, 'latin1'), bytes, Buffer.from('\nendstream\nendobj\n')]);
}

/** Rewrites the targets of `bfchar` and `bfrange` entries; a range that no longer counts up by one becomes single entries. */
function restoreMap(map: string, intended: (codePoint: number) => number): string {
  const chars = map.replace(/beginbfchar([\s\S]*?)endbfchar/g, (_, body: string) =>
    `beginbfchar${body.replace(/<([0-9A-F]+)> <([0-9A-F]+)>/gi, (__, glyph: string, target: string) => `<${glyph}> <${restoreTarget(target, 0, intended)}>`)}endbfchar`);
  return chars.replace(/\d+ beginbfrange([\s\S]*?)endbfrange/g, (_, body: string) => {
    const single: string[] = [];
    for (const [, first, last, target] of body.matchAll(/<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>/gi)) {
      for (let glyph = Number.parseInt(first!, 16), step = 0; glyph <= Number.parseInt(last!, 16); glyph += 1, step += 1) {
        single.push(`<${glyph.toString(16).toUpperCase().padStart(first!.length, '0')}> <${restoreTarget(target!, step, intended)}>`);
      }
    }
    const hundreds = Array.from({ length: Math.ceil(single.length / 100) }, (__, index) => single.slice(index * 100, index * 100 + 100));
    return hundreds.map((some) => `${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`).join('\n');
  });
}

/** UTF-16BE hexadecimal in and out. A target of several characters stands for a ligature and is left alone. */
function restoreTarget(target: string, step: number, intended: (codePoint: number) => number): string {
  const units = target.match(/.{4}/g)?.map((unit) => Number.parseInt(unit, 16)) ?? [];
  const characters = [...String.fromCharCode(...units)];
  if (characters.length !== 1) return target;
  const restored = String.fromCodePoint(intended(characters[0]!.codePointAt(0)! + step));
  return [...Array(restored.length).keys()].map((index) => restored.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')).join('');
}
