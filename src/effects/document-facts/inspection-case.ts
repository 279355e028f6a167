import type { PostedMember } from '../../content/preparers/team-posts.js';
import type { Place } from '../../content/preparers/places.js';
import type { InspectionContext } from '../../../workflows/inspection.v1.js';
import type { Dossier, JournalledAct } from '../dossier.js';
import { recorded } from './recorded.js';
import type { Visited } from './visited-places.js';

/** Sites and members keep what the register said of them when the visit was scheduled. */
export type Inspection = Omit<InspectionContext, 'members' | 'sites'> & {
  members: PostedMember[];
  sites: (Place & { open: boolean; signed: 'both' | 'refused' | null })[];
};

export const inspectionOf = (dossier: Dossier): Inspection => dossier.context as unknown as Inspection;

/** What the inspection rests on: kind in words and its number. @throws DocumentRefusal facts-incomplete before it is scheduled */
export function basisOf(dossier: Dossier): { title: string; number: string } {
  const { kind, number } = recorded(inspectionOf(dossier).basis, '检查依据');
  return { title: dossier.pack.inspection.basisKinds.value.find((one) => one.id === kind)?.name.zh ?? kind, number };
}

/** The days of the visit. @throws DocumentRefusal facts-incomplete before it is scheduled */
export const visitDays = (dossier: Dossier): { from: string; to: string } =>
  ({ from: recorded(inspectionOf(dossier).from, '检查开始日期'), to: recorded(inspectionOf(dossier).to, '检查结束日期') });

export const teamRows = (dossier: Dossier) =>
  inspectionOf(dossier).members.map(({ name, orgName, leader }) => ({ name, unit: orgName, role: leader ? '组长' : '组员' }));

/** The acts that recorded a platform, with the platform each is about. */
export function siteActs(dossier: Dossier): { act: JournalledAct; site: Inspection['sites'][number]; visited: Pick<Visited, 'measured' | 'checklist'> }[] {
  const { sites } = inspectionOf(dossier);
  return dossier.acts.filter(({ command }) => command === 'recordSite').flatMap((act) => {
    const site = sites.find(({ key }) => key === act.event.task?.subject?.key);
    const measured = (act.event.facts?.measured ?? []) as Visited['measured'];
    return site === undefined ? [] : [{ act, site, visited: { measured, checklist: (act.event.checklist ?? []) as Visited['checklist'] } }];
  });
}
