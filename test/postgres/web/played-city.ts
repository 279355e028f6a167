import { newId } from '../../../src/clock.js';
import { workerActor, type Actor } from '../../../src/domain/actor.js';
import { resolveActors } from '../../../src/auth/resolve-actors.js';
import { saveSection } from '../../../src/content/sections.js';
import type { WebCity } from './web-city.js';

/** A hall and a centre at the standard, as a clerk types them. */
export function typedSections(unit: { code: string }, township: { code: string }): Record<string, Record<string, unknown>> {
  const open = { receptionRoom: true, staffOffice: true, streetFront: true, groundFloor: true };
  return {
    basics: { planType: 'construction', currentState: '大厅面积不足，两个街道没有独立场所。', contactName: '䶮堃', contactPhone: '0531-0000' },
    goals: { guidingIdea: '坚持公益性。', goals: '年内建成。' },
    premises: {
      projects: [
        { tier: 'hall', placeCode: unit.code, name: '示例大厅', type: 'new', grossArea: '5000', money: '100' },
        { tier: 'center', placeCode: township.code, name: '示例中心', type: 'new', usableArea: '300', archiveArea: '40', money: '50', ...open },
      ],
      sitingFactors: { economy: '好', population: '多', revenue: '稳', geography: '便', serviceRadius: '近', serviceContent: '全' }, spatialPlan: '规划',
    },
    organisation: { coordinationBody: '组长', staffing: '三人' },
    funds: {
      lines: ['personnelFund', 'operatingFund', 'constructionFund'].map((category) => ({ category, city: '0', district: '150', township: '0', total: '150' })),
      total: '450', specialAccount: '专账',
    },
    informatisation: { plan: '接入' }, regulations: { plan: '上墙' }, schedule: { phases: [{ name: '建设', from: '2026-09-10', to: '2026-12-20' }] },
    attachments: { files: [] },
  };
}

/** Moves cases of a web city by the engine, as the people who hold the posts. */
export function player(c: WebCity) {
  const actorOf = async (role: string, unit: string | null = null): Promise<Actor[]> => {
    const one = c.people.find((person) => person.role === role && person.unit === unit)!;
    return c.database.asAuth(c.city, (trx) => resolveActors(trx, c.city, one.person, '2026-09-07'));
  };
  const act = async (role: string, unit: string | null, caseId: string, type: string, fields: Record<string, unknown> = {}) =>
    c.engine.dispatch(await actorOf(role, unit), { caseId, type, fields, key: newId() });
  return {
    actorOf, act,
    /** Opens a unit's plan and writes it; `change` spoils or alters what is typed. */
    written: async (name: string, change: (sections: Record<string, Record<string, unknown>>) => void = () => undefined) => {
      const unit = await c.unitNamed(name);
      const { caseId } = await c.open('plan', unit.id);
      const [township] = await c.database.asActor(workerActor(c.city), (trx) => trx('township').where({ city: c.city, year: 2026, unit: unit.id }).orderBy('population', 'desc'));
      const sections = typedSections(unit, township);
      change(sections);
      const [clerk] = await actorOf('unit.clerk', unit.id);
      for (const [section, body] of Object.entries(sections)) {
        await c.database.asActor(clerk!, (trx) => saveSection(trx, clerk!, caseId, section, body, 0, c.times.now));
      }
      return { caseId, unit };
    },
    /** From the draft to the filing, every step by its own post. */
    reported: async (caseId: string, unit: { id: string }) => {
      await act('unit.clerk', unit.id, caseId, 'submit');
      const chain = ['unit.reviewer', 'unit.head'];
      for (let step = 0; step < 5; step += 1) {
        const task = await c.database.asActor(workerActor(c.city), (trx) => trx('task').where({ case_id: caseId, status: 'open', state: 'headReview' }).first());
        if (task === undefined) break;
        await act(task.role ?? chain[step], unit.id, caseId, 'approve', { opinion: '区内意见,不上送' });
      }
      await act('consent.officer', unit.id, caseId, 'consent', { kind: 'reply', number: '历下政复〔2026〕12号', date: '2026-09-05' });
      return act('unit.clerk', unit.id, caseId, 'report', { documentNumber: '历下人社报〔2026〕8号' });
    },
  };
}
