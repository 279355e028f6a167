import type { Live, StageMark } from '../../pictures/live.js';
import type { CaseHead } from '../../reads/case-head.js';
import { stepsOf } from '../../../workflows/registry.js';
import type { WebServices } from '../services.js';

/**
 * Where a case stands and where it has been, for its picture. Before the city a district's inner stages are marked as far as the flow bar
 * tells: the present one, and the leading stage of each step that has been taken – never how often, nor what lay between.
 */
export function livePosition(services: WebServices, head: CaseHead, now: Date, scope: 'unit' | 'city' | 'system'): Live {
  const steps = stepsOf(head.workflow, head.chartVersion);
  const visited = new Set(head.stages.map(({ stage }) => stage));
  const marks = new Map<string, StageMark>();
  for (const { stage, term, visibility } of services.stagesOf(head.workflow, head.chartVersion, head.pack)) {
    const visits = head.stages.filter((visit) => visit.stage === stage);
    const inside = scope === 'city' && visibility === 'unit';
    const live = !head.final && visits.some(({ leftAt }) => leftAt === null);
    const taken = inside ? steps.some(({ stages }) => stages[0] === stage && stages.some((one) => visited.has(one))) : visits.length > 0;
    if (!live && !taken) continue;
    const late = live && head.terms.some((row) => row.term === term && row.dueAt !== null && row.dueAt <= now && row.status !== 'paused');
    marks.set(stage, { state: late ? 'late' : live ? 'current' : 'passed', times: inside ? null : visits.length });
  }
  return marks;
}
