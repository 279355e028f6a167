import { policyPack } from '../../workflows/policies/pack-registry.js';
import { workerActor } from '../../src/domain/actor.js';
import type { Database } from '../../src/database.js';

/** What stands on a page in the language it was written in, whatever the reader's: names, and texts that people wrote. */
export interface OwnWords {
  /** Taken out wherever they stand. */
  names: readonly string[];
  /** Taken out where they stand whole; a long one also inside another text. */
  texts: ReadonlySet<string>;
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
  const names = new Set((await Promise.all(naming.map(([table, ...columns]) => stringsOf(table, columns)))).flat());
  const texts = new Set([...(await Promise.all(writing.map((table) => stringsOf(table)))).flat(), ...Object.values(policyPack('jinan-2011-61').pack.clauses)]);
  return { names: [...names].sort((a, b) => b.length - a.length), texts };
}

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

const LONG = 4;
/** A number of a paper is the same in every language: 历下政复〔2026〕12号. */
const paperNumber = /[\u4e00-\u9fff]*〔\d{4}〕\s*\d+\s*号?/g;

/** What is left of a text when everything people wrote is taken out; empty when nothing of it is ours. */
export function oursIn(text: string, { names, texts }: OwnWords): string {
  let rest = text.trim();
  if (texts.has(rest)) return '';
  for (const one of longTexts(texts)) if (rest.includes(one)) rest = rest.replaceAll(one, ' ');
  rest = rest.replace(paperNumber, ' ');
  for (const one of names) if (rest.includes(one)) rest = rest.replaceAll(one, ' ');
  return rest.trim();
}

const sorted = new WeakMap<ReadonlySet<string>, string[]>();
function longTexts(texts: ReadonlySet<string>): string[] {
  const known = sorted.get(texts) ?? [...texts].filter((one) => one.length >= LONG).sort((a, b) => b.length - a.length);
  sorted.set(texts, known);
  return known;
}
