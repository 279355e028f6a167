import { databaseStore } from '../../../src/engine/database-store.js';
import { dispatchTogether } from '../../../src/engine/dispatch-together.js';
import type { ManyParts } from '../../../src/engine/engine.js';
import { TestCity } from './city.js';

let city: TestCity;
let parts: ManyParts;
const units = [['shizhong', '370103'], ['huaiyin', '370104'], ['tianqiao', '370105']] as const;

beforeAll(async () => {
  city = await TestCity.found('many-at-once');
  parts = { ...city.parts, store: databaseStore(city.parts) };
});
afterAll(() => city.close());

const head = async () => (await Promise.all(units.map(([unit]) => city.actors(`${unit}.head`)))).flat();
const agreed = (caseId: string, key = city.key()) => ({ caseId, type: 'approve', fields: { opinion: '同意' }, key });

describe('many cases decided in one act', () => {
  it('are steps of their own: one that is refused, unknown or asked twice takes nothing from the others, and a repetition changes nothing', async () => {
    const plans: string[] = [];
    for (const [unit, code] of units) plans.push(await city.planIn('headReview', unit, code));
    const [first, second, third] = plans as [string, string, string];
    await city.go(`${units[1][0]}.head`, second, 'approve', { opinion: '同意' });
    const unknown = '00000000-0000-7000-8000-000000000000';
    const requests = [agreed(first), agreed(second), agreed(unknown), { ...agreed(third), fields: { opinion: 7 } as never }, agreed(first), agreed(third)];
    const before = await city.traces(second);
    const answers = await dispatchTogether(parts, await head(), requests);
    const told = answers.map((one) => ('outcome' in one ? one.outcome.stage : (one.refusal as { code: string }).code));
    expect(told).toEqual(['governmentApproval', 'not-yours', 'no-such-case', expect.any(String), 'not-yours', 'governmentApproval']);
    expect('refusal' in answers[3]!).toBe(true);
    expect(await city.traces(second)).toEqual(before);
    const left = await Promise.all([first, third].map((id) => city.traces(id)));
    const again = await dispatchTogether(parts, await head(), [requests[0]!, requests[5]!]);
    expect(again).toEqual([answers[0], answers[5]]);
    expect(await Promise.all([first, third].map((id) => city.traces(id)))).toEqual(left);
  });

  it('whose group cannot be written as one are written one by one: what one case trips over stays with it', async () => {
    const [first, second] = [await city.planIn('officeReview', 'changqing', '370113'), await city.planIn('officeReview', 'pingyin', '370124')];
    const [{ version }] = (await city.rows('select version from case_file where id = $1', [second])) as [{ version: number }];
    await city.rows(`alter table journal_payload add constraint tripped check (case_id <> '${second}' or seq <= ${version})`);
    const accepted = (caseId: string) => ({ caseId, type: 'acceptComplete', fields: { opinion: '同意' }, key: city.key() });
    const answers = await dispatchTogether(parts, await city.actors('office.clerk'), [accepted(first), accepted(second)]);
    await city.rows('alter table journal_payload drop constraint tripped');
    expect(answers.map((one) => 'outcome' in one)).toEqual([true, false]);
    expect([await city.stage(first), await city.stage(second)]).toEqual(['directorDecision', 'officeReview']);
  });
});
