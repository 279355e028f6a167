import { words, type Words } from '../../domain/text.js';
import { severities } from '../../../workflows/forms/shared-fields.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { findingStates } from './sub-cells.js';

/** One recorded problem with what was proposed and where it stands. */
export interface FindingView {
  key: string;
  object: string;
  clause: string;
  text: string;
  severity: Words;
  proposal: string;
  days: number;
  state: Words;
  tone: 'green' | 'amber' | 'red' | 'blue';
  round: number;
  lacking: string | null;
}

interface Found {
  key: string; object: string; clause: string; text: string; severity: string; proposal: string; days: number; state: string; round: number; lacking: string | null;
}

const tones: Record<string, FindingView['tone']> = { verified: 'green', withdrawn: 'green', failed: 'red', submitted: 'blue', rectifying: 'amber', proposed: 'amber' };

/** The findings of an inspection or acceptance. What a team only proposes is not shown to the unit: only the office's notice demands. */
export function findingsView(pack: PolicyPack, context: Record<string, unknown> | null, scope: 'unit' | 'city' | 'system'): FindingView[] {
  const findings = (Array.isArray(context?.findings) ? context.findings : []) as Found[];
  return findings.filter((one) => scope !== 'unit' || one.state !== 'proposed').map((one) => ({
    key: one.key, object: one.object, clause: pack.clauses[one.clause] ?? one.clause, text: one.text, severity: severities.find(({ value }) => value === one.severity)?.words ?? words(one.severity, one.severity),
    proposal: one.proposal, days: one.days, state: findingStates[one.state] ?? words(one.state, one.state), tone: tones[one.state] ?? 'blue', round: one.round, lacking: one.lacking,
  }));
}
