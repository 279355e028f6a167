import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Handlebars, { type HelperOptions } from 'handlebars';
import type { TFunction } from 'i18next';
import type { Language, Words } from '../domain/text.js';
import type { Formats } from './formats.js';
import { assetsFolder, templatesFolder } from './locations.js';

/** What every template finds at its root beside its model. */
export interface PageRoot {
  language: Language;
  t: TFunction;
  formats: Formats;
}

const icons = JSON.parse(readFileSync(join(assetsFolder, 'icons.json'), 'utf8')) as Record<string, string>;

/** An outline icon (Tabler Icons, MIT) as inline SVG; decoration only, the word stands beside it. */
function icon(name: string, options: HelperOptions): Handlebars.SafeString {
  const paths = icons[name];
  if (paths === undefined) throw new Error(`no icon ${name}`);
  const size = options.hash.c === undefined ? '' : ` ${Handlebars.escapeExpression(options.hash.c)}`;
  return new Handlebars.SafeString(`<svg class="ic${size}" aria-hidden="true" focusable="false" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`);
}

const rootOf = (options: HelperOptions): PageRoot => options.data.root as PageRoot;

const helpers: Record<string, Handlebars.HelperDelegate> = {
  icon,
  t: (key: string, options: HelperOptions) => rootOf(options).t(key, options.hash),
  w: (text: Words | string | undefined, options: HelperOptions) => (typeof text === 'object' ? text[rootOf(options).language] : (text ?? '')),
  dayOf: (at: Date | string, options: HelperOptions) => rootOf(options).formats.day(at),
  daysOf: (from: Date | string, to: Date | string, options: HelperOptions) => rootOf(options).formats.days(from, to),
  instantOf: (at: Date, options: HelperOptions) => rootOf(options).formats.instant(at),
  momentOf: (at: string, options: HelperOptions) => rootOf(options).formats.moment(at),
  timeOf: (at: Date, options: HelperOptions) => rootOf(options).formats.time(at),
  shortDay: (at: Date, options: HelperOptions) => rootOf(options).formats.shortDay(at),
  ordinalOf: (number: number, options: HelperOptions) => rootOf(options).formats.ordinal(number),
  monthOf: (number: number, options: HelperOptions) => rootOf(options).formats.month(number),
  sum: (a: number, b: number) => a + b,
  isNumber: (value: unknown) => typeof value === 'number',
  isoOf: (at: Date) => at.toISOString(),
  grouped: (value: number, options: HelperOptions) => rootOf(options).formats.number(value),
  peopleOf: (value: number, options: HelperOptions) => rootOf(options).formats.people(value),
  areaOf: (value: number, options: HelperOptions) => rootOf(options).formats.area(value),
  sizeOf: (value: number, options: HelperOptions) => rootOf(options).formats.size(value),
  retentionKey: (code: string) => `retention.${code}`,
  archivalKey: (status: string) => `archive.${status}`,
  shortTierKey: (tier: string) => `case.${tier}Short`,
  tierKey: (tier: string) => `case.${tier}`,
  channelKey: (channel: string) => `channel.${channel}`,
  paperStateKey: (status: string) => `paperState.${status}`,
  disposalKey: (disposal: string) => `files.${disposal}`,
  noticeKey: (template: string) => `notices.templates.${template}`,
  eq: (a: unknown, b: unknown) => a === b,
  gt: (a: number, b: number) => a > b,
  or: (...values: unknown[]) => values.slice(0, -1).find(Boolean),
  and: (...values: unknown[]) => values.slice(0, -1).every(Boolean),
  not: (value: unknown) => !value,
  fieldId: (path: string, { data }: HelperOptions) => `f-${data.scope ? `${data.scope}-` : ''}${path.replace(/[^\w-]/g, '-')}`,
  // Within it every field's id begins with the scope: two forms of a page may have fields of one name.
  scoped(this: unknown, scope: string, options: HelperOptions) {
    return options.fn(this, { data: Object.assign(Handlebars.createFrame(options.data), { scope }) });
  },
};

/** Every page of `templates/pages`, compiled once with its layouts and partials. */
export function loadTemplates(urlOf: (asset: string) => string): (page: string, model: object) => string {
  const handlebars = Handlebars.create();
  handlebars.registerHelper({ ...helpers, asset: (name: string) => urlOf(name) });
  const read = (folder: string, file: string): string => readFileSync(join(templatesFolder, folder, file), 'utf8');
  const names = (folder: string): string[] => readdirSync(join(templatesFolder, folder)).filter((file) => file.endsWith('.hbs'));
  for (const folder of ['layouts', 'partials']) {
    for (const file of names(folder)) handlebars.registerPartial(basename(file, '.hbs'), read(folder, file));
  }
  const pages = new Map(names('pages').map((file) => [basename(file, '.hbs'), handlebars.compile(read('pages', file), { preventIndent: true })]));
  return (page, model) => {
    const template = pages.get(page);
    if (template === undefined) throw new Error(`no page ${page}`);
    return template(model);
  };
}
