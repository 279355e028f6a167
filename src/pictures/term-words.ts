import { localDay } from '../domain/local-day.js';
import { words, type Words } from '../domain/text.js';
import { statutoryDates, termBasis, termRule } from '../engine/pack-terms.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { GraphState } from './chart-graph.js';

/** Any year: of a statutory date only day and month are named, and whether they lie in the year after. */
const YEAR = 2026;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Within what time a state is to be left; with 示例 where the number is the city's own sample. Null for a state without a term. */
export function withinWords({ meta }: GraphState, pack: PolicyPack): Words | null {
  const term = meta.term ?? meta.dueBy;
  if (term === undefined) return null;
  const dates = statutoryDates(pack, YEAR);
  const { kind, amount } = termRule(pack, term, dates);
  const days = amount === 1 ? 'day' : 'days';
  const bare = kind === 'date' ? dateWords(dates[term]!) : kind === 'workdays' ? words(`${amount} 个工作日`, `${amount} working ${days}`) : words(`${amount} 日`, `${amount} ${days}`);
  return termBasis(pack, term).sample ? words(`${bare.zh}〔示例〕`, `${bare.en} [sample]`) : bare;
}

/** A date is stored as the first instant after its last day. */
function dateWords(after: string): Words {
  const [year, month, day] = localDay(new Date(Date.parse(after) - 1)).split('-').map(Number) as [number, number, number];
  const [zh, en] = year > YEAR ? ['次年', ' next year'] : ['', ''];
  return words(`${zh}${month}月${day}日24时`, `${day} ${months[month - 1]}${en}, 24:00`);
}
