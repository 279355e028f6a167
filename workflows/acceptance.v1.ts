import type { AnyStateMachine } from 'xstate';
import { gradeOf, type GradeId } from '../src/domain/grading.js';
import { gradesOf, scoreSheetOf, vetoesOf } from './policies/pack-rules.js';
import type { PolicyPack } from './policies/policy-pack.js';
import { acceptanceStates } from './acceptance-states.v1.js';
import { baseContext, chart } from './patterns/chart.js';
import { withMoves } from './patterns/moves.js';
import { findingGuards, findingSets, noFindings, proposed, reinspected, type WithFindings } from './patterns/findings.js';
import { actingPost, byTeam, everyMemberDone, memberDone, memberReplaced, membersOwe, noTeam, teamFormed, type Teamed } from './patterns/team.js';
import type { CommandEvent } from './vocabulary.js';

export type Conclusion = 'passed' | 'conditional' | 'failed';

export interface AcceptanceContext extends Teamed, WithFindings {
  remarks: { id: string; section: string; text: string; reply: string | null }[];
  /** Tenths of a point by item id, as the answering member gave them. */
  scores: Record<string, number>;
  vetoes: string[];
  /** Computed when the last score is in; never typed. */
  total: number | null;
  grade: GradeId | null;
  visit: { from: string; to: string; measuredShort: number } | null;
  conclusion: Conclusion | null;
  signatures: { post: string; name: string; outcome: 'signed' | 'dissent'; at: string }[];
  /** How often the director has sent the report back for reconsideration. */
  reconsidered: number;
  reconsiderReason: string | null;
  reinspected: boolean;
  selfScore: number | null;
}

const fact = (e: CommandEvent, name: string): unknown => e.facts?.[name];
const document = (e: CommandEvent): { kind?: string } => (e.document ?? {}) as { kind?: string };
const openBlocking = (c: AcceptanceContext, more: { severity?: string }[]): boolean =>
  [...c.findings.filter((f) => f.state !== 'verified' && f.state !== 'withdrawn'), ...more].some((f) => f.severity === 'blocking');

function conclusionHolds(c: AcceptanceContext, e: CommandEvent): boolean {
  if (fact(e, 'defects') !== 0) return false;
  const found = (e.findings ?? []) as { severity?: string }[];
  if (e.conclusion === 'failed') return true;
  // What is put right afterwards raises no score: a conditional conclusion must be able to end in a pass.
  if (c.grade === 'fail' || c.vetoes.length > 0) return false;
  return e.conclusion === 'passed' ? !openBlocking(c, found) && found.length === 0 && c.visit?.measuredShort === 0 : found.length > 0;
}

/** `acceptance.v1`: the acceptance of a filing unit's completed projects. The score sheet, grades and number of reconsiderations are the pack's. */
export function acceptanceV1(pack: PolicyPack): AnyStateMachine {
  const itemIds = scoreSheetOf(pack).items.map((item) => item.id);
  const scoredBy = (c: AcceptanceContext): boolean => itemIds.every((id) => id in c.scores);
  const judged = (scores: Record<string, number>, vetoes: string[]): Pick<AcceptanceContext, 'total' | 'grade'> => {
    if (!itemIds.every((id) => id in scores)) return { total: null, grade: null };
    const total = itemIds.reduce((sum, id) => sum + scores[id]!, 0);
    return { total, grade: gradeOf(total, gradesOf(pack), vetoesOf(pack, vetoes)).id };
  };
  return chart<AcceptanceContext>(withMoves<AcceptanceContext>({
    id: 'acceptance',
    context: (input) => ({
      ...baseContext(input), ...noTeam, ...noFindings, remarks: [], scores: {}, vetoes: [], total: null, grade: null, visit: null, conclusion: null,
      signatures: [], reconsidered: 0, reconsiderReason: null, reinspected: false, selfScore: null,
    }),
    guards: {
      ...findingGuards,
      byTeam,
      complete: (_c, e) => fact(e, 'defects') === 0,
      everyItemScored: (c) => everyMemberDone(c) && scoredBy(c),
      // The form and the preparer say this in words first; the chart holds whatever they say.
      conclusionHolds,
      conclusionChanges: (c, e) => conclusionHolds(c, e) && c.conclusion !== null && e.conclusion !== c.conclusion,
      everyoneSigned: everyMemberDone,
      mayReconsider: (c) => c.reconsidered < pack.acceptance.reconsiderations.value,
      issuedAs: (c, e, p) => document(e).kind === 'acceptanceReport' && c.conclusion === p.conclusion,
      reportRefused: (_c, e) => e.kind === undefined || e.kind === 'acceptanceReport',
      refusedAfterReinspection: (c, e) => c.reinspected && (e.kind === undefined || e.kind === 'acceptanceReport'),
    },
    sets: {
      ...findingSets,
      applied: (c, e) => ({
        content: fact(e, 'content') as string, contentOrdinal: c.contentOrdinal + 1, selfScore: (fact(e, 'selfScore') as number | undefined) ?? c.selfScore,
        remarks: c.remarks.map((r) => ({ ...r, reply: ((e.replies ?? {}) as Record<string, string>)[r.id] ?? r.reply })),
      }),
      remarked: (_c, e) => ({ remarks: ((e.remarks ?? []) as Omit<AcceptanceContext['remarks'][number], 'reply'>[]).map((r) => ({ ...r, reply: null })) }),
      teamFormed: (_c, e) => teamFormed(e),
      memberReplaced: (c, e) => memberReplaced(c, e),
      visited: (c, e) => ({
        visit: { from: String(e.from), to: String(e.to), measuredShort: (fact(e, 'measuredShort') as number | undefined) ?? 0 },
        ...membersOwe(c.members, (m) => m.items.length > 0),
      }),
      scored: (c, e) => {
        const scores = { ...c.scores, ...((fact(e, 'scores') ?? {}) as Record<string, number>) };
        const vetoes = [...new Set([...c.vetoes, ...((fact(e, 'vetoes') ?? []) as string[])])];
        return { scores, vetoes, ...memberDone(c, e), ...judged(scores, vetoes) };
      },
      drafted: (c, e) => ({
        conclusion: e.conclusion as Conclusion, findings: proposed([], (e.findings ?? []) as never, { key: '', name: c.unitName }), signatures: [],
        reinspected: false, ...membersOwe(c.members, () => true),
      }),
      takenBack: (c) => ({ signatures: [], ...membersOwe(c.members, () => false) }),
      signed: (c, e, p) => ({
        ...memberDone(c, e),
        signatures: [...c.signatures, { post: actingPost(e) ?? '', name: e.by.name, outcome: p.outcome as 'signed' | 'dissent', at: c.now }],
      }),
      sentBack: (c, e) => ({ reconsidered: c.reconsidered + 1, reconsiderReason: String(e.reason) }),
      reinspected: (c, e) => {
        const passed = ((e.results ?? []) as { finding: string; passed: boolean }[]).filter((r) => r.passed).map((r) => r.finding);
        const after = reinspected(c, passed);
        return { ...after, reinspected: true, conclusion: after.findings.some((f) => f.state === 'failed') ? ('failed' as const) : ('passed' as const) };
      },
    },
    root: { initial: 'applying', states: acceptanceStates },
  }, { hold: [{ side: 'city', org: 'office', role: 'office.director' }] }));
}
