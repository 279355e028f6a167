const plain = (text: string): string => text.replace(/&#39;/g, "'").replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
/** Words as they are compared: a line break of the picture may fall anywhere. */
export const joined = (text: string): string => text.replace(/\s/g, '');

export interface SeenCard {
  /** Its name in both languages. */
  title: string;
  /** Everything written on it, without blanks. */
  text: string;
  frames: number;
}

export interface SeenLine {
  from: string;
  to: string;
  both: boolean;
  label: string;
  dashed: boolean;
}

/** A picture read back as a person reads it: cards with their text, lines with their ends, words outside both. */
export function readPicture(svg: string): { cards: SeenCard[]; lines: SeenLine[]; text: string } {
  const cards = [...svg.matchAll(/<g><title>([^<]*)<\/title>(.*?)<\/g>$/gm)].map(([, title, body]) => ({
    title: plain(title!), frames: [...body!.matchAll(/<rect /g)].length, text: joined([...body!.matchAll(/<text[^>]*>([^<]*)/g)].map(([, words]) => plain(words!)).join('')),
  }));
  const groups = [...svg.matchAll(/<g fill="none" stroke="[^"]*"( stroke-dasharray="5 3")? stroke-width="1.3">\n(.*?)<\/g>\n/gs)];
  const lines = groups.flatMap(([, dash, body]) => [...body!.matchAll(/<title>(.*?) ([→↔]) (.*?) · (.*?)<\/title>/g)].map(([, from, arrow, to, label]) => ({
    from: plain(from!), to: plain(to!), both: arrow === '↔', label: joined(plain(label!)), dashed: dash !== undefined,
  })));
  return { cards, lines, text: joined([...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, words]) => plain(words!)).join('')) };
}

/** What is wrong with it as XML: a tag that is not closed, a bare sign. */
export function xmlFaults(xml: string): string[] {
  const open: string[] = [];
  const faults: string[] = [];
  let last = 0;
  for (const found of xml.matchAll(/<(\/?)([a-zA-Z]+)((?:\s[a-zA-Z:-]+="[^"<&]*(?:&[a-z#0-9]+;[^"<&]*)*")*)(\/?)>/g)) {
    const between = xml.slice(last, found.index);
    if (/<|&(?![a-z#0-9]+;)/.test(between)) faults.push(`bare sign in ${between.trim().slice(0, 60)}`);
    last = found.index + found[0].length;
    const [, closing, name, , alone] = found;
    if (closing === '/') {
      if (open.pop() !== name) faults.push(`unexpected </${name}>`);
    } else if (alone !== '/') open.push(name!);
  }
  if (xml.slice(last).trim() !== '') faults.push(`after the end: ${xml.slice(last).trim().slice(0, 60)}`);
  return [...faults, ...open.map((name) => `<${name}> is not closed`)];
}
