import { words, type Words } from '../domain/text.js';
import { guardWords, listWords, roleWords } from '../../workflows/chart-words.js';
import { commandForms } from '../../workflows/forms/commands.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import { workflows } from '../../workflows/registry.js';
import type { DutyRule, Role } from '../../workflows/vocabulary.js';
import type { Move } from './chart-graph.js';

const results: Readonly<Record<string, Words>> = {
  'document.issued': words('文书出具', 'document issued'),
  'document.refused': words('文书没有出成', 'document refused'),
  'case.archived': words('归档包制成', 'archive package made'),
};

/** Whether a person sends it; everything else comes from the clock, from the worker, or happens by itself. */
export const byPerson = (event: string): boolean => Object.hasOwn(commandForms, event);

/** What an event is called; null for a step the chart takes by itself, which its condition names. */
export function eventWords(event: string): Words | null {
  if (byPerson(event)) return commandForms[event]!.words;
  if (event === '') return null;
  if (/^term\..*\.due$/.test(event)) return words('期限届满', 'term ended');
  if (/^term\..*\.remind$/.test(event)) return words('期限临近', 'term drawing near');
  if (event.startsWith('xstate.done.')) return words('全部办结', 'all done');
  const child = workflows.find(({ id }) => event === `${id}.ended`);
  return child === undefined ? (results[event] ?? words(event, event)) : words(`${child.words.zh}结束`, `${child.words.en} ended`);
}

/** What has to hold for a move; null where nothing has to, or where the guard has no words. */
export function conditionWords({ guard }: Move): Words | null {
  return guard === null ? null : (guardWords[guard.type] ?? words(guard.type, guard.type));
}

/** A move in one line: the event, and the condition where it is what tells several ways apart. */
export function moveWords(move: Move): Words {
  const event = eventWords(move.event);
  const condition = conditionWords(move);
  if (event === null) return condition ?? words('其余', 'otherwise');
  return condition === null || !move.oneOf ? event : words(`${event.zh}（${condition.zh}）`, `${event.en} (${condition.en})`);
}

const role = (name: string): Words => (Object.hasOwn(roleWords, name) ? roleWords[name as Role] : words(name, name));
const list = (name: string): Words => (Object.hasOwn(listWords, name) ? listWords[name]! : words(name, name));
const joined = (all: readonly Words[], zh: string, en: string): Words => words(all.map((one) => one.zh).join(zh), all.map((one) => one.en).join(en));

/** Who has a duty or a right, from its rule: a role, a chain of roles (办理链), or whoever a list of the case names. */
export function whoOf(rule: DutyRule, pack: PolicyPack): Words {
  if (rule.chain !== undefined) {
    const chain = joined((pack.chains.default.value[rule.chain] ?? []).map(role), ' → ', ' → ');
    return words(`办理链：${chain.zh}`, `chain: ${chain.en}`);
  }
  if (rule.carriedBy !== undefined) return list(rule.carriedBy);
  return rule.role !== undefined ? role(rule.role) : list(rule.each ?? '');
}

/** Each name once. */
export function distinct(all: readonly Words[]): Words[] {
  return [...new Map(all.map((one) => [one.zh, one])).values()];
}

export const listed = (all: readonly Words[]): Words => joined(distinct(all), '、', ', ');
