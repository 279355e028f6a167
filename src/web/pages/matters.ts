import { z } from 'zod';
import { may } from '../../auth/permissions.js';
import { newId } from '../../clock.js';
import { Conflict, InvalidInput, Refused, type DomainError } from '../../domain/errors.js';
import { homeOf } from '../../engine/open-case.js';
import { readForm } from '../../../workflows/forms/command-form.js';
import { matterSchemas } from '../../../workflows/forms/matter-sections.js';
import { openingForms } from '../../../workflows/forms/opening-forms.js';
import { yearProgress } from '../../reads/year-progress.js';
import { stageWords } from '../case-view/stage-words.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { fittedFields } from '../form-schema.js';
import { fieldViews } from '../form-view.js';
import { nestedFields } from '../nested-fields.js';
import { programmeYear } from '../programme-year.js';
import { readAll } from '../reading.js';

const opening = openingForms.matter!;
/** A matter is named and written in one go; how it is decided is chosen when it is brought. */
const form = z.object({ ...opening.schema.shape, ...matterSchemas.matter.shape });

/** 呈批事项: the matters of one's own side in a year, and a form to bring up another. */
export const mattersPage: Handler = (x) => render(x, {}, null, 200);

async function render(x: Exchange, typed: Record<string, unknown>, error: DomainError | null, status: number): Promise<void> {
  const { services } = x;
  const year = programmeYear(x);
  const cases = await readAll(x, (trx) => yearProgress(trx, { city: services.city, year, workflow: 'matter' }));
  const defects = error instanceof InvalidInput ? error.defects : [];
  const key = (x.req.body as Record<string, string> | undefined)?._key ?? newId();
  await x.pages.render(x, 'matters', {
    nav: 'matters', year, matters: cases.reverse().map((one) => ({ ...one, stageWords: stageWords(services, one, one.stage) })),
    form: may(viewerOf(x).actors, 'case.open') ? { words: opening.words, hint: opening.hint, key, fields: fieldViews(form, typed, defects) } : null,
    refusal: error === null ? null : { sentence: error.sentence, conflict: false, defects },
  }, status);
}

/** Opens a matter of one's own unit or office. A double click opens one; what was typed survives every refusal. */
export const matterOpened: Handler = async (x) => {
  const { services, req, res } = x;
  const body = (req.body ?? {}) as Record<string, string>;
  const typed = fittedFields(form, nestedFields(body)) as Record<string, unknown>;
  const opener = viewerOf(x).actors.find((actor) => may([actor], 'case.open'))!;
  try {
    const { title } = readForm(opening.schema, typed);
    const { caseId } = await services.engine.open(opener, 'matter', { unit: homeOf(opener) ?? '', year: programmeYear(x), key: body._key || newId(), detail: { title } });
    const { title: _named, ...section } = typed;
    await services.database.asActor(opener, (trx) => services.content.save(trx, opener, caseId, 'matter', section, 0)).catch((error: unknown) => {
      // Pressed twice: what was written is there already.
      if (!(error instanceof Conflict)) throw error;
    });
    res.redirect(303, `/cases/${caseId}?done=matter`);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Conflict || error instanceof Refused)) throw error;
    await render(x, typed, error, error instanceof Conflict ? 409 : 422);
  }
};
