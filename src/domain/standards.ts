import { formatArea, type Area } from './area.js';
import { InvalidInput } from './errors.js';
import type { Population } from './population.js';
import { words, type Words } from './text.js';
import { areaVerdict, presenceVerdict, type Verdict } from './verdict.js';

/** Rooms every township centre needs (annex 2, part 2): 临街一楼 is judged as two facts. */
export type Room = 'receptionRoom' | 'staffOffice' | 'streetFront' | 'groundFloor';
export type CenterClassId = 'Ⅰ' | 'Ⅱ' | 'Ⅲ';

/** Halls up to a number of residents (inclusive; null: any) need at least this gross floor area. Ascending. */
export interface HallBand {
  readonly upTo: Population | null;
  readonly area: Area;
}

/** Townships from a number of residents need at least these areas. Descending. */
export interface CenterClass {
  readonly id: CenterClassId;
  readonly from: Population;
  readonly area: Area;
  readonly archiveArea: Area;
}

/** Annex 2 as the pack states it. Every area is a minimum: more is never a fault (C-3.6). */
export interface StandardRules {
  readonly hall: { readonly bands: readonly HallBand[]; readonly clause: string };
  readonly center: {
    readonly classes: readonly CenterClass[];
    readonly rooms: readonly Room[];
    /** Where a population of exactly 90,000 or 60,000 belongs: the policy names the bound on both sides. */
    readonly boundaryPolicy: 'higher' | 'lower';
    /** Whether the archive room counts within the service area. */
    readonly archiveRoom: 'inAddition' | 'included';
    readonly clause: string;
  };
  readonly station: { readonly area: Area; readonly clause: string };
  /** Which of two known areas of a centre or station is judged. */
  readonly measuredArea: 'usableIfBoth' | 'gross';
}

/** Areas of one set of premises; null where nothing was entered. */
export interface Areas {
  readonly grossArea: Area | null;
  readonly usableArea: Area | null;
}

export interface HallFacts {
  readonly population: Population;
  readonly grossArea: Area | null;
}

export interface CenterFacts extends Areas {
  readonly population: Population;
  readonly archiveArea: Area | null;
  /** The archive room was measured as part of the service area. */
  readonly archiveIncluded: boolean;
  readonly rooms: Readonly<Record<Room, boolean | null>>;
}

/** The band of a hall: 20万（含）以下 … 100万以上; the bound belongs to the lower band because the policy writes （含）. */
export function hallBand(rules: StandardRules, population: Population): HallBand {
  requirePopulation(population);
  const band = rules.hall.bands.find(({ upTo }) => upTo === null || population <= upTo);
  if (band === undefined) throw new RangeError('hall bands leave large populations out');
  return band;
}

/** The class of a township and whether its population stands exactly on a bound the policy leaves open. */
export function centerClass(rules: StandardRules, population: Population): { class: CenterClass; onBound: boolean } {
  requirePopulation(population);
  const { classes, boundaryPolicy } = rules.center;
  const belongs = ({ from }: CenterClass) => (boundaryPolicy === 'higher' ? population >= from : population > from);
  const found = classes.find(belongs) ?? classes.at(-1);
  if (found === undefined) throw new RangeError('no centre classes');
  return { class: found, onBound: classes.some(({ from }) => from > 0 && from === population) };
}

/** Holds a district hall against annex 2, part 1. */
export function judgeHall(rules: StandardRules, facts: HallFacts): Verdict[] {
  const { area } = hallBand(rules, facts.population);
  return [areaVerdict('hallArea', area, facts.grossArea, rules.hall.clause)];
}

/** Holds a township centre against annex 2, part 2: service area, archive room, required rooms. */
export function judgeCenter(rules: StandardRules, facts: CenterFacts): Verdict[] {
  const { class: required, onBound } = centerClass(rules, facts.population);
  const { clause, archiveRoom, boundaryPolicy } = rules.center;
  const boundaryCase = onBound ? boundarySentence(required.id, boundaryPolicy) : null;
  const service = areaVerdict('serviceArea', required.area, serviceArea(rules, facts), clause, boundaryCase);
  const counted = archiveRoom === 'inAddition' && facts.archiveIncluded && facts.archiveArea !== null;
  return [
    counted ? { ...service, explanation: withoutArchive(service.explanation, facts.archiveArea!) } : service,
    areaVerdict('archiveArea', required.archiveArea, facts.archiveArea, clause, boundaryCase),
    ...rules.center.rooms.map((room) => presenceVerdict(room, facts.rooms[room], clause)),
  ];
}

/** Holds a community station or village point against annex 2, part 3. */
export function judgeStation(rules: StandardRules, facts: Areas): Verdict[] {
  return [areaVerdict('stationArea', rules.station.area, judgedArea(rules, facts), rules.station.clause)];
}

function serviceArea(rules: StandardRules, facts: CenterFacts): Area | null {
  const area = judgedArea(rules, facts);
  const within = facts.archiveIncluded && rules.center.archiveRoom === 'inAddition';
  return area !== null && within ? Math.max(0, area - (facts.archiveArea ?? 0)) : area;
}

function judgedArea({ measuredArea }: StandardRules, { grossArea, usableArea }: Areas): Area | null {
  return measuredArea === 'usableIfBoth' ? (usableArea ?? grossArea) : (grossArea ?? usableArea);
}

function boundarySentence(id: CenterClassId, policy: 'higher' | 'lower'): Words {
  return policy === 'higher'
    ? words(`人口正在界上，按较高类别认定为${id}类，可申请复核。`, `The population is exactly on the bound: taken as the higher class ${id}; a review may be asked for.`)
    : words(`人口正在界上，按较低类别认定为${id}类，可申请复核。`, `The population is exactly on the bound: taken as the lower class ${id}; a review may be asked for.`);
}

function withoutArchive(text: Words, archive: Area): Words {
  const size = formatArea(archive);
  return words(`${text.zh}已扣除其中的档案室 ${size} m²。`, `${text.en} The archive room of ${size} m² inside it is deducted.`);
}

function requirePopulation(population: Population): void {
  if (Number.isSafeInteger(population) && population > 0) return;
  const sentence = words('人口数应为大于 0 的整数。', 'The population is a whole number above 0.');
  throw new InvalidInput([{ field: 'population', code: 'no-population', sentence }], String(population));
}
