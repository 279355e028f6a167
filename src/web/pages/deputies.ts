import { InvalidInput, type DomainError } from '../../domain/errors.js';
import { localDay } from '../../domain/local-day.js';
import { words } from '../../domain/text.js';
import { absenceForm, deputyForm } from '../../../workflows/forms/staff-forms.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { fieldViews } from '../form-view.js';

/** AB角: who stands in for whom, and who is away without a deputy. */
export const deputiesPage: Handler = (x) => render(x, null, 200);

async function render(x: Exchange, error: DomainError | null, status: number, of: 'deputy' | 'absence' = 'deputy'): Promise<void> {
  const { person } = viewerOf(x);
  const view = await x.services.upkeep.deputies(viewerOf(x).actors);
  const body = (x.req.body ?? {}) as Record<string, string>;
  const today = localDay(x.context.now);
  const defects = error instanceof InvalidInput ? error.defects : [];
  const values = (form: 'deputy' | 'absence'): Record<string, unknown> => (error !== null && of === form ? body : { from: today, to: today });
  // One's own posts come first; who arranges others' chooses among them too.
  const holdings = [...view.holdings].sort((a, b) => Number(b.person === person) - Number(a.person === person));
  await x.pages.render(x, 'deputies', {
    nav: 'deputies', ...view, person, done: typeof x.req.query.done === 'string' && ['named', 'ended', 'away'].includes(x.req.query.done) ? `deputies.done.${x.req.query.done}` : null,
    list: view.list.map((one) => ({ ...one, words: words(`${one.orgName} ${one.postName}`, one.postNameEn) })),
    uncovered: view.away.filter(({ posts }) => posts.length > 0).map((one) => ({ ...one, what: words(one.posts.map(({ zh }) => zh).join('、'), one.posts.map(({ en }) => en).join('; ')) })),
    mayName: holdings.length > 0,
    fields: fieldViews(deputyForm, values('deputy'), of === 'deputy' ? defects : [], { rows: {}, options: {
      holding: holdings.map((one) => ({ value: one.holding, words: words(`${one.orgName} ${one.postName}（${one.personName}）`, `${one.postNameEn} (${one.personName})`) })),
      deputy: view.candidates.filter((one) => one.person !== person || holdings.some((held) => held.person !== person)).map((one) => ({ value: one.person, words: words(`${one.name} · ${one.posts.zh}`, `${one.name} · ${one.posts.en}`) })),
    } }),
    absenceFields: fieldViews(absenceForm, values('absence'), of === 'absence' ? defects : []),
    refusal: error === null ? null : { sentence: error.sentence, defects: defects.map((one) => ({ ...one, field: of === 'absence' ? `away-${one.field}` : one.field })) },
  }, status);
}

const answering = (done: string, of: 'deputy' | 'absence', act: (x: Exchange, body: Record<string, unknown>) => Promise<unknown>): Handler => async (x) => {
  try {
    await act(x, (x.req.body ?? {}) as Record<string, unknown>);
    x.res.redirect(303, `/deputies?done=${done}`);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    await render(x, error, 422, of);
  }
};

const name = (x: Exchange, body: Record<string, unknown>) => x.services.upkeep.nameDeputy(viewerOf(x).actors, body);
const end = (x: Exchange, body: Record<string, unknown>) => x.services.upkeep.endDeputy(viewerOf(x).actors, String(x.req.params.id), body);
const away = (x: Exchange, body: Record<string, unknown>) => x.services.upkeep.recordAbsence(viewerOf(x).actors, body);

export const [deputyNamed, deputyEnded, absenceRecorded] = [answering('named', 'deputy', name), answering('ended', 'deputy', end), answering('away', 'absence', away)];

const bodyOf = (x: Exchange): Record<string, unknown> => (x.req.body ?? {}) as Record<string, unknown>;

export const apiDeputies: Handler = async (x) => {
  const { list, holdings, away: absences } = await x.services.upkeep.deputies(viewerOf(x).actors);
  x.res.json({ deputyships: list, holdings, absences });
};
export const apiNameDeputy: Handler = async (x) => void x.res.status(201).json(await name(x, bodyOf(x)));
export const apiEndDeputy: Handler = async (x) => {
  await end(x, bodyOf(x));
  x.res.json({ id: String(x.req.params.id), ended: true });
};
export const apiRecordAbsence: Handler = async (x) => void x.res.status(201).json(await away(x, bodyOf(x)));
