import { valueOf, type PolicyPack } from '../../../workflows/policies/policy-pack.js';
import type { CaseInput } from '../../../workflows/vocabulary.js';
import { statutoryDates } from '../pack-terms.js';

/** The year the model plays in; every year is alike to a chart. */
const YEAR = 2026;

/** A case of an invented unit (示例) as the register would open it. */
export function modelInput(pack: PolicyPack, over: Partial<CaseInput> = {}): CaseInput {
  return {
    now: `${YEAR}-01-05T01:00:00.000Z`, caseId: 'case', caseNumber: 'C', year: YEAR, unit: 'unit', unitName: '示例区', unitKind: 'district',
    orgs: { hrss: 'hrss', consent: 'government', office: 'office', leaders: 'leaders' },
    chains: { ...valueOf(pack.chains.default) } as CaseInput['chains'], dates: statutoryDates(pack, YEAR), parent: null, detail: {}, ...over,
  };
}
