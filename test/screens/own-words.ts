import { policyPack } from '../../workflows/policies/pack-registry.js';
import { workerActor } from '../../src/domain/actor.js';
import type { Database } from '../../src/database.js';

/** What stands on a page in the language it was written in, whatever the reader's: names, and texts that people wrote. */
export interface OwnWords {
  /** Taken out where they are all there is. */
  whole: ReadonlySet<string>;
  /** Taken out wherever they stand, the longest first: names, and texts too long to be there by chance. */
  within: readonly string[];
}

const naming: readonly [table: string, ...columns: string[]][] = [
  ['organisation_version', 'name', 'short_name'], ['filing_unit', 'name', 'population_source'], ['township', 'name'], ['village', 'name'], ['person', 'name'], ['paper_act', 'signatory_name'],
];
const writing = ['case_file', 'document', 'attachment', 'case_section', 'content_version', 'journal_payload', 'draft_opinion', 'paper_act', 'incoming', 'exception_entry', 'number_allocation'];

export const chinese = /[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]/;

/** Read from the tables that hold names and writing. Posts are not among them: the register has their English. */
export async function ownWords(database: Database, city: string): Promise<OwnWords> {
  const stringsOf = async (table: string, columns: readonly string[] = ['*']): Promise<string[]> => {
    const rows = await database.asActor(workerActor(city), (trx) => trx(table).where({ city }).select([...columns]));
    return rows.flatMap(strings);
  };
  const names = (await Promise.all(naming.map(([table, ...columns]) => stringsOf(table, columns)))).flat();
  const texts = (await Promise.all(writing.map((table) => stringsOf(table)))).flat();
  // The clauses of the policy are quoted as it has them.
  const clauses = Object.values(policyPack('jinan-2011-61').pack.clauses);
  return { whole: new Set(texts), within: longestFirst([...names, ...clauses, ...texts.filter((one) => one.length >= LONG)]) };
}

/** With what is written on the way to one screen. */
export const andWords = ({ whole, within }: OwnWords, written: readonly string[]): OwnWords => ({ whole, within: longestFirst([...within, ...written]) });

const LONG = 4;
const longestFirst = (all: readonly string[]): string[] => [...new Set(all)].sort((a, b) => b.length - a.length);

/** Every Chinese string within a value, whatever it is wrapped in: a body kept as JSON is opened. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return /^[[{]/.test(value) ? strings(parsed(value) ?? '') : chinese.test(value) ? [value.trim()] : [];
  if (value === null || typeof value !== 'object' || value instanceof Date) return [];
  return Object.values(value).flatMap(strings);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A number of a paper is the same in every language: 历下政复〔2026〕12号. */
const paperNumber = /[\u4e00-\u9fff]*〔\d{4}〕\s*\d+\s*号?/g;

/** What is left of a text when everything people wrote is taken out; empty when nothing of it is ours. */
export function oursIn(text: string, { whole, within }: OwnWords): string {
  const plain = text.trim();
  if (whole.has(plain)) return '';
  return within.reduce((rest, one) => (rest.includes(one) ? rest.replaceAll(one, ' ') : rest), plain).replace(paperNumber, ' ').trim();
}
