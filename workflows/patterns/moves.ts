import type { BaseContext, CommandEvent, DutyRule } from '../vocabulary.js';
import { signerGuards, signerSets, signerTransitions } from './added-signers.js';
import type { ChartDefinition } from './chart.js';
import { holdRegion, holdSets } from './hold.js';
import { jumpGuards, jumpRegion, jumpSets, supplementRegion, type JumpStop } from './jump.js';
import { returnGuards, returnSets } from './returns.js';

/** Which posts may move a case of this chart beside its procedure. */
export interface MoveRights {
  /** 挂起 */
  hold: Omit<DutyRule, 'commands'>[];
  /** 跳转, with the stages it may lead between in the order of the procedure; none where the chart has no jump. */
  jump?: { propose: Omit<DutyRule, 'commands'>; confirm: Omit<DutyRule, 'commands'>; stops: JumpStop[] };
}

const bare = (rule: Omit<DutyRule, 'commands'>): DutyRule => ({ ...rule, commands: [] });

/**
 * The moves every office knows, laid beside a procedure: 加签, 减签, 退回, 挂起, 跳转, 补审. Each is a region or a transition of the chart itself,
 * so buttons, tasks, terms, pictures and the proof see them like any other.
 */
export function withMoves<C extends BaseContext>(definition: ChartDefinition<C>, rights: MoveRights): ChartDefinition<C> {
  const { jump } = rights;
  return {
    ...definition,
    guards: { ...signerGuards, ...returnGuards, ...(jump ? jumpGuards(jump.stops) : {}), ...definition.guards },
    sets: { ...signerSets, ...returnSets, ...holdSets, ...(jump ? jumpSets(jump.stops) : {}), ...definition.sets } as unknown as ChartDefinition<C>['sets'],
    root: {
      type: 'parallel',
      states: {
        main: { meta: { words: { zh: '办理过程', en: 'Procedure' }, powers: [] }, ...definition.root },
        hold: holdRegion(rights.hold.map(bare)),
        ...(jump ? { jump: jumpRegion(bare(jump.propose), bare(jump.confirm), jump.stops), supplement: supplementRegion } : {}),
      },
      on: signerTransitions,
    },
  };
}

/** The event in a chart's own words: with somebody to sign after it, a decision first becomes a decision that waits. */
export const deferred = (event: CommandEvent): CommandEvent => ({ type: 'deferDecision', by: event.by, at: event.at, event });
