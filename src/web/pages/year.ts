import { Conflict, Forbidden } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { openYear } from '../../engine/open-year.js';
import { filingUnits, programmeYears } from '../../reads/filing-units.js';
import { yearProgress } from '../../reads/year-progress.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';

const openers = ['office.clerk', 'admin'];

/** The year named in the address. @throws HttpRefusal 404 for what is none */
function yearIn(x: Exchange): number {
  const year = Number(x.req.params.year);
  if (!Number.isInteger(year) || year < 2000 || year > 2060) throw noSuchPage(String(x.req.params.year));
  return year;
}

/** 开立年度: the filing units of a year, whose programme is open and whose is not. */
export const yearPage: Handler = async (x) => {
  const { services, req } = x;
  const year = yearIn(x);
  const model = await readAs(x, async (trx) => {
    const units = await filingUnits(trx, services.city, year);
    const cases = await yearProgress(trx, { city: services.city, year, workflow: 'programme' });
    const opened = new Map(cases.map((one) => [one.unit, one]));
    return {
      years: (await programmeYears(trx, services.city)).map((one) => ({ year: one, current: one === year })),
      units: units.map((unit) => ({ ...unit, opened: opened.get(unit.id) ?? null })), waiting: units.filter((unit) => !opened.has(unit.id)).length,
    };
  });
  const count = (name: string): number | null => (/^\d{1,4}$/.test(String(req.query[name] ?? '')) ? Number(req.query[name]) : null);
  const opened = count('opened');
  await x.pages.render(x, 'year', { nav: 'year', year, ...model, done: opened === null ? null : { opened, already: count('already') ?? 0 } });
};

/** Opens a programme for every filing unit that has none yet. @throws Forbidden for other posts, Conflict for a year without a register */
export async function openedYear(x: Exchange): Promise<{ year: number; opened: number; already: number }> {
  const { services } = x;
  const year = yearIn(x);
  const actor = viewerOf(x).actors.find((one) => openers.includes(one.role));
  if (actor === undefined) throw new Forbidden('may-not-open', words('年度由领导小组办公室经办或管理员开立。', 'A year is opened by the office’s clerk or an administrator.'));
  // Pressed twice, the engine answers the second time as the first: what was open before is counted here.
  const already = await readAs(x, async (trx) => (await yearProgress(trx, { city: services.city, year, workflow: 'programme' })).length);
  const all = await openYear({ database: services.database, engine: services.engine }, actor, year);
  const opened = all.opened + all.already - already;
  if (opened + already === 0) throw new Conflict('no-units', words(`${year} 年度还没有填报单位名册，先登记名册再开立。`, `There is no register of filing units for ${year} yet; enter it first.`));
  return { year, opened, already };
}

export const yearOpened: Handler = async (x) => {
  const { year, opened, already } = await openedYear(x);
  x.res.redirect(303, `/year/${year}?year=${year}&opened=${opened}&already=${already}`);
};
