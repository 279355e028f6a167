import type { FactsOf } from '../../documents/document-kinds.js';
import { planRegister } from '../../content/plan-register.js';
import type { Place } from '../../content/preparers/places.js';
import type { Dossier, JournalledAct } from '../dossier.js';
import type { Gatherer } from './gatherer.js';
import { siteActs } from './inspection-case.js';
import { clauseWords, unitOf } from './organs.js';
import { postNames, postOf, signatureOf } from './people.js';
import { notRegistered, recorded, textOf } from './recorded.js';
import { checkItem, paperTiers } from './visited-places.js';

type SiteRecord = FactsOf<'siteRecord'>;

/** D8 of the platform that is asked for, else of the one recorded last. Photographs are named here; their pictures are put in by whoever prints. */
export const siteRecord: Gatherer<'siteRecord'> = async (dossier, issue) => {
  const { act, site, visited } = recorded(siteActs(dossier).filter(({ site: { key } }) => issue.place === undefined || key === issue.place).at(-1), '现场检查记录');
  const inspector = act.event.by.name;
  const findings = (act.event.findings ?? []) as { proposal: string }[];
  return {
    number: `${dossier.caseNumber}-${site.key}`, unit: unitOf(dossier), facility: site.name, tier: (await paperTiers(dossier, [site])).get(`${site.tier}:${site.placeCode}`)!,
    place: await placeName(dossier, site), startedAt: null, endedAt: null, recordedAt: act.at, inspectors: [inspector, textOf(act, 'colleague') ?? `同行人员${notRegistered}`],
    recorder: inspector, unannounced: null,
    checklist: visited.checklist.map(({ item, result, remark }) => {
      const known = checkItem(dossier, site.tier, item);
      return { item: known?.name.zh ?? item, clause: known === undefined ? notRegistered : clauseWords(dossier, known.clause), result, remark: remark ?? null };
    }),
    measurements: visited.measured.map(({ item, values, mean, standard }) => ({ item: checkItem(dossier, site.tier, item)?.name.zh ?? item, values: [...values], average: mean, standard })),
    proposals: findings.map(({ proposal }) => proposal), photos: await photos(dossier, act), signatures: await signatures(dossier, act, site), verifyCode: issue.verifyCode || null, sample: dossier.pack.inspection.checklists.sample,
  };
};

/** The photographs the record was handed in with; one that was isolated since stays in the list and is shown nowhere. */
async function photos({ trx, city, caseId }: Dossier, act: JournalledAct): Promise<SiteRecord['photos']> {
  const taken = (act.event.facts?.photos ?? []) as { id: string; sha256: string; at: string }[];
  const files = await trx('attachment').where({ city, case_id: caseId }).whereIn('id', taken.map(({ id }) => id)).whereNotNull('isolated_at').select('id');
  return taken.map(({ id, sha256, at }) => ({ sha256, at, isolated: files.some((one) => one.id === id), picture: null }));
}

/** The street, town, community or village the platform stands in; the unit itself for its hall. */
async function placeName({ trx, city, year, unit }: Dossier, { tier, placeCode }: Place): Promise<string> {
  const register = await planRegister(trx, { city, year, unit: unit.id });
  const township = register.townships.get(placeCode) ?? register.townships.get(register.villages.get(placeCode)?.township ?? '');
  return tier === 'hall' ? unit.name : `${unit.name}${township?.name ?? ''}${register.villages.get(placeCode)?.name ?? ''}`;
}

/** The inspector, and the inspected side or its refusal before a witness. */
async function signatures(dossier: Dossier, act: JournalledAct, site: Place): Promise<SiteRecord['signatures']> {
  const names = await postNames(dossier, [postOf(act), act.event.by.post]);
  const own = signatureOf(act, '检查人', names.get(act.event.by.post ?? ''));
  const other = { role: '受检方', unit: site.name, at: act.at, paper: null };
  const signed = textOf(act, 'counterSigner');
  return act.event.counterSigned === true
    ? [own, { ...other, name: signed ?? notRegistered, outcome: 'signed', note: null }]
    : [own, { ...other, name: signed ?? notRegistered, outcome: 'refused', note: `${textOf(act, 'refusal') ?? notRegistered}；见证人${textOf(act, 'witness') ?? notRegistered}` }];
}
