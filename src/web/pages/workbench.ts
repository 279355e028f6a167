import { may } from '../../auth/permissions.js';
import { Refused } from '../../domain/errors.js';
import type { Words } from '../../domain/text.js';
import { filingUnits } from '../../reads/filing-units.js';
import { countDoneBy, doneBy, inboxOf, startedBy } from '../../reads/inbox.js';
import { planOnRecord } from '../../reads/plan-on-record.js';
import { isReported, yearFigures } from '../../reads/year-figures.js';
import { yearProgress } from '../../reads/year-progress.js';
import { commandForMany } from './batch.js';
import { commandWords, doneWords, stageWords } from '../case-view/stage-words.js';
import { subjectName } from '../case-view/subject-name.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { Formats } from '../formats.js';
import { attentionList } from '../overview/attention-list.js';
import { filingDeadline } from '../overview/filing-deadline.js';
import { notYetFiled } from '../overview/not-yet-filed.js';
import { visitCalendar } from '../overview/visit-calendar.js';
import { pageNumber, pageOf, pagesOf } from '../page-of.js';
import { yearMatrix } from '../progress-matrix.js';
import { programmeYear } from '../programme-year.js';
import { readAll, readAs } from '../reading.js';

const SHOWN = 20;
const TABS = ['todo', 'done', 'started'] as const;

/** 工作台: what waits for me, what I have done and set going, and – for the city's offices – where every unit stands. */
export const workbench: Handler = (x) => render(x, null, 200);

/** 提醒区人社局. A second one within the interval is refused with when it may be sent again, on the same page. */
export const unitReminded: Handler = async (x) => {
  try {
    const { unitName } = await x.services.engine.remindUnit(viewerOf(x).actors, String(x.req.params.id));
    x.res.redirect(303, `/?reminded=${encodeURIComponent(unitName)}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await render(x, error.sentence, 422);
  }
};

async function render(x: Exchange, refusal: Words | null, status: number): Promise<void> {
  const { services, context, req } = x;
  const viewer = viewerOf(x);
  const year = programmeYear(x);
  const formats = new Formats(context.language, context.now);
  const calendar = await services.calendarOf(services.city);
  const tab = TABS.find((one) => one === req.query.tab) ?? 'todo';
  const inbox = (await readAll(x, (trx) => inboxOf(trx, viewer.actors))).map((item) => ({
    ...item, stage: item.kind === 'compare' ? commandWords(services, 'paper.compare') : stageWords(services, item, item.state),
    due: item.dueAt === null ? null : formats.due(item.dueAt, calendar), about: subjectName(item.subject), many: commandForMany(services, item),
  }));
  const manyAtOnce = new Set(inbox.map(({ many }) => many).filter((many, index, all) => many !== null && all.indexOf(many) !== index));
  const started = await readAll(x, (trx) => startedBy(trx, services.city, year, viewer.person));
  const doneCount = (await readAll(x, async (trx) => [await countDoneBy(trx, services.city, viewer.person)])).reduce((sum, one) => sum + one, 0);
  const address = `/?tab=${tab}&year=${year}`;
  const lists = {
    todo: pageOf(inbox.map((item) => ({ ...item, pick: manyAtOnce.has(item.many) })), req.query.page, SHOWN, address),
    done: await doneList(x, tab === 'done' ? doneCount : 0, address),
    started: pageOf(started.map((item) => ({ ...item, stage: stageWords(services, item, item.stage) })), req.query.page, SHOWN, address),
  };
  const overview = may(viewer.actors, 'progress.read') ? await overviewOf(x, year) : await ownUnit(x, year);
  const reminded = typeof req.query.reminded === 'string' ? req.query.reminded.slice(0, 40) : null;
  await x.pages.render(x, 'workbench', {
    unsent: (['other', 'lost'] as const).find((one) => one === req.query.unsent) ?? null,
    nav: tab === 'done' ? 'done' : 'home', tab, year, manyAtOnce: manyAtOnce.size > 0, counts2: { todo: inbox.length, done: doneCount, started: started.length }, list: lists[tab], refusal,
    reminded: reminded === null || refusal !== null ? null : reminded, longDay: formats.longDay(context.now), todoCount: inbox.length,
    overdue: inbox.filter((item) => item.due?.kind === 'overdue').length, dueToday: inbox.filter((item) => item.due?.kind === 'today').length, ...overview,
  }, status);
}

async function doneList(x: Exchange, count: number, address: string) {
  const { services } = x;
  const last = Math.min(pageNumber(x.req.query.page), Math.max(1, Math.ceil(count / SHOWN))) * SHOWN;
  const items = count === 0 ? [] : (await readAll(x, (trx) => doneBy(trx, services.city, viewerOf(x).person, last))).sort((a, b) => b.closedAt.getTime() - a.closedAt.getTime());
  const shown = items.map((item) => ({ ...item, stage: stageWords(services, item, item.state), what: doneWords(services, item.command) }));
  return pagesOf(count, x.req.query.page, SHOWN, address, (page) => shown.slice((page - 1) * SHOWN, page * SHOWN));
}

async function overviewOf(x: Exchange, year: number): Promise<object> {
  const { services } = x;
  const { units, cases } = await readAs(x, async (trx) => ({ units: await filingUnits(trx, services.city, year), cases: await yearProgress(trx, { city: services.city, year }) }));
  const figures = yearFigures(units.length, cases);
  return {
    figures, matrix: await yearMatrix(x, year, units, cases), notYetFiled: await notYetFiled(x, year, units, cases),
    attention: await attentionList(x, year), visits: await visitCalendar(x, year), deadline: await filingDeadline(x, year, figures.notReported),
  };
}

/** A unit's people see their own cases of the year; inspectors and team members the visits they belong to. */
async function ownUnit(x: Exchange, year: number): Promise<object> {
  const { services } = x;
  const own = new Set(viewerOf(x).actors.map((actor) => actor.unit).filter((unit) => unit !== null));
  const cases = own.size === 0 ? [] : await readAll(x, async (trx) => (await yearProgress(trx, { city: services.city, year })).filter((one) => own.has(one.unit)));
  const { plan } = planOnRecord(cases);
  return {
    deadline: own.size === 0 ? null : await filingDeadline(x, year, plan !== undefined && isReported(plan) ? 0 : 1),
    ownCases: cases.map((one) => ({ ...one, stageWords: stageWords(services, one, one.stage), workflowWords: services.workflowOf(one.workflow).words })),
  };
}
