import { newId } from '../../../src/clock.js';
import { typedSections } from '../web/played-city.js';
import type { LivingCity, Unit } from './living-city.js';

export type Typed = Record<string, Record<string, any>>;
export type PlanStage = 'drafting' | 'headReview' | 'governmentApproval' | 'reporting' | 'registered' | 'officeReview' | 'directorDecision' | 'filed';

export const consentFields = (unit: Unit, date: string) => ({ kind: 'reply', number: `${unit.name.slice(0, 2)}政复〔2026〕12号`, date });
/** What a filing says; a committee reports up and names who signed. */
export const reportFields = (unit: Unit) => ({ documentNumber: `${unit.name.slice(0, 2)}人社报〔2026〕8号`, ...(unit.key === 'gaoxin' ? { signatory: '崔某某' } : {}) });
export const remark = (section: string, text = '请补充依据。') => ({ section, text });

/** Opens the year of a unit as the office does; its plan is opened by the worker. */
export async function openYear(city: LivingCity, key: string): Promise<{ programme: string; plan: string }> {
  const { id } = city.unit(key);
  const opened = await city.call('office.clerk', 'POST', '/cases', { workflow: 'programme', unit: id, year: 2026 }, { 'idempotency-key': newId() });
  if (opened.status !== 201) throw new Error(`${opened.status} ${JSON.stringify(opened.body)}`);
  await city.drain();
  const { cases } = await city.got('office.clerk', `/cases?year=2026&workflow=plan&unit=${id}`);
  return { programme: opened.body.caseId, plan: cases.at(-1).caseId };
}

export async function typed(city: LivingCity, key: string): Promise<Typed> {
  const unit = city.unit(key);
  const [township] = await city.rows('select code from township where unit = $1 and year = 2026 order by population desc', [unit.id]);
  return typedSections(unit, township as { code: string });
}

export async function write(city: LivingCity, key: string, plan: string, sections: Typed): Promise<void> {
  for (const [name, body] of Object.entries(sections)) {
    const saved = await city.save(`${key}.clerk`, plan, name, body, 0);
    if (saved.status !== 200) throw new Error(`${name}: ${saved.status} ${JSON.stringify(saved.body)}`);
  }
}

/** One step further on the main line, by whoever's turn it is. */
async function onward(city: LivingCity, key: string, plan: string, stage: string): Promise<string> {
  const unit = city.unit(key);
  const today = new Date(city.now().getTime() + 8 * 3600_000).toISOString().slice(0, 10);
  const me = (post: string): string => `${key}.${post}`;
  switch (stage) {
    case 'drafting': return (await city.act(me('clerk'), plan, 'submit')).stage;
    case 'headReview': return (await city.act(me((await city.openTask(plan)).role.replace('unit.', '')), plan, 'approve')).stage;
    case 'governmentApproval': return (await city.act(me('consent'), plan, 'consent', consentFields(unit, today))).stage;
    case 'reporting': return (await city.act(me('clerk'), plan, 'report', reportFields(unit))).stage;
    case 'registered': return (await city.act('office.registrar', plan, 'register', { theirNumber: reportFields(unit).documentNumber, channel: 'system', dated: today, deliveredAt: city.now().toISOString() })).stage;
    case 'officeReview': return (await city.act('office.clerk', plan, 'acceptComplete')).stage;
    case 'directorDecision': return (await city.act('office.director', plan, 'file')).stage;
    default: throw new Error(`no way on from ${stage}`);
  }
}

/** Goes on along the main line until a stage is reached. */
export async function bring(city: LivingCity, key: string, plan: string, to: PlanStage): Promise<void> {
  let stage = await city.stage(plan);
  while (stage !== to) stage = await onward(city, key, plan, stage);
}

/** A unit's year with its plan written and brought to a stage. */
export async function planIn(city: LivingCity, key: string, to: PlanStage, change: (sections: Typed) => void = () => undefined): Promise<{ programme: string; plan: string }> {
  const opened = await openYear(city, key);
  const sections = await typed(city, key);
  change(sections);
  await write(city, key, opened.plan, sections);
  await bring(city, key, opened.plan, to);
  return opened;
}
