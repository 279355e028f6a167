import type { AnyStateMachine } from 'xstate';
import { baseContext, chart } from './patterns/chart.js';
import { nextOfChain, notLastOfChain } from './patterns/chain.js';
import { cosignGuards, cosignSets, type Cosigner } from './patterns/sign-all.js';
import { exempted, FILING, filed, procedure, timeliness } from './plan-states.v1.js';
import type { BaseContext, CommandEvent } from './vocabulary.js';

export interface Remark {
  id: string;
  section: string;
  text: string;
  reply: string | null;
}

export interface PlanContext extends BaseContext {
  planType: 'construction' | 'consolidation' | 'nothingNew';
  turn: Record<string, number>;
  cosigners: Cosigner[];
  cosigned: boolean;
  remarks: Remark[];
  consent: { kind: string; number: string; date: string; content: string | null } | null;
  acknowledgement: { number: string; at: string } | null;
  incoming: { number: number; theirNumber: string; deliveredAt: string; proven: boolean } | null;
  reports: number;
  submittedAt: string | null;
  signedFor: boolean;
  withdrawMinutes: number;
  extension: { until: string; basis: string } | null;
}

const before = (a: string, b: string): boolean => Date.parse(a) < Date.parse(b);
const consented = (c: PlanContext): boolean => c.consent !== null && c.consent.content === c.content;
const filingDue = (c: PlanContext): string => c.extension?.until ?? c.dates[FILING]!;
const fact = (e: CommandEvent, name: string): unknown => e.facts?.[name];

const submitted = (c: PlanContext, e: CommandEvent): Partial<PlanContext> => ({
  content: fact(e, 'content') as string, contentOrdinal: c.contentOrdinal + 1, planType: fact(e, 'planType') as PlanContext['planType'],
  submittedAt: c.now, signedFor: false, turn: {}, cosigned: false, cosigners: [],
});

/** `plan.v1`: one plan per filing unit and year. */
export function planV1(withdrawMinutes: number): AnyStateMachine {
  return chart<PlanContext>({
    id: 'plan',
    context: (input) => ({
      ...baseContext(input), planType: 'construction', turn: {}, cosigners: [], cosigned: false, remarks: [], consent: null, acknowledgement: null,
      incoming: null, reports: 0, submittedAt: null, signedFor: false, withdrawMinutes, extension: null,
    }),
    guards: {
      ...cosignGuards,
      notLastOfChain,
      complete: (_c, e) => fact(e, 'defects') === 0,
      withdrawable: (c) => !c.signedFor && c.submittedAt !== null && Date.parse(c.now) - Date.parse(c.submittedAt) < c.withdrawMinutes * 60_000,
      consentIsNotInFuture: (c, e) => before(`${String(e.date)}T00:00:00+08:00`, c.now),
      returnsToReview: (_c, e) => e.target === 'headReview',
      consented,
      // A region takes an event whatever its neighbour does: only a filing that the procedure takes counts here too.
      inTime: (c) => consented(c) && before(c.now, filingDue(c)),
      provenInTime: (c, e) => Boolean(e.evidence) && before(String(e.deliveredAt), filingDue(c)),
      extensionIsLater: (c, e) => before(filingDue(c), String(e.until)),
      projectsOrMoneyChanged: (_c, e) => fact(e, 'defects') === 0 && fact(e, 'projectsOrMoneyChanged') === true,
    },
    sets: {
      ...cosignSets,
      // A post of the chain has acted: nothing can be withdrawn from under it any more.
      nextOfChain: (c, _e, p) => ({ ...nextOfChain(c, p), signedFor: true }),
      submitted,
      signedFor: () => ({ signedFor: true }),
      remarked: (_c, e) => ({ remarks: ((e.remarks ?? []) as Omit<Remark, 'reply'>[]).map((r) => ({ ...r, reply: null })), turn: {}, signedFor: false }),
      answered: (c, e) => {
        const replies = (e.replies ?? {}) as Record<string, string>;
        return { remarks: c.remarks.map((r) => ({ ...r, reply: replies[r.id] ?? null })) };
      },
      consented: (c, e) => ({ consent: { kind: String(e.kind), number: String(e.number), date: String(e.date), content: c.content } }),
      consentDropped: () => ({ consent: null }),
      reported: (c) => ({ reports: c.reports + 1, acknowledgement: { number: `${c.caseNumber}-S${c.reports + 1}`, at: c.now } }),
      registered: (_c, e) => ({
        incoming: { number: fact(e, 'incomingNumber') as number, theirNumber: String(e.theirNumber), deliveredAt: String(e.deliveredAt), proven: Boolean(e.evidence) },
      }),
      extended: (c, e) => ({ extension: { until: String(e.until), basis: String(e.basis) }, dates: { ...c.dates, [FILING]: String(e.until) } }),
    },
    root: {
      initial: 'open',
      states: {
        open: {
          type: 'parallel',
          meta: { powers: [{ side: 'city', org: 'leaders', role: 'leader', commands: ['grantExtension', 'exempt'] }], paper: true },
          on: { exempt: { target: 'exempted' } },
          states: { procedure, timeliness },
        },
        filed, exempted,
      },
    },
  });
}
