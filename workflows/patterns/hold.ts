import type { BaseContext, CommandEvent, DutyRule } from '../vocabulary.js';
import { stage, type ChartState } from './chart.js';

/** The stage that stops the clock; the engine pauses every running term while it is active. */
export const HELD = 'held';

export const holdSets = {
  held: (c: BaseContext, e: CommandEvent) => ({
    holding: [{
      key: 'hold', open: true as const, post: e.by.post ?? '', org: e.by.org ?? '', role: e.by.role, side: (e.facts?.side as 'unit' | 'city' | undefined) ?? 'city', name: e.by.name,
      reason: String(e.reason), since: c.now,
    }],
  }),
  resumed: () => ({ holding: [] }),
};

/**
 * 挂起 and 恢复: beside the procedure, because a case may be held wherever it stands. Days used are kept; statutory dates run on.
 * Whoever held it owes its going on, and a term of its own reminds him.
 */
export function holdRegion(rights: DutyRule[]): ChartState {
  return {
    meta: { words: { zh: '挂起与恢复', en: 'Hold' }, powers: [] },
    initial: 'running',
    states: {
      running: {
        meta: { words: { zh: '照常办理', en: 'Running' }, powers: rights.map((rule) => ({ ...rule, commands: ['hold'], onOwnTurn: true })) },
        on: { hold: { target: 'holding', actions: [{ type: 'set.held' }, { type: 'exception', params: { kind: 'held' } }] } },
      },
      holding: stage({
        stage: HELD, words: { zh: '挂起', en: 'On hold' }, clauses: ['C-6.5'], visibility: 'both', term: 'case.hold',
        duties: [{ side: 'city', each: 'holding', commands: ['resume'] }],
      }, { on: { resume: { target: 'running', actions: [{ type: 'set.resumed' }] } } }),
    },
  };
}
