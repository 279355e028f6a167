import { openSync, type Font } from 'fontkit';
import { words } from '../domain/text.js';
import { DocumentRefusal } from './document-refusal.js';

/** A character no configured font can draw, and every line of the paper it stands in. */
export interface MissingGlyph {
  character: string;
  /** `U+20BB7`. */
  codePoint: string;
  /** Excerpts of the lines, the character in 【】. */
  places: string[];
}

/** Tells before rendering which characters would come out as empty boxes. */
export interface GlyphGate {
  /** The missing characters of a text in the order they appear; empty when all can be drawn. */
  missing(text: string): MissingGlyph[];
}

/**
 * Opens the font files of the fallback chain once. The renderer sees no other fonts, so a character is drawn when any
 * file has it.
 */
export function openGlyphGate(files: string[]): GlyphGate {
  const fonts: Font[] = files.map((file) => openSync(file));
  const drawable = new Map<number, boolean>();
  const canDraw = (codePoint: number): boolean => {
    const known = drawable.get(codePoint);
    if (known !== undefined) return known;
    const can = fonts.some((font) => font.hasGlyphForCodePoint(codePoint));
    drawable.set(codePoint, can);
    return can;
  };
  return {
    missing(text) {
      const found = new Map<string, string[]>();
      for (const line of text.split('\n')) {
        const characters = [...line];
        characters.forEach((character, index) => {
          const codePoint = character.codePointAt(0)!;
          if (codePoint < 0x20 || canDraw(codePoint)) return;
          const before = characters.slice(Math.max(0, index - 8), index).join('');
          const after = characters.slice(index + 1, index + 9).join('');
          found.set(character, [...(found.get(character) ?? []), `${before}【${character}】${after}`]);
        });
      }
      return [...found].map(([character, places]) => ({
        character, places, codePoint: `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
      }));
    },
  };
}

/**
 * Lets a paper pass only when every character can be drawn.
 * @throws DocumentRefusal glyphs-missing naming each character and its places
 */
export function requireGlyphs(title: string, missing: MissingGlyph[]): void {
  if (missing.length === 0) return;
  const list = missing.map((one) => `${one.character}（${one.codePoint}，见“${one.places[0]}”）`).join('、');
  throw new DocumentRefusal(
    'glyphs-missing',
    words(
      `《${title}》没有生成：字库里没有 ${list}。请改用已有的字或由管理员增配字库。`,
      `“${title}” was not made: no font has ${missing.map((one) => `${one.character} (${one.codePoint})`).join(', ')}. Use another form of the character or have a font added.`,
    ),
    missing.map((one) => `${one.codePoint} ×${one.places.length}: ${one.places.join(' | ')}`).join('; '),
  );
}
