import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type TFunction } from 'i18next';
import type { Language } from '../domain/text.js';
import { templatesFolder } from './locations.js';

const files: Record<Language, string> = { zh: 'zh-CN.json', en: 'en.json' };

/** The texts of pages. A key that is missing is an error at once, not an empty space on a page; escaping is the template's matter. */
export function loadMessages(): (language: Language) => TFunction {
  const texts = i18next.createInstance();
  const resources = Object.fromEntries(Object.entries(files).map(([language, file]) =>
    [language, { translation: JSON.parse(readFileSync(join(templatesFolder, 'messages', file), 'utf8')) as object }]));
  void texts.init({ lng: 'zh', fallbackLng: false, resources, interpolation: { escapeValue: false }, initAsync: false, returnEmptyString: true });
  return (language) => {
    const translate = texts.getFixedT(language);
    return ((key: string, values?: object) => {
      // Asked with its values: a text with a plural exists only together with a count.
      if (!texts.exists(key, { ...values, lng: language })) throw new Error(`no text ${key} in ${files[language]}`);
      return translate(key, values as never);
    }) as TFunction;
  };
}
