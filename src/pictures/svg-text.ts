const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as XML: signs that mean something are spelled out, control characters XML forbids are left out. */
export function escaped(words: string): string {
  return words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"']/g, (sign) => entities[sign]!);
}

/** A line of text with its baseline at `y`; attributes that are undefined are left out. */
export function text(x: number, y: number, words: string, attributes: Readonly<Record<string, string | number | undefined>>): string {
  const written = Object.entries(attributes).filter(([, value]) => value !== undefined).map(([name, value]) => ` ${name}="${value}"`).join('');
  return `<text x="${whole(x)}" y="${whole(y)}"${written}>${escaped(words)}</text>`;
}

/** Half a unit is not seen, and whole numbers keep a picture small and the same everywhere. */
export const whole = (value: number): string => String(Math.round(value));
