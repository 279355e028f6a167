import type { DutyRule, StageMeta } from '../vocabulary.js';
import type { ChartTransition } from './chart.js';

/** A stage in which those a matter was brought to answer; who they are stands in the context. */
export type RoundMeta = Omit<StageMeta, 'duties'> & { term: string };

/** Where a round may lead: decided either way, or back to whoever brought the matter, because nobody was left to decide it or it is to be worked over. */
export interface RoundExits {
  agreed: ChartTransition;
  refused: ChartTransition;
  back: ChartTransition;
}

export type RoundMoves = Record<string, ChartTransition | ChartTransition[]>;
export type Done = NonNullable<ChartTransition['actions']>;

export const everyParticipant = (...commands: string[]): DutyRule => ({ side: 'city', each: 'participants', commands });

/** An exit of a round, with what is done before it is gone. */
export const leaving = (exit: ChartTransition, done: Done, guard?: ChartTransition['guard']): ChartTransition => ({ ...exit, ...(guard ? { guard } : {}), actions: [...done, ...(exit.actions ?? [])] });

/** Whoever stands aside (回避) counts neither way and says why. */
export const standsAside: Done = [{ type: 'set.participantAnswered', params: { answer: 'recused' } }, { type: 'exception', params: { kind: 'recused' } }];

export const answers = (answer: 'agreed' | 'objected'): Done => [{ type: 'set.participantAnswered', params: { answer } }];

/** 签收: from then on the matter cannot be withdrawn from under whoever took it in. */
export const signedFor: ChartTransition = { actions: [{ type: 'set.signedFor' }] };

/** The term of a round: silence is noted and never consent. */
export const silence = (term: string): RoundMoves => ({
  [`term.${term}.due`]: { actions: [{ type: 'set.silenceNoted' }, { type: 'notify', params: { template: 'overdue', to: 'carriers' } }] },
});
