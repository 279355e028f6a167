import { openSync, type Font } from 'fontkit';

/** Knows which characters are drawn by one and the same glyph: 人 U+4EBA and ⼈ U+2F08, … U+2026 and ⋯ U+22EF. */
export interface GlyphAliases {
  /** The candidate that some font draws with the glyph of `codePoint`; undefined when none is. */
  sharing(codePoint: number, candidates: Iterable<number>): number | undefined;
}

/**
 * Opens the font files to compare glyphs. Chromium notes the lowest character of a glyph in the PDF, so that a search for
 * 人民政府 would find nothing; `restoreTextLayer` needs to know which character was meant. Glyphs are looked up when asked
 * for: comparing all 31,000 of each font beforehand would stop the process for a second.
 */
export function openGlyphAliases(files: string[]): GlyphAliases {
  const fonts = files.map((file) => ({ font: openSync(file), known: new Map<number, number>() }));
  const glyphOf = ({ font, known }: { font: Font; known: Map<number, number> }, codePoint: number): number => {
    const seen = known.get(codePoint);
    if (seen !== undefined) return seen;
    const id = font.hasGlyphForCodePoint(codePoint) ? font.glyphForCodePoint(codePoint).id : 0;
    known.set(codePoint, id);
    return id;
  };
  return {
    sharing(codePoint, candidates) {
      for (const font of fonts) {
        const id = glyphOf(font, codePoint);
        if (id === 0) continue;
        for (const candidate of candidates) if (glyphOf(font, candidate) === id) return candidate;
      }
      return undefined;
    },
  };
}
