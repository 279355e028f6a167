import { commandForms } from '../../../workflows/forms/commands.js';
import { webCity, type WebCity } from './web-city.js';

let c: WebCity;
beforeAll(async () => { c = await webCity('every-form'); });
afterAll(() => c.close());

describe('the page of every command', () => {
  it('can be opened for a case of its workflow, in both languages: no form needs a page of its own', async () => {
    const unit = await c.unitNamed('历下区');
    const acceptance = (await c.open('acceptance', unit.id)).caseId;
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    for (const command of Object.keys(commandForms)) {
      for (const lang of ['zh', 'en']) {
        const answer = await agent.get(`/cases/${acceptance}/do/${command}?lang=${lang}`);
        expect([command, answer.status, answer.status === 200 ? '' : JSON.stringify(c.logged.at(-1))]).toEqual([command, 200, '']);
      }
    }
    for (const section of ['selfAssessment', 'constructionPapers', 'completedProjects']) await agent.get(`/cases/${acceptance}/edit/${section}`).expect(200);
  });
});
