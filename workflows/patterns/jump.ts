import type { BaseContext, CommandEvent, DutyRule, OrgKey, Role, Skipped } from '../vocabulary.js';
import { stage as stageOf, type ChartState, type ChartTransition } from './chart.js';

/** A stage a jump may go from, past and to, with the post that acts in it. */
export interface JumpStop {
  stage: string;
  org: OrgKey;
  role: Role;
}

const standing = (c: BaseContext, stops: JumpStop[]): number => {
  const last = c.trail.filter((s) => stops.some((stop) => stop.stage === s)).at(-1);
  return stops.findIndex((stop) => stop.stage === last);
};
const byAnother = (c: BaseContext, e: CommandEvent): boolean => c.jump !== null && c.jump.by !== e.by?.person;

export const jumpGuards = (stops: JumpStop[]) => ({
  jumpAllowed: (c: BaseContext, e: CommandEvent): boolean => {
    const [from, to] = [standing(c, stops), stops.findIndex((stop) => stop.stage === e.jumpTo)];
    return from !== -1 && to !== -1 && from !== to;
  },
  jumpBySecond: byAnother,
  jumpsTo: (c: BaseContext, e: CommandEvent, p: Record<string, unknown>): boolean => byAnother(c, e) && c.jump?.target === p.stage,
  jumpPassesOver: (c: BaseContext, e: CommandEvent): boolean => byAnother(c, e) && passedOver(c, stops).length > 0,
  everythingMadeUp: (c: BaseContext): boolean => !c.skipped.some((s) => s.open),
});

/** What lies between where the case stands and where it jumps to; a jump back passes over nothing. */
function passedOver(c: BaseContext, stops: JumpStop[]): JumpStop[] {
  const to = stops.findIndex((stop) => stop.stage === c.jump?.target);
  return stops.slice(Math.max(0, standing(c, stops)), Math.max(0, to));
}

export const jumpSets = (stops: JumpStop[]) => ({
  jumpProposed: (_c: BaseContext, e: CommandEvent) => ({ jump: { target: String(e.jumpTo), reason: String(e.reason), by: e.by.person, name: e.by.name } }),
  jumpDropped: () => ({ jump: null }),
  jumped: (c: BaseContext) => ({
    jump: null, goesBack: null,
    skipped: [...c.skipped, ...passedOver(c, stops).map((stop, index): Skipped => ({
      key: `K${c.skipped.length + index + 1}`, stage: stop.stage, org: c.orgs[stop.org], role: stop.role, open: true,
    }))],
  }),
  madeUp: (c: BaseContext, e: CommandEvent) => ({ skipped: c.skipped.map((s) => (s.key === e.task?.subject?.key ? { ...s, open: false } : s)) }),
});

/** The region through which jumps lead answers the second person's word. */
export const jumping = (stages: readonly string[]): Record<string, ChartTransition[]> => ({
  confirmJump: stages.map((stage) => ({ guard: { type: 'jumpsTo', params: { stage } }, target: `.${stage}` })),
});

/** 跳转: proposed with a reason by one person, confirmed by a second. */
export function jumpRegion(propose: DutyRule, confirm: DutyRule, stops: readonly JumpStop[]): ChartState {
  return {
    meta: { words: { zh: '跳转', en: 'Jump' }, powers: [] },
    initial: 'none',
    states: {
      none: {
        meta: { words: { zh: '无跳转', en: 'No jump' }, powers: [{ ...propose, commands: ['proposeJump'], onOwnTurn: true, within: stops.map(({ stage }) => stage) }] },
        on: { proposeJump: { guard: 'jumpAllowed', target: 'proposed', actions: [{ type: 'set.jumpProposed' }, { type: 'notify', params: { template: 'jumpProposed', to: 'director' } }] } },
      },
      proposed: stageOf({
        stage: 'jumpProposed', words: { zh: '跳转待核准', en: 'Jump to be confirmed' }, clauses: ['C-7.11'], visibility: 'both', term: 'case.jump',
        duties: [{ ...confirm, commands: ['confirmJump', 'rejectJump'] }],
      }, {
        on: {
          confirmJump: { guard: 'jumpBySecond', target: 'none', actions: [{ type: 'set.jumped' }, { type: 'exception', params: { kind: 'jump' } }] },
          rejectJump: { guard: 'jumpBySecond', target: 'none', actions: [{ type: 'set.jumpDropped' }] },
        },
      }),
    },
  };
}

/** 补审: every post a jump went past says afterwards what it thinks; until all have, the case cannot be ended. */
export const supplementRegion: ChartState = {
  meta: { words: { zh: '补审', en: 'Supplementary review' }, powers: [] },
  initial: 'none',
  states: {
    none: { meta: { words: { zh: '无补审', en: 'None owed' }, powers: [] }, on: { confirmJump: { guard: 'jumpPassesOver', target: 'owed' } } },
    owed: stageOf({
      stage: 'supplement', words: { zh: '补审', en: 'Supplementary review' }, clauses: ['C-7.11'], visibility: 'both', term: 'case.supplement',
      duties: [{ side: 'city', each: 'skipped', commands: ['reviewAfterwards'] }],
    }, {
      on: { reviewAfterwards: { actions: [{ type: 'set.madeUp' }] } },
      always: [{ guard: 'everythingMadeUp', target: 'none' }],
    }),
  },
};
