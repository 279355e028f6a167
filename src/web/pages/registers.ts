import { filingUnits } from '../../reads/filing-units.js';
import { findCases } from '../../reads/find-cases.js';
import { noticesFor } from '../../reads/notices.js';
import { laterFigures, yearFigures } from '../../reads/year-figures.js';
import { yearProgress } from '../../reads/year-progress.js';
import { stageWords } from '../case-view/stage-words.js';
import { viewerOf, type Handler } from '../context.js';
import { Formats } from '../formats.js';
import { noticeDetail } from '../notice-detail.js';
import { markRead } from '../personal-notes.js';
import { filingDeadline } from '../overview/filing-deadline.js';
import { notYetFiled } from '../overview/not-yet-filed.js';
import { yearMatrix } from '../progress-matrix.js';
import { pageOf } from '../page-of.js';
import { programmeYear } from '../programme-year.js';
import { readAll, readAs } from '../reading.js';

const PROGRESS_SHOWN = 60;

/** 全市进度: figures, matrix and a table of every case of the year, in 区划 order. */
export const progressPage: Handler = async (x) => {
  const { services } = x;
  const year = programmeYear(x);
  const { units, cases } = await readAs(x, async (trx) => ({ units: await filingUnits(trx, services.city, year), cases: await yearProgress(trx, { city: services.city, year }) }));
  const position = new Map(units.map((unit, index) => [unit.id, index]));
  const figures = yearFigures(units.length, cases);
  await x.pages.render(x, 'progress', {
    nav: 'progress', year, figures, later: laterFigures(cases), deadline: await filingDeadline(x, year, figures.notReported), matrix: await yearMatrix(x, year, units, cases),
    notYetFiled: await notYetFiled(x, year, units, cases),
    list: pageOf([...cases].sort((a, b) => (position.get(a.unit) ?? 99) - (position.get(b.unit) ?? 99))
      .map((one) => ({ ...one, stageWords: stageWords(services, one, one.stage), workflowWords: services.workflowOf(one.workflow).words })), x.req.query.page, PROGRESS_SHOWN, `/progress?year=${year}`),
  });
};

/** Notices to my posts; opening the page marks them as read. */
export const noticesPage: Handler = async (x) => {
  const viewer = viewerOf(x);
  const notices = await readAll(x, async (trx) => {
    const all = await noticesFor(trx, viewer.actors);
    await markRead(trx, x.services.city, viewer.person, all.filter((one) => !one.read).map((one) => one.id), x.context.now);
    return all;
  });
  const formats = new Formats(x.context.language, x.context.now);
  await x.pages.render(x, 'notices', { nav: 'notices', notices: notices.map((one) => ({ ...one, detail: noticeDetail(one, formats) })) });
};

/** Cases by number, unit, title or the number of a paper. */
export const searchPage: Handler = async (x) => {
  const text = typeof x.req.query.q === 'string' ? x.req.query.q.trim().slice(0, 100) : '';
  const found = text === '' ? [] : await readAll(x, (trx) => findCases(trx, x.services.city, text));
  await x.pages.render(x, 'search', { nav: 'search', q: text, found: found.map((one) => ({ ...one, workflowWords: x.services.workflowOf(one.workflow).words })) });
};
