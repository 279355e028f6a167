import type { PlanWorkbookRegister } from './workbook-register.js';

/** A place of the unit and the name its platform would bear. */
export interface PrefilledPlace {
  readonly tier: 'hall' | 'center' | 'station';
  readonly placeCode: string;
  /** The platform's name under the unified naming (C-2.3). */
  readonly name: string;
  /** The place's own name. */
  readonly place: string;
  /** The township a community or village belongs to. */
  readonly township: string;
}

/** 解放桥社区居民委员会 → 解放桥社区服务站; 刘家村民委员会 → 刘家村服务点: communities have stations, villages points (C-2.7, C-2.8). */
function stationName(committee: string): string {
  const village = /村(民委员|委)会$/.test(committee);
  const place = committee.replace(/(居民委员|居委)会$/, '').replace(/村(民委员|委)会$/, '村').replace(/村村$/, '村');
  return `${place}人力资源和社会保障服务${village ? '点' : '站'}`;
}

/** Every place of the unit in the order of divisions: the district itself, its townships, then their communities and villages. */
export function placesOf({ unit, townships, villages }: Pick<PlanWorkbookRegister, 'unit' | 'townships' | 'villages'>): PrefilledPlace[] {
  const byCode = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    { tier: 'hall', placeCode: unit.code, name: `${unit.name}人力资源和社会保障综合服务大厅`, place: unit.name, township: '' },
    ...byCode(townships).map(([code, { name }]): PrefilledPlace => ({ tier: 'center', placeCode: code, name: `${name}人力资源和社会保障服务中心`, place: name, township: name })),
    ...byCode(villages).map(([code, { name, township }]): PrefilledPlace => ({
      tier: 'station', placeCode: code, name: stationName(name), place: name, township: townships.get(township)?.name ?? '',
    })),
  ];
}
