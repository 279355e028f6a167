/** What a paper is made of once its facts are worded. Each kind has one partial in `templates/documents/blocks/`. */

/** `h2` is 一、 in 黑体, `h3` （一） in 楷体; the title itself is the only h1. */
export interface Heading { block: 'heading'; tag: 'h2' | 'h3'; text: string; pageBefore: boolean }
/** `lead` is （一）… in the second-level face, `strong` an emphasised judgement. */
export interface Run { text: string; mark: 'lead' | 'strong' | null }
/** `flush`: without indent, as 主送机关 is set. */
export interface Paragraph { block: 'paragraph'; runs: Run[]; flush: boolean; right: boolean }
export interface Column { label: string; width: number; align: 'left' | 'center' | 'right' }
/** `span` columns and `rows` rows where it takes more than one. */
export interface Cell { text: string; span: number | null; rows: number | null; align: 'left' | 'center' | 'right'; header: boolean }
/** `compact` is set smaller; `keep` is not parted by a page's end. */
export interface Table { block: 'table'; caption: string; note: string | null; columns: Column[]; rows: { cells: Cell[] }[]; compact: boolean; keep: boolean }
/** A drawing of our own making (never of a user's), with its words for those who cannot see it, and figures beside it. */
export interface Figure { block: 'figure'; svg: string; alt: string; caption: string; beside: Table }
/** 附件 page head: label at the left, title centred on the third line. */
export interface Annex { block: 'annex'; label: string; title: string }
/** 附件说明. */
export interface Attachments { block: 'attachments'; items: { label: string; text: string }[] }
/** Pairs of name and value in a ruled form; a pair with `wide` takes the whole row; `height` in mm leaves room to write. */
export interface FormPair { label: string; value: string[]; wide: boolean; height: number | null }
export interface Form { block: 'form'; rows: { cells: { label: string; value: string[]; span: number; height: number | null }[] }[] }
export interface SignOff {
  block: 'signOff'; issuer: string[]; sealedBy: string | null; date: string; indent: number; seal: SealMark | null;
}
export interface SealMark { ring: string; caption: string }
export interface Note { block: 'note'; text: string }

/** Photographs, small, two beside each other. One without a picture (`data:` address) says in its caption why. */
export interface Photos { block: 'photos'; items: { picture: string | null; caption: string }[] }

export type Block = Heading | Paragraph | Table | Figure | Photos | Annex | Attachments | Form | SignOff | Note;

export function heading(level: 1 | 2, text: string): Heading {
  return { block: 'heading', tag: level === 1 ? 'h2' : 'h3', text, pageBefore: false };
}

export function paragraph(runs: string | Run[], options: { flush?: boolean; right?: boolean } = {}): Paragraph {
  return {
    block: 'paragraph', runs: typeof runs === 'string' ? [plain(runs)] : runs.filter((run) => run.text !== ''),
    flush: options.flush ?? false, right: options.right ?? false,
  };
}

export function plain(text: string): Run {
  return { text, mark: null };
}

export function lead(text: string): Run {
  return { text, mark: 'lead' };
}

export function strong(text: string): Run {
  return { text, mark: 'strong' };
}

interface TableOptions { note?: string | null; compact?: boolean }

/** A table of plain text, one string per cell; the first cell of a row is its head. */
export function tableWith(caption: string, columns: Column[], rows: string[][], options: TableOptions = {}): Table {
  return {
    block: 'table', caption, note: options.note ?? null, columns, compact: options.compact ?? false,
    keep: rows.length > 0 && rows.length <= 4,
    rows: rows.map((row) => ({
      cells: row.map((text, index) => ({ text, span: null, rows: null, align: columns[index]?.align ?? 'center', header: index === 0 })),
    })),
  };
}

/** The same with columns written as `label|width%|l, c or r`, for labels that are ours. */
export function table(caption: string, columns: string[], rows: string[][], options: TableOptions = {}): Table {
  return tableWith(caption, columns.map(parseColumn), rows, options);
}

function parseColumn(spec: string): Column {
  const [label, width, align] = spec.split('|');
  const words = { l: 'left', c: 'center', r: 'right' } as const;
  return { label: label ?? '', width: Number(width), align: words[(align ?? 'c') as 'l' | 'c' | 'r'] };
}

/** Puts pairs two to a row; wide ones alone. */
export function form(pairs: FormPair[]): Form {
  const rows: Form['rows'] = [];
  let waiting: FormPair | null = null;
  const whole = (pair: FormPair): Form['rows'][number] => ({ cells: [{ label: pair.label, value: pair.value, span: 3, height: pair.height }] });
  const half = (pair: FormPair) => ({ label: pair.label, value: pair.value, span: 1, height: pair.height });
  for (const pair of pairs) {
    if (pair.wide) {
      if (waiting) rows.push(whole(waiting));
      waiting = null;
      rows.push(whole(pair));
    } else if (waiting) {
      rows.push({ cells: [half(waiting), half(pair)] });
      waiting = null;
    } else waiting = pair;
  }
  if (waiting) rows.push(whole(waiting));
  return { block: 'form', rows };
}

export function pair(label: string, value: string | string[], options: { wide?: boolean; height?: number } = {}): FormPair {
  return { label, value: typeof value === 'string' ? [value] : value, wide: options.wide ?? false, height: options.height ?? null };
}

export function attachments(items: string[]): Attachments {
  return {
    block: 'attachments',
    items: items.map((text, index) => ({ label: `${index === 0 ? '附件：' : ''}${items.length === 1 ? '' : `${index + 1}.`}`, text })),
  };
}

/** Width in characters: CJK and full-width 1, Latin letters and digits a half. Good enough to place a block. */
export function widthInCharacters(text: string): number {
  let halves = 0;
  for (const character of text) halves += character.codePointAt(0)! < 0x2e80 ? 1 : 2;
  return halves / 2;
}

/** A small remark under a form. */
export function note(text: string): Note {
  return { block: 'note', text };
}
