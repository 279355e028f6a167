import type { z } from 'zod';
import type { finding } from '../../documents/fact-types.js';
import { addDays, type Day } from '../../domain/local-day.js';
import type { Finding } from '../../../workflows/patterns/findings.js';
import type { Dossier } from '../dossier.js';
import { clauseWords } from './organs.js';

const states: Readonly<Record<Exclude<Finding['state'], 'withdrawn'>, z.infer<typeof finding>['state']>> = {
  proposed: 'open', failed: 'open', rectifying: 'rectifying', submitted: 'rectifying', verified: 'verified',
};

/** Findings as papers list them; `ordered` is the day the days to rectify are counted from. What an objection took back is no finding any more. */
export function findingFacts(dossier: Dossier, findings: readonly Finding[], ordered: Day): z.infer<typeof finding>[] {
  return findings.flatMap(({ state, ...one }) => (state === 'withdrawn' ? [] : [{
    number: Number(one.key.replace(/^F/, '')), object: one.object, fact: one.text, clause: clauseWords(dossier, one.clause), severity: one.severity,
    requirement: one.proposal, due: addDays(ordered, one.days), state: states[state],
  }]));
}
