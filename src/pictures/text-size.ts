/** Widths in ems, a little generous: the reader's own fonts are not known here. */
const narrow = /[iljtfrI.,:;|!'’()[\]]/;
const wide = /[A-ZmwMW@%]/;
const full = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f\u2018-\u201d…—→⛓×✓]/;

const emsOf = (sign: string): number => (full.test(sign) ? 1 : narrow.test(sign) ? 0.36 : wide.test(sign) ? 0.76 : sign === ' ' ? 0.3 : 0.58);

/** How wide a text is in a font of this size. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, sign) => sum + emsOf(sign), 0) * size;
}

const closing = /^[，。、；：？！）〕》”’,.;:)\]]/;

/** Lines no wider than `most`. Chinese breaks anywhere but before a closing sign, Latin between words; a word too long stands alone. */
export function wrap(text: string, size: number, most: number): string[] {
  const pieces = text.match(/[\u2e80-\u9fff\uff00-\uff60\u3000-\u303f]|[^\s\u2e80-\u9fff\uff00-\uff60\u3000-\u303f]+|\s+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && widthOf((line + piece).trimEnd(), size) > most && !closing.test(piece)) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else {
      line += piece;
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

/** As many lines as `wrap` makes, all about as long: for text in the middle of a line. */
export function wrapEvenly(text: string, size: number, most: number): string[] {
  const { length } = wrap(text, size, most);
  for (let width = most / 2; width < most; width += size / 2) {
    const lines = wrap(text, size, width);
    if (lines.length === length) return lines;
  }
  return wrap(text, size, most);
}
