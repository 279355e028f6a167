import type { AnyStateMachine } from 'xstate';
import { words, type Words } from '../domain/text.js';
import { dutiesOf, endOf, powersOf, stagesOf } from '../../workflows/patterns/duties.js';
import { HELD } from '../../workflows/patterns/hold.js';
import type { BaseContext } from '../../workflows/vocabulary.js';
import { restore, type CaseState } from './case-step.js';
import { besideOf, standingKeys, taskKey } from './task-key.js';
import type { OpenTask } from './case-writes.js';
import { canonical } from './journal.js';
import type { TermRow } from './terms.js';

/** What the tables say of a case: the rows a step writes beside the journal. */
export interface StoredCase {
  version: number;
  final: boolean;
  /** Text of the snapshot. */
  snapshot: string;
  openTasks: { key: string; kind: OpenTask['kind'] }[];
  terms: Pick<TermRow, 'term' | 'status' | 'entry'>[];
}

/**
 * Every point in which the tables differ from the state the journal leads to; empty when they agree. `entries` is the number of entries of
 * the journal: the version of a case counts its steps.
 */
export function disagreements(machine: AnyStateMachine, replayed: CaseState, entries: number, stored: StoredCase): Words[] {
  const found: Words[] = [];
  const expect = (holds: boolean, zh: string, en: string): void => {
    if (!holds) found.push(words(zh, en));
  };
  expect(stored.version === entries, `版本 ${stored.version}，日志 ${entries} 条`, `version ${stored.version}, journal of ${entries}`);
  expect(canonical(JSON.parse(stored.snapshot)) === canonical(JSON.parse(JSON.stringify(replayed))), '快照与重放结果不一致', 'the snapshot is not what the journal leads to');
  const live = restore(machine, replayed, (replayed.snapshot as { context: BaseContext }).context.now);
  const metas = live.getMeta() as never;
  const standing = stagesOf(metas);
  const ended = endOf(standing) !== null;
  const stages = ended ? [] : standing;
  expect(stored.final === ended, ended ? '已办结而未记为办结' : '未办结而记为办结', ended ? 'has ended but is not marked so' : 'has not ended but is marked so');
  const owed = new Set(dutiesOf(metas, live.context as BaseContext).map((duty) => taskKey(duty, replayed.entries)));
  const open = new Set(stored.openTasks.filter((t) => t.kind === 'duty').map((t) => t.key));
  for (const key of owed) expect(open.has(key), `缺待办 ${key}`, `task ${key} is missing`);
  for (const key of open) expect(owed.has(key), `多出待办 ${key}`, `task ${key} is owed by nobody`);
  const keys = standingKeys(owed, powersOf(metas, live.context as BaseContext));
  for (const { key } of stored.openTasks.filter((t) => t.kind !== 'duty')) {
    expect(keys.has(besideOf(key)), `所附的待办已不存在 ${key}`, `${key} stands beside a duty that is closed`);
  }
  const held = stages.some((s) => s.stage === HELD);
  for (const stage of stages.filter((s) => s.term)) {
    const row = stored.terms.find((t) => t.term === stage.term);
    expect(
      row !== undefined && (row.status === 'armed' || row.status === 'fired' || (held && row.status === 'paused')) && row.entry === replayed.entries[stage.stage],
      `环节 ${stage.stage} 的期限 ${stage.term} 未在计时`, `term ${stage.term} of ${stage.stage} does not run`,
    );
  }
  for (const row of stored.terms.filter((t) => t.status === 'armed' || (ended && t.status === 'paused'))) {
    expect(stages.some((s) => s.term === row.term), `期限 ${row.term} 无环节而在计时`, `term ${row.term} runs without its state`);
  }
  return found;
}
