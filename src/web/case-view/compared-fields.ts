import type { Language, Words } from '../../domain/text.js';
import type { PaperAct } from '../../reads/paper-acts.js';
import type { CommandForm } from '../../../workflows/forms/command-form.js';
import { paperForm } from '../../../workflows/forms/paper-form.js';
import { fieldViews, type FieldView, type FormSources } from '../form-view.js';

/** One thing to compare with the paper: what was registered, in words. */
export interface ComparedField {
  /** Name of the field: of the sheet itself, or `fields.…` of the command. */
  field: string;
  label: string;
  value: string;
}

/** Everything a registration says, the sheet first. Lists are told entry by entry, choices by their words; files stand beside it. */
export function comparedFields(act: PaperAct, form: CommandForm | undefined, sources: FormSources, language: Language): ComparedField[] {
  const { signatoryName, signatoryPost, kind, wording, paperDate, keptAt } = act;
  const sheet = fieldViews(paperForm, { signatoryName, signatoryPost, kind, wording, paperDate, keptAt }, [], sources);
  const command = form === undefined ? [] : fieldViews(form.schema, act.fields, [], sources, 'fields.');
  return [...sheet, ...command].flatMap((view) => told(view, language, ''));
}

const said = (words: Words | string, language: Language): string => (typeof words === 'string' ? words : words[language]);

function told(view: FieldView, language: Language, before: string): ComparedField[] {
  const label = [before, said(view.label, language)].filter(Boolean).join(' ');
  if (view.control === 'file') return [];
  if (view.rows.length > 0) {
    const numbered = view.rows.length > 1 && view.control === 'rows';
    return view.rows.flatMap((row, index) => row.fields.flatMap((field) => told(field, language, numbered ? `${label} ${index + 1}` : view.control === 'record' ? label : before)));
  }
  const chosen = view.options.filter((option) => option.selected).map((option) => said(option.words, language));
  const value = chosen.length > 0 ? chosen.join('、') : view.control === 'checkbox' ? (view.checked ? '✓' : '') : view.value;
  return value === '' ? [] : [{ field: view.name, label, value }];
}
