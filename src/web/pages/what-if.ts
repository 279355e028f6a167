import { InvalidInput, Refused, type DomainError } from '../../domain/errors.js';
import { addDays, daysBetween, isDay, type Day } from '../../domain/local-day.js';
import { words, type Words } from '../../domain/text.js';
import { postWordsOf, verdictOf } from '../../simulation/tables.js';
import type { Band } from '../../simulation/outlook.js';
import type { WhatIf } from '../../simulation/what-if.js';
import { currentVersion, workflows } from '../../../workflows/registry.js';
import { packIds } from '../../../workflows/policies/pack-registry.js';
import type { Exchange, Handler } from '../context.js';

/** What the form carries, as typed. */
interface Typed {
  year: string;
  seeds: string;
  seed: string;
  inspectors: string;
  deadline: string;
  who: string;
  from: string;
  to: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** 推演: the form, with what nobody has changed yet. */
export const whatIfPage: Handler = async (x) => {
  const { plain } = x.services.whatIf;
  await render(x, { year: String(plain.year), seeds: '5', seed: String(plain.seed), inspectors: String(plain.inspectors), deadline: `${plain.year}-${plain.deadline}`, who: '', from: '', to: '' }, null, null);
};

/** The year is run and its answer shown below the form that asked for it. */
export const whatIfAsked: Handler = async (x) => {
  const body = (x.req.body ?? {}) as Record<string, unknown>;
  const typed = Object.fromEntries(['year', 'seeds', 'seed', 'inspectors', 'deadline', 'who', 'from', 'to'].map((name) => [name, textOf(body[name])])) as unknown as Typed;
  try {
    await render(x, typed, await x.services.whatIf.ask(questionOf(x, typed), leaves(x)), null);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Refused)) throw error;
    await render(x, typed, null, error, 422);
  }
};

/** The same question and answer for programs. */
export const apiWhatIf: Handler = async (x) => void x.res.json(await x.services.whatIf.ask(x.req.body ?? {}, leaves(x)));

function leaves(x: Exchange): () => boolean {
  let left = false;
  x.res.on('close', () => { left = !x.res.writableFinished; });
  return () => left;
}

/** Left out is what nobody changed: the question then says what was asked. */
function questionOf({ services }: Exchange, { year, seeds, seed, inspectors, deadline, who, from, to }: Typed): Record<string, unknown> {
  const { plain } = services.whatIf;
  const whole = (text: string): number => (/^\d+$/.test(text) ? Number(text) : NaN);
  const last = isDay(deadline) ? deadline.slice(5) : deadline;
  return {
    year: whole(year), seeds: whole(seeds), seed: whole(seed),
    ...(whole(inspectors) === plain.inspectors ? {} : { inspectors: whole(inspectors) }),
    ...(last === plain.deadline || last === '' ? {} : { deadline: last }),
    ...(who === '' ? {} : { leave: [{ who, from, to }] }),
  };
}

async function render(x: Exchange, typed: Typed, answer: WhatIf | null, error: DomainError | null, status = 200): Promise<void> {
  const { whatIf } = x.services;
  const names = whatIf.names();
  await x.pages.render(x, 'what-if', {
    nav: 'whatIf', typed, limits: whatIf.limits, sample: whatIf.scenario, assumed: whatIf.assumed, seedChoices: [1, 5, 10, whatIf.limits.seeds].map((count) => ({ count, selected: String(count) === typed.seeds })),
    people: names.map(({ key, name }) => ({ key, name, selected: key === typed.who })),
    refusal: error === null ? null : { sentence: error.sentence, defects: (error instanceof InvalidInput ? error.defects : []).map((one) => ({ ...one, field: fieldOf(one.field) })) },
    answer: answer === null ? null : shown(x, answer),
  }, status);
}

/** Where a defect of the question stands on the form. */
const fieldOf = (field: string): string => (field.startsWith('leave') ? 'who' : field);

function shown(x: Exchange, { year, outlook, question, provisional }: WhatIf) {
  const many = outlook.seeds > 1;
  const scale = daysScale([...outlook.units.flatMap(({ filed, closed }) => [...filed, ...closed])]);
  return {
    question, provisional, many, seeds: outlook.seeds, seed: year.seed, lateUnits: outlook.lateUnits, late: outlook.lateUnits[1],
    bottleneck: outlook.bottleneck === null ? null : postWordsOf(outlook.bottleneck),
    units: outlook.units.map((unit, index) => {
      const first = year.units[index]!;
      return { ...unit, ...first, latePercent: Math.round(unit.late * 100), verdict: verdictOf(first), isLate: first.timeliness === 'late' || first.timeliness === null, spans: many ? spansOf(scale, unit) : null };
    }),
    posts: outlook.posts.map((post) => {
      const own = year.posts.find(({ role }) => role === post.role);
      const fullest = own?.weeks[0] ?? null;
      const worst = own?.worst ?? null;
      return {
        ...post, words: postWordsOf(post.role), sharePercent: Math.round(post.share * 100), fullest: fullest === null ? null : { ...fullest, percent: Math.round(fullest.full * 100) },
        worst: worst === null ? null : year.units.find(({ unit }) => unit === worst)!.name,
      };
    }),
    months: many ? scale.months : [], terms: Object.entries(outlook.terms).map(([term, count]) => ({ words: termWords(x, term), count })).sort((a, b) => b.count - a.count),
  };
}

/** What a term is called: the last stage a date bounds, else the stage the term belongs to. */
function termWords({ services }: Exchange, term: string): Words {
  const [pack] = packIds();
  for (const { id } of workflows) {
    const stages = services.stagesOf(id, currentVersion(id), pack!);
    const stage = stages.filter((one) => one.dueBy === term).at(-1) ?? stages.find((one) => one.term === term);
    if (stage) {
      const { words: workflow } = services.workflowOf(id);
      return words(`${workflow.zh}·${stage.words.zh}`, `${workflow.en}: ${stage.words.en}`);
    }
  }
  return words(term, term);
}

interface Scale {
  at(day: Day): number;
  months: { x: number; month: number }[];
}

const WIDTH = 300;

/** Days along a line as long as the picture is wide, with a mark at the first of every month. */
function daysScale(days: readonly (Day | null)[]): Scale {
  const known = days.filter((day): day is Day => day !== null).sort();
  const from = `${(known[0] ?? '2026-09-01').slice(0, 7)}-01`;
  const length = Math.max(1, daysBetween(from, known.at(-1) ?? from) + 1);
  const at = (day: Day): number => Math.round((daysBetween(from, day) / length) * WIDTH * 10) / 10;
  const months: Scale['months'] = [];
  for (let day = from; day <= addDays(from, length); day = firstOfNext(day)) months.push({ x: at(day), month: Number(day.slice(5, 7)) });
  return { at, months };
}

const firstOfNext = (day: Day): Day => `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;

/** From the tenth to the ninetieth of a hundred years, with the fiftieth as a dot. What never came about has no end on the line. */
function spansOf(scale: Scale, { filed, inspected, reportIssued, closed }: { filed: Band<Day>; inspected: Band<Day>; reportIssued: Band<Day>; closed: Band<Day> }) {
  return [['filed', filed], ['inspected', inspected], ['report', reportIssued], ['closed', closed]].flatMap(([name, band], row) => {
    const [early, usual, late] = band as Band<Day>;
    if (early === null) return [];
    const [x1, x2] = [scale.at(early), late === null ? WIDTH : scale.at(late)];
    return [{ name, y: 5 + row * 7, x1, x2, dot: usual === null ? null : scale.at(usual) }];
  });
}
