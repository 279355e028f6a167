import type { Knex } from 'knex';
import { caseContext, openDuties } from '../../../src/reads/case-context.js';
import { attachmentsOf, contentVersions, liveSections } from '../../../src/reads/case-content.js';
import { caseHead } from '../../../src/reads/case-head.js';
import { caseTimeline } from '../../../src/reads/case-timeline.js';
import { documentsOf } from '../../../src/reads/documents.js';
import { checkJournal } from '../../../src/reads/journal-check.js';
import { paperActs } from '../../../src/reads/paper-acts.js';
import { noticesFor } from '../../../src/reads/notices.js';
import { newId } from '../../../src/clock.js';
import { workerActor, type Actor } from '../../../src/domain/actor.js';
import { player } from '../web/played-city.js';
import { webCity, type WebCity } from '../web/web-city.js';

const SECRET = '只在区内传阅，不出本单位';
let c: WebCity;
let play: ReturnType<typeof player>;
let unit: { id: string };
let caseId: string;
let office: Actor;

beforeAll(async () => {
  c = await webCity('unreleased');
  play = player(c);
  const written = await play.written('历下区', (sections) => { sections.basics!.currentState = SECRET; });
  ({ caseId, unit } = written);
  await play.act('unit.clerk', unit.id, caseId, 'submit', { note: SECRET });
  const registrar = await play.actorOf('unit.clerk', unit.id);
  const task = await c.database.asActor(registrar[0]!, (trx) => trx('task').where({ case_id: caseId, status: 'open' }).first());
  await c.engine.registerPaper(registrar, {
    caseId, taskId: task.id, command: 'approve', fields: { opinion: SECRET }, signatoryName: '钱示例', signatoryPost: '局长', wording: SECRET, kind: 'agree', paperDate: '2026-09-04',
    scan: null, keptAt: SECRET, key: newId(),
  });
  [office] = (await play.actorOf('office.clerk')) as [Actor];
});
afterAll(() => c.close());

const asOffice = <T>(run: (trx: Knex.Transaction) => Promise<T>): Promise<T> => c.database.asActor(office, run);

describe('what a unit has not filed is its own', () => {
  it('the city reads the stage and the days, and no section, version, opinion, paper, duty or payload through any read', async () => {
    const read = await asOffice(async (trx) => ({
      sections: await liveSections(trx, c.city, caseId), versions: await contentVersions(trx, c.city, caseId), context: await caseContext(trx, c.city, caseId),
      duties: await openDuties(trx, c.city, caseId), papers: await paperActs(trx, c.city, 2026), attachments: await attachmentsOf(trx, c.city, caseId),
      documents: await documentsOf(trx, { city: c.city, caseId }), timeline: await caseTimeline(trx, c.city, 2026, caseId), notices: await noticesFor(trx, [office]),
    }));
    expect(JSON.stringify(read)).not.toContain(SECRET);
    expect(read).toMatchObject({ sections: [], versions: [], context: null, duties: [], papers: [] });
    const head = await asOffice((trx) => caseHead(trx, c.city, caseId));
    expect(head.stage).toBe('headReview');
    expect(JSON.stringify(head)).not.toContain(SECRET);
  });

  it('the city can have the chain checked without seeing the entries', async () => {
    const check = await asOffice(async (trx) => checkJournal(trx, caseId, 2026, (await caseHead(trx, c.city, caseId)).headHash));
    expect(check).toMatchObject({ intact: true });
    expect(check.entries).toBeGreaterThan(1);
  });

  it.each(['', '?tab=content', '?tab=documents', '/journal'])('the page %s shows an office clerk no word of it', async (path) => {
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    const { text } = await agent.get(`/cases/${caseId}${path}`).expect(200);
    expect(text).not.toContain(SECRET);
  });

  it.each(['', '/journal', '/sections/basics'])('the API %s gives an office clerk no word of it', async (path) => {
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    const { text } = await agent.get(`/api/v1/cases/${caseId}${path}`);
    expect(text).not.toContain(SECRET);
  });

  it('another district does not even learn that the case exists', async () => {
    const other = await c.unitNamed('市中区');
    const agent = await c.signedIn(c.loginOf('unit.clerk', other.id));
    await agent.get(`/cases/${caseId}`).expect(404);
    await agent.get(`/api/v1/cases/${caseId}`).expect(404);
    expect((await agent.get('/search?q=历下')).text).not.toContain(caseId);
  });

  it('after the filing the city reads the plan, and still no opinion of the unit’s own offices', async () => {
    const filed = await play.written('市中区', (sections) => { sections.basics!.currentState = '报送的内容'; });
    await play.reported(filed.caseId, filed.unit);
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    const page = await agent.get(`/cases/${filed.caseId}?tab=content`).expect(200);
    expect(page.text).toContain('报送的内容');
    const timeline = await agent.get(`/cases/${filed.caseId}`).expect(200);
    expect(timeline.text).not.toContain('区内意见,不上送');
  });
});

describe('the chain', () => {
  it('a changed entry is found by its number', async () => {
    const { head, broken } = await c.database.asActor(workerActor(c.city), async (trx) => {
      const found = await caseHead(trx, c.city, caseId);
      return { head: found, broken: await checkJournal(trx, caseId, 2026, 'f'.repeat(64)) };
    });
    expect(head.version).toBeGreaterThan(1);
    expect(broken).toMatchObject({ intact: false });
  });
});
