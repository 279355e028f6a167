import type { Knex } from 'knex';
import { Conflict } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { caseContext, openDuties, type OpenDuty } from '../../reads/case-context.js';
import { caseHead, type CaseHead } from '../../reads/case-head.js';
import type { Member } from '../../../workflows/patterns/team.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { viewerOf, type Exchange, type Viewer } from '../context.js';
import { notPermitted } from '../refusals.js';

/** An acceptance while its team is on site. `task` is the leader's, where the reader carries it. */
export interface OnSite {
  head: CaseHead;
  pack: PolicyPack;
  context: Record<string, unknown>;
  members: readonly Member[];
  task: OpenDuty | null;
}

/** The visit a request is about. @throws Conflict when the record has been handed in; notPermitted for whoever is not of the team */
export async function onSite(x: Exchange, trx: Knex.Transaction): Promise<OnSite> {
  const { services } = x;
  const id = String(x.req.params.id);
  const head = await caseHead(trx, services.city, id);
  const context = await caseContext(trx, services.city, id);
  if (!isOnSite(head)) throw new Conflict('visit-over', words('现场记录已经提交，或者还没有到现场验收这一步，不能再填。', 'The record has been handed in, or the visit has not begun: nothing can be entered.'), head.stage);
  if (context === null || !ofTeam(context, viewerOf(x))) throw notPermitted('not of the team');
  const mine = new Set(viewerOf(x).actors.map(({ post }) => post));
  const task = (await openDuties(trx, services.city, id)).find(({ state, subject }) => state === 'onSite' && mine.has(String(subject?.post))) ?? null;
  return { head, pack: services.packOf(head.pack).pack, context, members: context.members as Member[], task };
}

export const isOnSite = ({ workflow, stage }: Pick<CaseHead, 'workflow' | 'stage'>): boolean => workflow === 'acceptance' && stage === 'onSite';

/** Whether the reader belongs to the team: all of its members write the record together. */
export const ofTeam = (context: Record<string, unknown>, viewer: Viewer): boolean =>
  ((context.members ?? []) as Member[]).some((member) => viewer.actors.some(({ post }) => post === member.post));
