import { formatDate } from './official-format.js';
import { widthInCharacters, type SignOff } from './view-blocks.js';

/**
 * 发文机关署名 and 成文日期 (GB/T 9704-2012 7.3.5): the date four characters from the right, the name centred over it.
 * A name too long for that keeps the right edge of the type area instead.
 */
export function signOffBlock(facts: { issuer: string[]; sealedBy: string | null; date: string }): SignOff {
  const date = formatDate(facts.date);
  const lines = facts.sealedBy === null ? facts.issuer : [...facts.issuer, `（${facts.sealedBy}代章）`];
  const overhang = (Math.max(...lines.map(widthInCharacters)) - widthInCharacters(date)) / 2;
  return { block: 'signOff', issuer: facts.issuer, sealedBy: facts.sealedBy, date, indent: Math.max(0, 4 - Math.max(0, overhang)), seal: null };
}
