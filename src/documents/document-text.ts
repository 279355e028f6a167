const blockTags = /<\/?(?:p|h[1-6]|li|tr|th|td|table|caption|div|section|figure|figcaption|footer|main|text|hr|br|ol|title)\b[^>]*>/g;
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/**
 * What a reader sees of a composed paper, one line per paragraph or cell, without markup, style, watermark and page
 * numbers. Words that only a screen reader meets (labels of drawings) are not part of it.
 */
export function documentText(html: string): string {
  const body = html
    .replace(/<head>[\s\S]*?<\/head>/, '')
    .replace(/<div class="watermark"[\s\S]*?<\/div>/, '')
    .replace(/<svg class="seal"[\s\S]*?<\/svg>/g, '')
    .replace(/<!doctype[^>]*>/i, '');
  return body
    .replace(/\n/g, ' ')
    .replace(blockTags, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return named[String(name).toLowerCase()] ?? whole;
    })
    .split('\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
