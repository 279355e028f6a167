import type { BaseContext, CommandEvent } from '../vocabulary.js';

export type Severity = 'minor' | 'major' | 'blocking';

/** A recorded problem (发现问题). `open` is true while it is the unit's turn. */
export interface Finding {
  key: string;
  site: string;
  object: string;
  clause: string;
  text: string;
  severity: Severity;
  /** What the team proposes; only the office's notice demands it. */
  proposal: string;
  /** Days to rectify. */
  days: number;
  state: 'proposed' | 'rectifying' | 'submitted' | 'verified' | 'withdrawn' | 'failed';
  /** How often the unit has answered. */
  round: number;
  /** What the last verification found lacking. */
  lacking: string | null;
  open: boolean;
}

export interface WithFindings extends BaseContext {
  findings: Finding[];
  /** The findings whose answers wait for verification, as duties of the inspectors. */
  verifying: { key: string; object: string; text: string; round: number; open: true }[];
}

export const noFindings = { findings: [], verifying: [] } satisfies Pick<WithFindings, 'findings' | 'verifying'>;

type Draft = Pick<Finding, 'clause' | 'text' | 'severity' | 'proposal' | 'days'> & Partial<Pick<Finding, 'object' | 'site'>>;

/** Appends what was found at one place; numbers run through the whole visit. */
export function proposed(findings: Finding[], drafts: Draft[], place: { key: string; name: string }): Finding[] {
  return [...findings, ...drafts.map((draft, index): Finding => ({
    key: `F${findings.length + index + 1}`, site: draft.site ?? place.key, object: draft.object ?? place.name, clause: draft.clause, text: draft.text,
    severity: draft.severity, proposal: draft.proposal, days: draft.days, state: 'proposed', round: 0, lacking: null, open: false,
  }))];
}

const standing = (f: Finding): boolean => f.state !== 'withdrawn' && f.state !== 'verified';
const subject = (e: CommandEvent): string => String(e.task?.subject?.key ?? e.finding ?? '');

function turned(findings: Finding[]): Pick<WithFindings, 'findings' | 'verifying'> {
  return {
    findings: findings.map((f) => ({ ...f, open: f.state === 'rectifying' })),
    verifying: findings.filter((f) => f.state === 'submitted').map(({ key, object, text, round }) => ({ key, object, text, round, open: true })),
  };
}

const changed = (c: WithFindings, key: string, change: (f: Finding) => Partial<Finding>) =>
  turned(c.findings.map((f) => (f.key === key ? { ...f, ...change(f) } : f)));

/** Guards and changes of a rectification: one duty per finding, any number of rounds, each verified by whoever may. */
export const findingGuards = {
  anyFinding: (c: WithFindings): boolean => c.findings.some(standing),
  everyFindingClosed: (c: WithFindings): boolean => !c.findings.some(standing),
  everyFindingAnswered: (c: WithFindings): boolean => !c.findings.some((f) => f.state === 'rectifying'),
};

export const findingSets = {
  rectificationOrdered: (c: WithFindings) => turned(c.findings.map((f) => (f.state === 'proposed' ? { ...f, state: 'rectifying' as const } : f))),
  rectified: (c: WithFindings, e: CommandEvent) => changed(c, subject(e), (f) => ({ state: 'submitted', round: f.round + 1, lacking: null })),
  verified: (c: WithFindings, e: CommandEvent) => changed(c, subject(e), () => ({ state: 'verified' })),
  notVerified: (c: WithFindings, e: CommandEvent) => changed(c, subject(e), () => ({ state: 'rectifying', lacking: String(e.reason) })),
};

/** Findings an accepted objection took back. */
export function withdrawn(c: WithFindings, keys: string[]): Pick<WithFindings, 'findings' | 'verifying'> {
  return turned(c.findings.map((f) => (keys.includes(f.key) ? { ...f, state: 'withdrawn' as const } : f)));
}

/** The result of looking again at each finding; a finding without a result has failed. */
export function reinspected(c: WithFindings, passed: string[]): Pick<WithFindings, 'findings' | 'verifying'> {
  return turned(c.findings.map((f) => (standing(f) ? { ...f, state: passed.includes(f.key) ? 'verified' : 'failed' } : f)));
}
