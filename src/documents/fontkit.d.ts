/** The calls of fontkit this room uses; the package ships no types of its own. */
declare module 'fontkit' {
  export interface Glyph {
    readonly id: number;
    /** In font units, y upwards from the baseline. */
    readonly bbox: { minX: number; minY: number; maxX: number; maxY: number };
  }
  export interface Font {
    readonly familyName: string;
    readonly subfamilyName: string;
    readonly unitsPerEm: number;
    readonly characterSet: number[];
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): Glyph;
  }
  export function openSync(file: string): Font;
}
