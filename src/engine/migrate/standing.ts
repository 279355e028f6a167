import { commandForms } from '../../../workflows/forms/commands.js';
import { roleWords } from '../../../workflows/chart-words.js';
import { stageIn, termIn, keyIn, type VersionMove } from '../../../workflows/patterns/version-move.js';
import type { AddedSigner, BaseContext, Role } from '../../../workflows/vocabulary.js';
import { words, type Words } from '../../domain/text.js';
import type { Step } from '../case-step.js';
import type { OpenTask } from '../case-writes.js';
import { mainStage } from '../compose-write.js';
import type { TermRow } from '../terms.js';
import { grantedIn } from './granted.js';

/** One thing a case has, in words; two versions have the same thing when its `id` is the same in the words of the later one. */
export interface Held {
  id: string;
  words: Words;
}

/** A task with who owes it. */
export interface HeldTask extends Held {
  stage: string;
  owner: { side: 'unit' | 'city'; role: string; org: string; post: string | null; person: string | null };
  commands: string[];
  dueAt: string | null;
}

/** A term with what it has used; ended ones are left out. */
export interface HeldTerm extends Held {
  status: TermRow['status'];
  startedAt: string;
  used: number;
  budget: number | null;
  dueAt: string | null;
}

/** All that must not be lost when a case is led to another version. */
export interface Standing {
  version: number;
  /** The stage the case is known by. */
  main: Words;
  stages: Held[];
  tasks: HeldTask[];
  terms: HeldTerm[];
  approvals: Held[];
  rights: Held[];
}

/** The names a case's things have in the later version: they are in it already, or a move gives them. */
export interface Names {
  stage(stage: string): string;
  term(term: string): string;
  key(key: string): string;
}

export const ownNames: Names = { stage: (s) => s, term: (t) => t, key: (k) => k };
export const namesIn = (move: VersionMove): Names => ({ stage: (s) => stageIn(move, s), term: (t) => termIn(move, t), key: (k) => keyIn(move, k) });

const roleOf = (role: string): Words => roleWords[role as Role] ?? words(role, role);
const commandOf = (command: string): Words => commandForms[command]?.words ?? words(command, command);

/** What a case has, as it stands. `can` says whether a right may be used at this moment. */
export function standingOf(version: number, step: Step, rows: { tasks: readonly (OpenTask & { dueAt?: string | null })[]; terms: readonly TermRow[] }, names: Names, can: (command: string) => boolean): Standing {
  const stageWords = (stage: string): Words => step.stages.find((one) => one.stage === stage)?.words ?? words(stage, stage);
  const termWords = (term: string): Words => step.stages.find((one) => one.term === term)?.words ?? words(term, term);
  const dueOf = (task: OpenTask): string | null => rows.terms.find((t) => t.term === task.termKey)?.dueAt ?? step.context.dates[task.termKey ?? ''] ?? null;
  return {
    version,
    main: stageWords(mainStage(step.stages)),
    stages: step.stages.map(({ stage, words: said }) => ({ id: names.stage(stage), words: said })),
    tasks: rows.tasks.map((task) => {
      const [stage, role] = [stageWords(task.state), roleOf(task.role)];
      return {
        id: names.key(task.key), words: words(`${stage.zh}：${role.zh}`, `${stage.en}: ${role.en}`), stage: task.state,
        owner: { side: task.side, role: task.role, org: task.org, post: task.post, person: task.person }, commands: task.commands, dueAt: dueOf(task),
      };
    }),
    terms: rows.terms.filter((row) => row.status !== 'cancelled').map((row) => ({
      id: names.term(row.term), words: termWords(row.term), status: row.status, startedAt: row.startedAt, used: row.usedWorkdays, budget: row.budgetWorkdays, dueAt: row.dueAt,
    })),
    approvals: grantedIn(step.context),
    rights: [...powersHeld(step, names, can), ...movesHeld(step.context, names), ...carriersHeld(step, names)],
  };
}

/** Rights without a task, each command of each post; whether one that asks for nothing may be used now is part of the right. */
function powersHeld(step: Step, names: Names, can: (command: string) => boolean): Held[] {
  return step.powers.flatMap((power) => power.commands.map((command) => {
    const [role, said] = [roleOf(power.role), commandOf(command)];
    const usable = Object.keys(commandForms[command]?.schema.shape ?? {}).length > 0 || can(command);
    return {
      id: ['right', power.stage && names.stage(power.stage), power.side, power.role, power.org, power.post ?? '', command, usable].join(' '),
      words: words(`${role.zh}可${said.zh}${usable ? '' : '（现在条件不满足）'}`, `${role.en} may: ${said.en}${usable ? '' : ' (not at this moment)'}`),
    };
  }));
}

/** What the moves of an office have left with a case: holds, signers who have not answered, a jump proposed, supplementary reviews owed. */
function movesHeld(context: BaseContext, names: Names): Held[] {
  const unanswered = (one: AddedSigner): boolean => one.answer === 'pending' || one.answer === 'waiting';
  return [
    ...context.holding.map((one) => ({ id: `hold ${one.key} ${one.post} ${one.since}`, words: words(`${one.name}挂起：${one.reason}`, `On hold by ${one.name}: ${one.reason}`) })),
    ...context.signers.filter(unanswered).map((one) => ({ id: `signer ${one.key} ${names.stage(one.stage)} ${one.duty} ${one.mode} ${one.post}`, words: words(`加签${one.name}`, `Asked to sign: ${one.name}`) })),
    ...(context.jump ? [{ id: `jump ${names.stage(context.jump.target)} ${context.jump.by}`, words: words(`${context.jump.name}提议跳转`, `A jump proposed by ${context.jump.name}`) }] : []),
    ...context.skipped.filter((one) => one.open).map((one) => ({ id: `skipped ${one.key} ${names.stage(one.stage)} ${one.org} ${one.role}`, words: words(`${roleOf(one.role).zh}待补审`, `${roleOf(one.role).en} still reviews`) })),
    ...(context.goesBack ? [{ id: `back ${names.stage(context.goesBack.at)} ${names.stage(context.goesBack.to)}`, words: words('改后直接返回退件人', 'Goes straight back to who returned it') }] : []),
  ];
}

/** Who carries a duty instead of the chart's post: claimed, transferred, asked for an opinion. */
function carriersHeld(step: Step, names: Names): Held[] {
  return Object.entries(step.state.carriers).flatMap(([key, { post, person, delegate }]) => [
    ...(person ? [{ id: `claim ${names.key(key)} ${person.id}`, words: words(`${person.name}已认领`, `Claimed by ${person.name}`) }] : []),
    ...(post ? [{ id: `transfer ${names.key(key)} ${post.post}`, words: words(`已转办${post.name}`, `Transferred to ${post.name}`) }] : []),
    ...(delegate ? [{ id: `opinion ${names.key(key)} ${delegate.post} ${delegate.opinion}`, words: words(`已委派${delegate.name}提意见`, `An opinion asked of ${delegate.name}`) }] : []),
  ]);
}
