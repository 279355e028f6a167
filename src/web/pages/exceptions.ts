import { localDay } from '../../domain/local-day.js';
import { words, type Words } from '../../domain/text.js';
import type { ExceptionLine } from '../../reads/exception-line.js';
import { exceptionsOf } from '../../reads/exception-list.js';
import { filingUnits, type FilingUnit } from '../../reads/filing-units.js';
import { lateDates } from '../../reads/late-dates.js';
import { exceptionKind, exceptionKinds } from '../../../workflows/exception-kinds.js';
import { doneWords } from '../case-view/stage-words.js';
import type { Exchange, Handler } from '../context.js';
import { csv } from '../csv.js';
import { disposition } from '../disposition.js';
import { programmeYear } from '../programme-year.js';
import { readAs } from '../reading.js';

/** What is asked for: kind and unit, and days 'YYYY-MM-DD' both included; empty where everything is. */
interface Asked { year: number; kind: string; unit: string; from: string; to: string }

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const dayOf = (value: unknown): string => (/^\d{4}-\d{2}-\d{2}$/.test(textOf(value)) ? textOf(value) : '');

function askedOf(x: Exchange): Asked {
  const { query } = x.req;
  return { year: programmeYear(x), kind: textOf(query.kind), unit: textOf(query.unit), from: dayOf(query.from), to: dayOf(query.to) };
}

function fits({ kind, unit, at }: ExceptionLine, asked: Omit<Asked, 'year'>): boolean {
  const day = localDay(at);
  return (asked.kind === '' || kind === asked.kind) && (asked.unit === '' || unit === asked.unit) && (asked.from === '' || day >= asked.from) && (asked.to === '' || day <= asked.to);
}

/** Each kind by name, with how many lines of it there are, in the order of the catalogue; kinds it no longer knows stand last. */
function kindsIn(lines: readonly ExceptionLine[], asked: Asked) {
  const names = [...new Set([...Object.keys(exceptionKinds), ...lines.map((line) => line.kind)])];
  return names.map((kind) => ({ kind, words: exceptionKind(kind).words, count: lines.filter((line) => fits(line, { ...asked, kind })).length, current: kind === asked.kind })).filter(({ count, current }) => count > 0 || current);
}

/** What a line says: as it was recorded, else what was done or which term ran out, else what its kind means. */
function saidOf(x: Exchange, { kind, words: recorded, act }: ExceptionLine): Words {
  if (recorded !== '') return words(recorded, recorded);
  if (act === null) return exceptionKind(kind).meaning;
  const term = /^term\.(.+)\.due$/.exec(act.command)?.[1];
  if (term === undefined) return doneWords(x.services, act.command);
  const stage = x.services.stagesOf(act.workflow, act.chartVersion, act.pack).find((one) => one.term === term)?.words ?? words(term, term);
  return words(`“${stage.zh}”到期没有办结`, `“${stage.en}” was not done when its term ended`);
}

async function read(x: Exchange, year: number): Promise<{ all: ExceptionLine[]; units: FilingUnit[] }> {
  const { city } = x.services;
  return readAs(x, async (trx) => ({ all: await exceptionsOf(trx, city, year), units: await filingUnits(trx, city, year) }));
}

/** 例外清单: whatever was late, changed, skipped, extended, refused or decided on paper in a year, from the records and never by hand. */
export const exceptionsPage: Handler = async (x) => {
  const asked = askedOf(x);
  const { all, units } = await read(x, asked.year);
  const rows = all.filter((line) => fits(line, asked)).map((line, index) => ({ ...line, index: index + 1, kindWords: exceptionKind(line.kind).words, said: saidOf(x, line), who: line.people.join('、') }));
  const { kind, ...others } = asked;
  const narrowed = Object.entries(others).filter(([, value]) => value !== '').map(([name, value]): [string, string] => [name, String(value)]);
  await x.pages.render(x, 'exceptions', {
    nav: 'exceptions', ...asked, rows, total: all.length, filtered: narrowed.length > 1 || kind !== '', ofAllKinds: all.filter((line) => fits(line, { ...asked, kind: '' })).length,
    kinds: kindsIn(all, asked), narrowed: new URLSearchParams(narrowed).toString(), units: units.map((one) => ({ ...one, selected: one.id === asked.unit })),
    printed: [
      ...(kind === '' ? [] : [exceptionKind(kind).words[x.context.language]]), ...units.filter((one) => one.id === asked.unit).map((one) => one.name),
      ...(asked.from === '' && asked.to === '' ? [] : [`${asked.from}—${asked.to}`]),
    ].join(' · '),
  });
};

const title = words('例外清单', 'Exceptions');
const columns = [
  words('序号', 'No.'), words('日期', 'Date'), words('类别', 'Kind'), words('填报单位', 'Unit'), words('事项', 'Matter'), words('案卷编号', 'Case'), words('依据或原因', 'Basis or reason'), words('纸质签批人', 'Signed on paper by'),
  words('经办人', 'Done by'), words('代行', 'For'),
];

/** The same lines for a spreadsheet. */
export const exceptionsCsv: Handler = async (x) => {
  const asked = askedOf(x);
  const { all } = await read(x, asked.year);
  const say = (one: Words): string => one[x.context.language];
  const rows = all.filter((line) => fits(line, asked)).map((line, index) => [
    String(index + 1), localDay(line.at), say(exceptionKind(line.kind).words), line.unitName ?? '', line.title, line.caseNumber ?? '', say(saidOf(x, line)), line.signatory ?? '', line.people.join('、'), line.actingFor ?? '',
  ]);
  x.res.set({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': disposition(true, `${say(title)} ${asked.year}.csv`), 'cache-control': 'no-store' }).send(csv([columns.map(say), ...rows]));
};

/** Dates that are later than the step they should precede. */
export const lateDatesPage: Handler = async (x) => {
  const year = programmeYear(x);
  const rows = await readAs(x, (trx) => lateDates(trx, x.services.city, year));
  await x.pages.render(x, 'late-dates', { nav: 'exceptions', year, rows: rows.map((row, index) => ({ ...row, index: index + 1 })) });
};

export const apiExceptions: Handler = async (x) => {
  const asked = askedOf(x);
  const { all } = await read(x, asked.year);
  const exceptions = all.filter((line) => fits(line, asked)).map((line) => {
    const { words: _recorded, act: _act, ...known } = line;
    return { ...known, kindWords: exceptionKind(line.kind).words, said: saidOf(x, line) };
  });
  x.res.json({ ...asked, exceptions });
};

export const apiLateDates: Handler = async (x) => {
  const year = programmeYear(x);
  x.res.json({ year, dates: await readAs(x, (trx) => lateDates(trx, x.services.city, year)) });
};
