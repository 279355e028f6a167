/**
 * The five faces of GB/T 9704-2012 as families in order of preference. The commercial faces come first where a site has
 * licensed them; the shipped Noto faces follow. Geometry does not depend on which one is found.
 */
export interface DocumentFonts {
  /** 小标宋: 发文机关标志 and title. */
  title: string[];
  /** 仿宋: body. */
  body: string[];
  /** 楷体: second-level headings, 签发人. */
  kai: string[];
  /** 黑体: first-level headings, table heads. */
  hei: string[];
}

/** What a fresh machine has. */
export const shippedFonts: DocumentFonts = {
  title: ['Noto Serif SC', 'Noto Sans SC'],
  body: ['Noto Serif SC', 'Noto Sans SC'],
  kai: ['Noto Serif SC', 'Noto Sans SC'],
  hei: ['Noto Sans SC', 'Noto Serif SC'],
};

/** The families as a CSS list. A name that could end the declaration is refused: it comes from an operator's file. */
export function cssFamilies(families: string[]): string {
  for (const family of families) {
    if (!/^[\p{L}\p{N} _-]+$/u.test(family)) throw new RangeError(`no font family name: ${family}`);
  }
  return families.map((family) => `"${family}"`).join(', ');
}
