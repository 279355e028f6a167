import { workerActor } from '../domain/actor.js';
import type { Clock } from '../clock.js';
import type { Database } from '../database.js';
import type { Effect } from '../engine/worker.js';
import type { EffectParams } from '../../workflows/vocabulary.js';
import { idFrom } from './deterministic-id.js';

type Receiver = { org: string; role: string; side: 'unit' | 'city' };
type To = EffectParams['notify']['to'];

/** Leaves a notice for the posts concerned; the same outbox row leaves it once. Nobody reminds a government: receivers are offices. */
export const notify = (parts: { database: Database; clock: Clock }): Effect => async (row) => {
  const { template, to } = row.params as unknown as EffectParams['notify'];
  await parts.database.asActor(workerActor(row.city), async (trx) => {
    const { snapshot } = await trx('case_snapshot').where({ city: row.city, id: row.caseId }).first('snapshot');
    const context = JSON.parse(snapshot).snapshot.context;
    const receivers = receiversOf(to, context);
    const notices = receivers.map((r, index) => ({
      city: row.city, id: idFrom(`${row.key}:${index}`), year: row.year, unit: row.unit, side: r.side, case_id: row.caseId, org: r.org, role: r.role,
      template, params: JSON.stringify({ unit: context.unitName, caseNumber: context.caseNumber }), at: parts.clock.now(),
    }));
    if (notices.length > 0) await trx('notice').insert(notices).onConflict(['city', 'id']).ignore();
  });
};

function receiversOf(to: To, context: { orgs: Record<string, string>; cosigners?: { org: string; answer: string }[]; members?: { org: string }[] }): Receiver[] {
  const at = (key: string, role: string, side: 'unit' | 'city'): Receiver[] => [{ org: context.orgs[key]!, role, side }];
  switch (to) {
    case 'clerk': return at('hrss', 'unit.clerk', 'unit');
    case 'head': return at('hrss', 'unit.head', 'unit');
    case 'consent': return at('consent', 'consent.officer', 'unit');
    case 'office': return at('office', 'office.clerk', 'city');
    case 'registrar': return at('office', 'office.registrar', 'city');
    case 'director': return at('office', 'office.director', 'city');
    case 'leaders': return at('leaders', 'leader', 'city');
    case 'cosigners': return (context.cosigners ?? []).filter((c) => c.answer === 'pending' || c.answer === 'overdue').map((c) => ({ org: c.org, role: 'cosign.officer', side: 'unit' }));
    case 'members': return (context.members ?? []).map((m) => ({ org: m.org, role: 'team.member', side: 'city' }));
  }
}
