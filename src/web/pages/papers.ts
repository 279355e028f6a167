import { caseHead } from '../../reads/case-head.js';
import { paperActs } from '../../reads/paper-acts.js';
import { filingUnits } from '../../reads/filing-units.js';
import { yearProgress } from '../../reads/year-progress.js';
import { paperView, type PaperView } from '../case-view/paper-view.js';
import { commandWords } from '../case-view/stage-words.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { paperEntries, printable } from '../paper-entry.js';
import { programmeYear } from '../programme-year.js';
import { readAll, readAs } from '../reading.js';

/** 线下办理: what may be registered from paper now, and every decision of the year that was made on it. */
export const papersPage: Handler = async (x) => {
  const year = programmeYear(x);
  const acts = await readAll(x, (trx) => paperActs(trx, x.services.city, year));
  const person = viewerOf(x).person;
  await x.pages.render(x, 'papers', {
    nav: 'papers', year, acts: acts.map((act) => ({ ...act, words: commandWords(x.services, act.command), mine: act.registrar === person })),
    waiting: acts.filter((act) => act.status === 'registered').length, matters: await matters(x, year),
  });
};

interface Matter extends PaperView {
  caseId: string;
  title: string;
  caseNumber: string;
}

/** Of every live case of the year, in 区划 order, what this person may register. */
async function matters(x: Exchange, year: number): Promise<Matter[]> {
  const { city } = x.services;
  const cases = (await readAll(x, (trx) => yearProgress(trx, { city, year }))).filter((one) => !one.final);
  const units = await readAs(x, (trx) => filingUnits(trx, city, year));
  const place = (unit: string): number => units.findIndex((one) => one.id === unit);
  const found: Matter[] = [];
  for (const one of cases.sort((a, b) => place(a.unit) - place(b.unit))) {
    const entries = await paperEntries(x, one.caseId);
    if (entries.length === 0) continue;
    found.push(...(await readAs(x, async (trx) => {
      const head = await caseHead(trx, city, one.caseId);
      const shown = await Promise.all(entries.map(async (entry) => paperView(x.services, head, entry, await printable(x, trx, one.caseId, entry))));
      return shown.map((view): Matter => ({ ...view, caseId: head.caseId, title: head.title, caseNumber: head.caseNumber }));
    })));
  }
  return found;
}
