import { may } from '../../auth/permissions.js';
import { dayOfYear, statutoryDeadline } from '../../domain/deadline.js';
import { endOfLocal } from '../../domain/local-day.js';
import { filingUnits } from '../../reads/filing-units.js';
import { doneBy, inboxOf, type InboxItem } from '../../reads/inbox.js';
import { yearFigures } from '../../reads/year-figures.js';
import { yearProgress } from '../../reads/year-progress.js';
import { valueOf } from '../../../workflows/policies/policy-pack.js';
import { commandWords, stageWords } from '../case-view/stage-words.js';
import { doneWords } from '../case-view/stage-words.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { Formats } from '../formats.js';
import { matrixColumns, notYetFiled, progressMatrix } from '../progress-matrix.js';
import { programmeYear } from '../programme-year.js';
import { readAll, readAs } from '../reading.js';

const DONE_SHOWN = 50;

/** 工作台: what waits for me, what I have done, and – for the city's offices – where every unit stands. */
export const workbench: Handler = async (x) => {
  const { services, context } = x;
  const viewer = viewerOf(x);
  const year = programmeYear(x);
  const formats = new Formats(context.language, context.now);
  const calendar = await services.calendarOf(services.city);
  const inbox = await readAll(x, (trx) => inboxOf(trx, viewer.actors));
  const done = await readAll(x, (trx) => doneBy(trx, services.city, viewer.person, DONE_SHOWN));
  const todo = inbox.map((item) => ({
    ...item, stage: item.kind === 'compare' ? commandWords(services, 'paper.compare') : stageWords(services, item, item.state),
    due: item.dueAt === null ? null : formats.due(item.dueAt, calendar), about: aboutOf(item),
  }));
  const overview = may(viewer.actors, 'progress.read') ? await overviewOf(x, year) : await ownUnit(x, year);
  await x.pages.render(x, 'workbench', {
    nav: x.req.query.tab === 'done' ? 'done' : 'home', tab: x.req.query.tab === 'done' ? 'done' : 'todo', year, todo, longDay: formats.longDay(context.now),
    done: done.map((item) => ({ ...item, stage: stageWords(services, item, item.state), what: doneWords(services, item.command) })),
    overdue: todo.filter((item) => item.due?.kind === 'overdue').length, dueToday: todo.filter((item) => item.due?.kind === 'today').length,
    deadline: await deadlineOf(x, year), ...overview,
  });
};

const aboutOf = (item: InboxItem): string | null => {
  const name = item.subject?.name ?? item.subject?.signatory ?? item.subject?.text;
  return typeof name === 'string' ? name : null;
};

async function overviewOf(x: Exchange, year: number): Promise<object> {
  const { services } = x;
  return readAs(x, async (trx) => {
    const units = await filingUnits(trx, services.city, year);
    const cases = await yearProgress(trx, { city: services.city, year });
    return {
      figures: yearFigures(units.length, cases), matrix: { columns: matrixColumns, rows: progressMatrix(services, units, cases) },
      notYetFiled: notYetFiled(services, units, cases),
    };
  });
}

/** A unit's people see their own cases of the year. */
async function ownUnit(x: Exchange, year: number): Promise<object> {
  const { services } = x;
  const cases = await readAll(x, async (trx) => {
    const own = viewerOf(x).actors.map((actor) => actor.unit);
    return (await yearProgress(trx, { city: services.city, year })).filter((one) => own.includes(one.unit));
  });
  return { ownCases: cases.map((one) => ({ ...one, stageWords: stageWords(services, one, one.stage), workflowWords: services.workflowOf(one.workflow).words })) };
}

/** The filing deadline of the year, as the strip shows it: the day never moves, the last working day stands beside it. */
async function deadlineOf(x: Exchange, year: number): Promise<object> {
  const { services, context } = x;
  const packId = await readAs(x, async (trx) => (await trx('city').where({ city: services.city }).first('pack')).pack as string);
  const date = valueOf(services.packOf(packId).pack.deadlines.planFiling);
  const calendar = await services.calendarOf(services.city);
  const formats = new Formats(context.language, context.now);
  const { lastWorkday } = statutoryDeadline(calendar, year, date);
  const day = dayOfYear(year, date);
  return { day: formats.day(day), lastWorkday: formats.day(lastWorkday), due: formats.due(endOfLocal(day), calendar), at: endOfLocal(day) };
}
