import type { Words } from '../domain/text.js';
import { localDay } from '../domain/local-day.js';
import type { CaseMove } from '../engine/migrate/migrate-cases.js';
import type { Held, HeldTask, HeldTerm, Standing } from '../engine/migrate/standing.js';

const results: Readonly<Record<CaseMove['status'], string>> = { moved: '已迁 moved', movable: '可迁 may go', refused: '✘ 不迁 refused' };

const both = ({ zh, en }: Words): string => `${zh} ${en}`;
const landing = ({ planned: { before, after } }: CaseMove): string => `${both(before.main)} → ${after === null ? '—' : both(after.main)}`;

const parts = [['待办 tasks', 'tasks'], ['期限 terms', 'terms'], ['已作出 given', 'approvals'], ['权利 rights', 'rights']] as const;
const refusalsOf = ({ planned: { refusals } }: CaseMove): string => refusals.map((why) => `    ✘ ${why.zh}\n      ${why.en}\n`).join('');

/** One case in a line, with its refusals below: how many of each it has before and after. */
export function lineOf(move: CaseMove): string {
  const { before, after } = move.planned;
  const counts = parts.map(([label, name]) => `${label} ${before[name].length}→${after?.[name].length ?? '—'}`);
  return `${results[move.status]}  ${move.caseNumber}  ${landing(move)}  ${counts.join('  ')}\n${refusalsOf(move)}`;
}

const lastDay = (dueAt: string | null): string => (dueAt === null ? '' : `，至 due ${localDay(new Date(Date.parse(dueAt) - 1))}`);
const task = (one: HeldTask): string => `${both(one.words)}${lastDay(one.dueAt)}`;
const term = (one: HeldTerm): string => `${both(one.words)}，已用 used ${one.used}${one.budget === null ? '' : `/${one.budget}`}，${one.status}${lastDay(one.dueAt)}`;
const plain = (one: Held): string => both(one.words);

/** One case in full: what it has before and after, thing by thing. */
export function detailOf(move: CaseMove): string {
  const { before, after } = move.planned;
  const block = (label: string, of: (standing: Standing) => string[]): string => {
    const [was, is] = [of(before), after === null ? ['—'] : of(after)];
    const lines = Array.from({ length: Math.max(was.length, is.length) }, (_, index) => `      ${was[index] ?? ''}\n        → ${is[index] ?? ''}\n`);
    return `    ${label}\n${lines.join('')}`;
  };
  return [
    `${results[move.status]}  ${move.caseNumber}  ${move.title}\n`, block('环节 stages', ({ stages }) => stages.map(plain)), block('待办 tasks', ({ tasks }) => tasks.map(task)),
    block('期限 terms', ({ terms }) => terms.map(term)), block('已作出 given', ({ approvals }) => approvals.map(plain)), block('权利 rights', ({ rights }) => rights.map(plain)), refusalsOf(move),
  ].join('');
}

/** One case for machines: everything of the detail in both languages, with ids, owners and instants. */
export const recordOf = ({ caseId, caseNumber, title, status, planned: { before, after, refusals } }: CaseMove) => ({ caseId, caseNumber, title, status, before, after, refusals });

/** How many cases land where, and why others do not: all that is kept of each while thousands are told. */
export class MigrationSummary {
  readonly #landings = new Map<string, number>();
  readonly #reasons = new Map<string, number>();
  readonly #named = new Set<string>();

  add(move: CaseMove): void {
    const count = (counts: Map<string, number>, line: string): void => void counts.set(line, (counts.get(line) ?? 0) + 1);
    count(this.#landings, `${landing(move)}  ${results[move.status]}`);
    for (const why of move.planned.refusals) count(this.#reasons, both(why));
    this.#named.add(move.caseId).add(move.caseNumber);
  }

  /** Whether a case of this id or number was among them. */
  has(name: string): boolean {
    return this.#named.has(name);
  }

  get text(): string {
    const lines = (counts: Map<string, number>): string[] => [...counts].sort((a, b) => b[1] - a[1]).map(([line, count]) => `${String(count).padStart(7)}  ${line}\n`);
    return [...lines(this.#landings), ...lines(this.#reasons)].join('');
  }
}
