import type { FrozenContent } from '../../content/freeze.js';
import type { PlanContent } from '../../../workflows/forms/plan-sections.js';
import type { PlanContext } from '../../../workflows/plan-rules.v1.js';
import { localDay } from '../../domain/local-day.js';
import { namesOn, type Dossier } from '../dossier.js';

/** The plan of the same unit and year that is on record. */
export interface PlanOfYear {
  content: PlanContent;
  /** Number of its filing receipt. */
  receipt: string | null;
  consent: { organ: string; kind: string; number: string | null } | null;
}

/** Null where no plan of the year is on record: an exempted unit, or projects of earlier years only. */
export async function planOfYear(dossier: Dossier): Promise<PlanOfYear | null> {
  const { trx, city, year, unit, pack } = dossier;
  const file = await trx('case_file').where({ city, year, unit: unit.id, workflow: 'plan', outcome: 'filed' }).orderBy([{ column: 'closed_at', order: 'desc' }, { column: 'id', order: 'desc' }]).first('id');
  if (file === undefined) return null;
  const stored = await trx('case_snapshot').where({ city, id: file.id }).first('snapshot');
  const context = (JSON.parse(stored.snapshot) as { snapshot: { context: PlanContext } }).snapshot.context;
  const version = await trx('content_version').where({ city, case_id: file.id, hash: context.content }).first('body');
  const receipt = await trx('document').where({ city, case_id: file.id, kind: 'filingReceipt' }).first('number');
  const organs = await namesOn(trx, city, localDay(new Date(dossier.at)), [context.orgs.consent]);
  const { consent } = context;
  return {
    content: (JSON.parse(version.body) as FrozenContent).sections as PlanContent, receipt: receipt?.number ?? null,
    consent: consent === null ? null : {
      organ: organs.get(context.orgs.consent) ?? '', kind: pack.consent.kinds.value.find(({ id }) => id === consent.kind)?.name.zh ?? consent.kind,
      number: consent.number === '' ? null : consent.number,
    },
  };
}
