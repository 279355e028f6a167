import { formatArea, type Area } from '../../domain/area.js';
import type { Words } from '../../domain/text.js';
import { words } from '../../domain/text.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import type { TimelineEntry } from '../../reads/case-timeline.js';

type Tier = 'hall' | 'center' | 'station';

/** One area measured three times and held against annex 2. */
export interface MeasuredRow {
  place: string;
  className: string | null;
  item: Words;
  readings: string;
  mean: string;
  standard: string | null;
  difference: string | null;
  met: boolean;
}

/** What was seen on site: areas against the standard, and every point of the checklist that is not met. */
export interface MeasuredView {
  places: number;
  rows: MeasuredRow[];
  met: number;
  short: number;
  unmet: { place: string; item: Words; remark: string | null }[];
  checked: number;
  /** Platforms whose record can be printed, by the key it is asked for with. */
  records: { key: string; place: string }[];
}

interface Seen {
  /** Of a platform that has a record of its own. */
  key?: string;
  name: string;
  tier: Tier;
  className: string | null;
  measured: { item: string; values: Area[]; mean: Area; standard: Area | null; met: boolean }[];
  checklist: { item: string; result: string; remark?: string | null }[];
}

/** From the records as they were journalled: nothing is judged anew. Null where this reader may see none. */
export function measuredView(pack: PolicyPack, timeline: readonly TimelineEntry[]): MeasuredView | null {
  const seen = [...timeline].reverse().flatMap(placesOf);
  if (seen.length === 0) return null;
  const lists = pack.inspection.checklists.value;
  const nameOf = (tier: Tier, id: string): Words => lists[tier]?.find((one) => one.id === id)?.name ?? words(id, id);
  const rows = seen.flatMap((place) => place.measured.map((one): MeasuredRow => ({
    place: place.name, className: place.className, item: nameOf(place.tier, one.item), readings: one.values.map(formatArea).join(' / '), mean: formatArea(one.mean),
    standard: one.standard === null ? null : formatArea(one.standard), met: one.met,
    difference: one.standard === null ? null : `${one.mean > one.standard ? '+' : ''}${formatArea(one.mean - one.standard)}`,
  })));
  const held = rows.filter((row) => row.standard !== null);
  return {
    places: seen.length, rows: [...rows.filter((row) => !row.met), ...rows.filter((row) => row.met)], met: held.filter((row) => row.met).length, short: held.filter((row) => !row.met).length,
    unmet: seen.flatMap((place) => place.checklist.filter((one) => one.result === 'unmet').map((one) => ({ place: place.name, item: nameOf(place.tier, one.item), remark: one.remark ?? null }))),
    checked: seen.reduce((sum, place) => sum + place.checklist.filter((one) => one.result !== 'notApplicable').length, 0),
    records: seen.flatMap(({ key, name }) => (key === undefined ? [] : [{ key, place: name }])),
  };
}

function placesOf({ command, payload }: TimelineEntry): Seen[] {
  const facts = (payload?.facts ?? {}) as { visits?: Seen[]; measured?: Seen['measured'] };
  if (command === 'recordVisit') return facts.visits ?? [];
  if (command !== 'recordSite' || facts.measured === undefined) return [];
  const { subject } = (payload?.task ?? {}) as { subject?: { key: string; name: string; tier: Tier; className: string | null } };
  if (subject === undefined) return [];
  return [{ key: subject.key, name: subject.name, tier: subject.tier, className: subject.className, measured: facts.measured, checklist: (payload?.checklist ?? []) as Seen['checklist'] }];
}
