import { Forbidden, InvalidInput, NotFound } from '../../../src/domain/errors.js';
import { exceptionsOf } from '../../../src/reads/exception-list.js';
import { caseTimeline } from '../../../src/reads/case-timeline.js';
import { covers } from '../../../src/upkeep/coverage.js';
import { createUpkeep, type Upkeep } from '../../../src/upkeep/create-upkeep.js';
import { beijing, CITY, TestCity } from '../engine/city.js';

let city: TestCity;
let upkeep: Upkeep;
beforeAll(async () => {
  city = await TestCity.found('deputies');
  upkeep = createUpkeep({ database: city.database, clock: city.clock, engine: city.engine });
});
afterAll(() => city.close());

const person = async (login: string): Promise<string> => (await city.rows('select person from account where login = $1', [login]))[0]!.person;
const holding = async (login: string): Promise<string> => (await city.rows(`select h.id from post_holding h join post p on p.id = h.post where h.person = $1 and p.role = $2 and h.standing = 'A'`, [await person(login), `unit.${login.split('.')[1]}`]))[0]!.id;
const named = async (of: string, deputy: string, from = '2026-08-18', to = '2026-08-21', by = of): Promise<string> =>
  (await upkeep.nameDeputy(await city.actors(by), { holding: await holding(of), deputy: await person(deputy), from, to, reason: '出差' })).id;
const task = async (caseId: string) => (await city.rows(`select * from task where case_id = $1 and status = 'open'`, [caseId]))[0]!;
const on = async (login: string, caseId: string, type: string, fields = {}) => city.go(login, caseId, type, fields, { taskId: (await task(caseId)).id });
const told = async (login: string, template: string): Promise<number> => (await city.rows('select count(*)::int as n from notice where person = $1 and template = $2', [await person(login), template]))[0]!.n;

describe('a deputy', () => {
  it('acts on the days agreed and on no others, every act names both, and what he claims is the holder’s', async () => {
    const id = await city.planIn('headReview', 'laiwu', '370116');
    await named('laiwu.head', 'laiwu.registrar');
    expect([await told('laiwu.head', 'deputyNamed'), await told('laiwu.registrar', 'deputyNamed')]).toEqual([1, 1]);
    await expect(on('laiwu.registrar', id, 'approve')).rejects.toThrow(Forbidden);
    city.clock.set(beijing('2026-08-18'));
    await on('laiwu.registrar', id, 'task.claim');
    expect((await task(id)).person).toBe(await person('laiwu.head'));
    await on('laiwu.registrar', id, 'approve', { opinion: '代为同意' });
    const [clerk] = await city.actors('laiwu.clerk');
    const [last] = await city.database.asActor(clerk!, (trx) => caseTimeline(trx, CITY, 2026, id));
    expect([last!.command, last!.personName, last!.actingForName]).toEqual(['approve', (await city.actor('laiwu.registrar')).personName, (await city.actor('laiwu.head')).personName]);
    const exceptions = await city.database.asActor(clerk!, (trx) => exceptionsOf(trx, CITY, 2026));
    expect(exceptions.filter((line) => line.kind === 'deputy').map(({ people, actingFor }) => [people, actingFor])).toContainEqual([[last!.personName], last!.actingForName]);
    city.clock.set(beijing('2026-08-22'));
    expect((await city.actors('laiwu.registrar')).map(({ role }) => role)).toEqual(['unit.registrar']);
    city.clock.set(beijing('2026-08-17'));
  });

  it('does not come to judge what he sent in himself, nor judges in the place of who sent it in', async () => {
    const id = await city.planIn('headReview', 'tianqiao', '370105');
    await named('tianqiao.head', 'tianqiao.clerk', '2026-08-17');
    expect((await upkeep.deputies(await city.actors('tianqiao.head'))).list.map(({ barred }) => barred.map(({ caseId }) => caseId))).toEqual([[id]]);
    await expect(on('tianqiao.clerk', id, 'approve')).rejects.toEqual(expect.objectContaining({ code: 'held-back' }));
    // The head held the clerk's post too and sent this one in: his deputy cannot decide it for him.
    await city.rows(`insert into post_holding (city, post, person, standing, valid_from) values ($1, $2, $3, 'A', '2001-01-01')`, [CITY, (await city.actor('changqing.clerk')).post, await person('changqing.head')]);
    const own = await city.openPlan('370113');
    await city.go('changqing.head', own, 'submit');
    await named('changqing.head', 'changqing.registrar', '2026-08-17');
    await expect(on('changqing.registrar', own, 'approve')).rejects.toEqual(expect.objectContaining({ code: 'held-back' }));
  });

  it('is ended early by whoever it concerns, and then acts no more; both are told', async () => {
    const id = await named('shizhong.head', 'shizhong.registrar', '2026-08-17');
    expect((await city.actors('shizhong.registrar')).map(({ role }) => role)).toEqual(['unit.registrar', 'unit.head']);
    await expect(upkeep.endDeputy(await city.actors('shizhong.clerk'), id, { reason: '试' })).rejects.toThrow(Forbidden);
    await upkeep.endDeputy(await city.actors('shizhong.registrar'), id, { reason: '提前返岗' });
    expect((await city.actors('shizhong.registrar')).map(({ role }) => role)).toEqual(['unit.registrar']);
    expect([await told('shizhong.head', 'deputyEnded'), await told('shizhong.registrar', 'deputyEnded')]).toEqual([1, 1]);
    await expect(upkeep.endDeputy(await city.actors('shizhong.head'), id, { reason: '再次' })).rejects.toThrow(NotFound);
    expect((await city.rows(`select action from audit_event where subject = $1 order by seq`, [id])).map(({ action }) => action)).toEqual(['deputy.named', 'deputy.ended']);
  });

  it('is not named twice over, in a ring, across the wall, for the past, for himself or by a colleague; a head may for his bureau', async () => {
    const refused = async (...of: Parameters<typeof named>) => expect(named(...of)).rejects.toThrow(InvalidInput);
    await named('jiyang.clerk', 'jiyang.registrar', '2026-08-18', '2026-08-21', 'jiyang.head');
    await refused('jiyang.clerk', 'jiyang.comparer', '2026-08-20', '2026-08-25');
    await refused('jiyang.registrar', 'jiyang.clerk', '2026-08-18');
    await refused('jiyang.comparer', 'jiyang.clerk', '2026-08-18');
    await refused('jiyang.head', 'office.clerk');
    await refused('jiyang.head', 'jiyang.head');
    await refused('jiyang.head', 'jiyang.comparer', '2026-08-10');
    await refused('jiyang.head', 'jiyang.comparer', '2026-08-21', '2026-08-18');
    await expect(named('jiyang.head', 'jiyang.comparer', '2026-08-18', '2026-08-21', 'jiyang.clerk')).rejects.toThrow(Forbidden);
    await named('jiyang.clerk', 'jiyang.comparer', '2026-08-22', '2026-08-25');
  });
});

