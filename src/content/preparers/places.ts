import type { Defect } from '../../domain/errors.js';
import { centerClass } from '../../domain/standards.js';
import { words } from '../../domain/text.js';
import { standardRulesOf } from '../../../workflows/policies/pack-rules.js';
import { planRegister } from '../plan-register.js';
import type { Preparation } from '../preparation.js';
import type { Tier } from './measured.js';

/** A platform of the unit as the register names it. */
export interface Place {
  readonly key: string;
  readonly tier: Tier;
  readonly placeCode: string;
  readonly name: string;
  readonly className: string | null;
  readonly population: number | null;
}

/** The unit's platforms at these places: each a place of this unit and of the right tier, none twice. A filed project's own name is used. */
export async function places(p: Pick<Preparation, 'trx' | 'pack'> & { caseRow: Pick<Preparation['caseRow'], 'city' | 'year' | 'unit'> }, wanted: readonly { tier: Tier; placeCode: string }[], field: string): Promise<{ places: Place[]; defects: Defect[] }> {
  const register = await planRegister(p.trx, p.caseRow);
  const named: { tier: Tier; code: string; name: string }[] = await p.trx('project').where({ city: p.caseRow.city, unit: p.caseRow.unit }).select('tier', 'place_code as code', 'name');
  const rules = standardRulesOf(p.pack);
  const defects: Defect[] = [];
  const found = wanted.flatMap(({ tier, placeCode }, index): Place[] => {
    const at = `${field}.${index}.placeCode`;
    const township = register.townships.get(placeCode);
    const place = tier === 'hall' ? (placeCode === register.unit.code ? register.name : undefined) : tier === 'center' ? township?.name : register.villages.get(placeCode)?.name;
    if (place === undefined) {
      defects.push({ field: at, code: 'foreign-place', sentence: words(`代码 ${placeCode} 不是这个单位的平台所在地。`, `Code ${placeCode} is none of this unit's places.`) });
      return [];
    }
    if (wanted.findIndex((one) => one.tier === tier && one.placeCode === placeCode) < index) {
      defects.push({ field: at, code: 'twice', sentence: words(`${place}列了两次。`, `${place} is listed twice.`) });
    }
    const own = named.find((one) => one.tier === tier && one.code === placeCode)?.name;
    const suffix = { hall: '人力资源和社会保障综合服务大厅', center: '人力资源和社会保障服务中心', station: '人力资源和社会保障服务站' }[tier];
    const population = tier === 'hall' ? register.unit.population : tier === 'center' ? township!.population : null;
    return [{ key: `S${index + 1}`, tier, placeCode, name: own ?? `${place}${suffix}`, className: tier === 'center' ? centerClass(rules, population!).class.id : null, population }];
  });
  return { places: found, defects };
}
