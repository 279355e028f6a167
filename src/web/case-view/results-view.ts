import type { CaseHead } from '../../reads/case-head.js';
import type { TimelineEntry } from '../../reads/case-timeline.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { acceptanceView, type AcceptanceView } from './acceptance-view.js';
import { findingsView, type FindingView } from './findings-view.js';
import { measuredView, type MeasuredView } from './measured-view.js';

/** What a visit measured and found and what an acceptance came to: the same figures for a page and for a program. */
export interface ResultsView {
  acceptance: AcceptanceView | null;
  measured: MeasuredView | null;
  findings: FindingView[];
}

/** Null where there is nothing yet, or nothing this side may see. */
export function resultsView(
  pack: PolicyPack, head: CaseHead, context: Record<string, unknown> | null, timeline: readonly TimelineEntry[], scope: 'unit' | 'city' | 'system',
): ResultsView | null {
  const acceptance = head.workflow === 'acceptance' ? acceptanceView(pack, context, timeline, scope) : null;
  const measured = measuredView(pack, timeline);
  const findings = findingsView(pack, context, scope);
  return acceptance === null && measured === null && findings.length === 0 ? null : { acceptance, measured, findings };
}
