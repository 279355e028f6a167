import { words, type Words } from '../../domain/text.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import type { Difference } from '../plan-view/section-merge.js';
import type { VisitStop } from './visit-stops.js';

/** What two members entered differently at one platform: the item, what the colleague has, what I have. */
export interface ClashLine {
  item: Words;
  theirs: Words;
  mine: Words;
}

const answers: Readonly<Record<string, Words>> = { met: words('符合', 'Met'), unmet: words('不符合', 'Not met'), notApplicable: words('不适用', 'Not applicable') };
const fields: Readonly<Record<string, Words>> = { visitedOn: words('日期', 'Date'), note: words('说明', 'Note') };

export const clashWords = (pack: PolicyPack, { tier }: VisitStop, clashes: readonly Difference[]): ClashLine[] => clashes.map(({ trail, theirs, mine }) => ({
  item: pack.inspection.checklists.value[tier].find(({ id }) => trail.includes(id))?.name ?? fields[trail[0] ?? ''] ?? words(trail.join(' '), trail.join(' ')),
  theirs: said(theirs), mine: said(mine),
}));

function said(value: unknown): Words {
  if (Array.isArray(value)) return words(`${value.join(' / ')} m²`, `${value.join(' / ')} m²`);
  if (typeof value === 'object' && value !== null) return said((value as { values?: unknown; result?: unknown }).values ?? (value as { result?: unknown }).result);
  return typeof value === 'string' && value !== '' ? (answers[value] ?? words(value, value)) : words('未填', 'empty');
}
