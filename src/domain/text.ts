/** The languages of the interface. Chinese leads; English stands beside it. */
export type Language = 'zh' | 'en';

/** One sentence or name in both languages. Document numbers, names of places and people are not translated. */
export type Words = { readonly zh: string; readonly en: string };

/** Both languages of one sentence. */
export function words(zh: string, en: string): Words {
  return { zh, en };
}

/** What a database's text and JSON can hold: without the zero character, halves of surrogate pairs made visible. Rare characters stay. */
export function storableText(text: string): string {
  return text.replace(/\u0000/g, '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** The sentence in one language. */
export function inLanguage(text: Words, language: Language): string {
  return text[language];
}

const fullWidth = /[\uFF01-\uFF5E]/g;

/**
 * Full-width letters, digits and signs as ASCII, the ideographic space as a space, the mathematical minus as a hyphen.
 * Input methods produce them without the writer noticing; everything typed is read through here before it is judged.
 */
export function halfWidth(text: string): string {
  return text
    .replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .replace(/\u2212/g, '-');
}
