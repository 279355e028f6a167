import { words, type Words } from '../../domain/text.js';

/** Everything the check can find, each with its sentence. `place` is a stage, `what` a command, term, clause or kind of paper. */
const sentences = {
  'unreachable-stage': (place: string) => words(`环节 ${place} 永远到不了`, `stage ${place} is never reached`),
  'no-end': (place: string) => words(`到了 ${place} 就再也办不结`, `from ${place} no end can be reached`),
  'nobody-acts': (place: string) => words(`在 ${place} 既无待办又无期限，案卷会被遗忘`, `in ${place} nobody has a task and no term runs: the case would be forgotten`),
  'no-owner': (place: string, what: string) => words(`环节 ${place} 的待办（${what}）没有岗位或单位承担`, `a duty of ${place} (${what}) has no role or no organisation`),
  'no-term': (place: string) => words(`环节 ${place} 没有期限，也没写明为何没有`, `stage ${place} has no term and does not say why`),
  'unknown-term': (place: string, what: string) => words(`环节 ${place} 的期限 ${what} 不在规则包`, `the term ${what} of ${place} is not in the pack`),
  'no-words': (place: string) => words(`环节 ${place} 缺中文或英文名称`, `stage ${place} lacks its Chinese or English name`),
  'no-clause': (place: string) => words(`环节 ${place} 没有写依据条款`, `stage ${place} names no clause`),
  'unknown-clause': (place: string, what: string) => words(`环节 ${place} 的条款 ${what} 不在规则包`, `clause ${what} of ${place} is not in the pack`),
  'unknown-chain': (place: string, what: string) => words(`环节 ${place} 的办理链 ${what} 不在规则包`, `chain ${what} of ${place} is not in the pack`),
  'no-form': (place: string, what: string) => words(`环节 ${place} 的操作 ${what} 没有表单`, `command ${what} of ${place} has no form`),
  'dead-command': (place: string, what: string) => words(`环节 ${place} 提供的操作 ${what} 在任何情形下都办不了`, `command ${what}, offered in ${place}, is never taken`),
  'unknown-document': (place: string, what: string) => words(`${place} 制发的文种 ${what} 不在规则包或文种目录`, `the paper ${what}, issued in ${place}, is no kind of the pack and of the documents`),
  'unknown-action': (place: string, what: string) => words(`${place} 的动作 ${what} 不存在`, `the action ${what} of ${place} does not exist`),
  'unknown-guard': (place: string, what: string) => words(`${place} 的条件 ${what} 不存在`, `the guard ${what} of ${place} does not exist`),
  'not-entered': (place: string) => words(`进入环节 ${place} 时没有登记，期限和待办不会重新开始`, `entering ${place} leaves no mark: its term and tasks would not start anew`),
  'not-left': (place: string) => words(`离开环节 ${place} 时没有登记，经办时长无从查考`, `leaving ${place} leaves no mark: who had the case how long is lost`),
  'not-on-trail': (place: string) => words(`进入环节 ${place} 没有记入经过，退回、跳转会走错`, `entering ${place} is not on the case's trail: returns and jumps would lead astray`),
  'term-twice': (place: string, what: string) => words(`期限 ${what} 同时属于 ${place}`, `the term ${what} belongs to ${place} at the same time`),
  'eventless-loop': (place: string) => words(`从 ${place} 起自动流转停不下来`, `from ${place} on, eventless transitions never come to rest`),
  'step-fails': (place: string, what: string) => words(`在 ${place} 这一步出错：${what}`, `in ${place} a step fails: ${what}`),
  'one-person': (place: string, what: string) => words(`环节 ${place} 的 ${what} 可由提出人自己核对，应由另一人办理`, `${what} of ${place} is taken from the very person who proposed it`),
  'unseen-fact': (place: string, what: string) => words(`流程 ${place} 的条件读取 ${what}，而模型没有区分它，核查不可信`, `a guard of ${place} reads ${what}, which the model does not tell apart: the check would prove nothing`),
  'no-charter': (place: string) => words(`流程 ${place} 没有约定书（npm run charter:workflows），没有人说过它该怎样`, `${place} has no charter (npm run charter:workflows): nobody has said what it ought to do`),
  'promise-broken': (place: string, what: string) => words(`${place} 不再如约定：${what}`, `${place} no longer does what the charter says: ${what}`),
  'not-promised': (place: string, what: string) => words(`${place} 有约定之外的行为：${what}`, `${place} does what the charter does not say: ${what}`),
  'too-large': (place: string, what: string) => words(`流程 ${place} 的情形超过 ${what} 种，没有查完`, `${place} has more than ${what} configurations; the check was not finished`),
  'no-landing': (place: string, what: string) => words(`环节 ${place} 在 ${what} 没有去处，也没写明为何不迁`, `stage ${place} has no landing in ${what} and is not refused`),
  'unknown-landing': (place: string, what: string) => words(`环节 ${place} 的去处 ${what} 不存在`, `stage ${place} lands in ${what}, which does not exist`),
  'lands-twice': (place: string, what: string) => words(`环节 ${place} 都落到 ${what}，迁回时分不清`, `stages ${place} both land in ${what}: the way back could not tell them apart`),
  'term-lands-elsewhere': (place: string, what: string) => words(`环节 ${place} 的期限 ${what} 在新版没有接上`, `the term ${what} of ${place} does not run on in the other version`),
  'move-loses': (place: string, what: string) => words(`从 ${place} 迁移会有损失：${what}`, `led over from ${place} a case loses: ${what}`),
} satisfies Record<string, (place: string, what: string) => Words>;

export type ViolationKind = keyof typeof sentences;

export interface Violation {
  readonly kind: ViolationKind;
  /** The stage, or the chart where no stage is meant. */
  readonly place: string;
  readonly what: string;
  readonly sentence: Words;
  /** The events of a shortest way to it from the opening of a case; null where the chart itself is at fault, wherever a case stands. */
  readonly path: readonly string[] | null;
}

/** Collects violations; of one kind at one place only the first is kept, which has the shortest path. */
export class Violations {
  readonly #found = new Map<string, Violation>();

  add(kind: ViolationKind, place: string, what = '', path: readonly string[] | null = null): void {
    const key = `${kind}|${place}|${what}`;
    if (!this.#found.has(key)) this.#found.set(key, { kind, place, what, sentence: sentences[kind](place, what), path });
  }

  get all(): Violation[] {
    return [...this.#found.values()];
  }
}