describe('somebody who is away', () => {
  it('without a deputy on all of the days is told so, and so is the head; with one nobody is', async () => {
    await named('huaiyin.clerk', 'huaiyin.registrar', '2026-08-18', '2026-08-19');
    const away = (from: string, to: string) => city.actors('huaiyin.clerk').then((actors) => upkeep.recordAbsence(actors, { from, to, reason: '年假' }));
    expect((await away('2026-08-18', '2026-08-19')).uncovered).toEqual([]);
    expect((await away('2026-08-18', '2026-08-20')).uncovered.length).toBe(1);
    expect([await told('huaiyin.clerk', 'awayUncovered'), await told('huaiyin.head', 'awayUncovered')]).toEqual([1, 1]);
    expect((await upkeep.deputies(await city.actors('huaiyin.head'))).away.map(({ posts }) => posts.length)).toEqual([0, 1]);
    await expect(named('huaiyin.head', 'huaiyin.clerk')).rejects.toThrow(InvalidInput);
    // Why somebody is away stands behind the second wall: no query of a page reaches it.
    for (const login of ['admin', 'huaiyin.head']) expect(await city.database.asActor(await city.actor(login), (trx) => trx('absence').count('* as n'))).toEqual([{ n: 0n }]);
  });

  it('is covered by deputies one after the other, and not where a day lies between them', () => {
    const spans = [{ from: '2026-08-20', to: '2026-08-21' }, { from: '2026-08-17', to: '2026-08-19' }];
    expect([covers(spans, '2026-08-17', '2026-08-21'), covers(spans, '2026-08-18', '2026-08-20'), covers(spans, '2026-08-17', '2026-08-22'), covers([spans[0]!], '2026-08-19', '2026-08-20'), covers([{ from: '2026-08-01', to: null }], '2026-08-17', '2026-09-17')]).toEqual([true, true, false, false, true]);
  });
});
