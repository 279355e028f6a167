import type { Language, Words } from '../domain/text.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { GraphState, Move } from './chart-graph.js';
import { distinct, eventWords, moveWords, whoOf } from './chart-names.js';
import { ofItsTerm, type Connections } from './connections.js';
import { withinWords } from './term-words.js';
import { widthOf, wrap } from './text-size.js';

export type Glyph = 'who' | 'term' | 'stay' | 'around';

/** One line of text on a card, placed within it; `y` is its baseline, `glyph` stands before it. */
export interface CardLine {
  readonly text: string;
  readonly role: 'title' | 'other' | 'plain' | 'faint';
  readonly glyph: Glyph | null;
  readonly x: number;
  readonly y: number;
}

/** A state ready to be placed: its size in units of the picture and what is written on it. */
export interface Card {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly CardLine[];
}

/** Of a stage's card; English takes more room. */
const WIDTH = { zh: 160, en: 176 } as const;
const INSET = 12;
/** Before the text of a line with a glyph. */
const INDENT = 14;
/** At the right of the title, for what a live picture says of the state. */
const BADGE = 44;
export const sizes = { title: 15, other: 11, plain: 12, faint: 11 } as const;
const leading = { title: 20, other: 15, plain: 17, faint: 15 } as const;

/** The card of a state in a language. What is not a stage is a small mark, with its name where it has one. */
export function cardOf(state: GraphState, { stays, around }: Connections, pack: PolicyPack, language: Language): Card {
  const { id, kind, words, meta } = state;
  if (kind === 'choice' || kind === 'history') return { id, width: 18, height: 18, lines: [] };
  const other: Language = language === 'zh' ? 'en' : 'zh';
  const inner = (stays.get(id) ?? []).filter((move) => !ofItsTerm(move, state));
  const from = around.get(id) ?? [];
  const [room, badge] = kind === 'stage' ? [WIDTH[language], BADGE] : [110, 0];
  const lines: Omit<CardLine, 'y'>[] = [];
  const write = (text: string | undefined, role: CardLine['role'], glyph: Glyph | null = null): void => {
    const most = room - 2 * INSET - (glyph === null ? 0 : INDENT) - (role === 'title' ? badge : 0);
    if (text !== undefined && text !== '') wrap(text, sizes[role], most).forEach((line, index) => lines.push({ text: line, role, glyph: index === 0 ? glyph : null, x: INSET + (glyph === null ? 0 : INDENT) }));
  };
  write(words?.[language], 'title');
  write(words?.[other], 'other');
  const who = distinct([...(meta.duties ?? []), ...(meta.powers ?? [])].map((rule) => whoOf(rule, pack)));
  who.forEach((one) => write(one[language], 'plain', 'who'));
  write(withinWords(state, pack)?.[language], 'plain', 'term');
  write(namesOf(inner, language), 'faint', 'stay');
  write(namesOf(from, language), 'faint', 'around');
  write(meta.clauses?.join(' '), 'faint');
  let y = 6;
  const placed = lines.map((line): CardLine => {
    y += leading[line.role];
    return { ...line, y: y - 4 };
  });
  return { id, width: Math.max(room, ...placed.map((line) => line.x + widthOf(line.text, sizes[line.role]) + INSET + (line.role === 'title' ? badge : 0))), height: y + 8, lines: placed };
}

const separators = { zh: '、', en: ', ' } as const;

/** The names of moves in one text, each once: one that stays by its event, one that leads somewhere with its condition. */
export function namesOf(moves: readonly Move[], language: Language): string {
  const names = moves.map((move): Words => (move.to === null ? (eventWords(move.event) ?? moveWords(move)) : moveWords(move)));
  return distinct(names).map((one) => one[language]).join(separators[language]);
}
