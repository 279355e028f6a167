import type { AnyStateMachine } from 'xstate';
import { machineFor } from '../../../workflows/registry.js';
import type { CaseHead } from '../../reads/case-head.js';
import type { WebServices } from '../services.js';

type Node = AnyStateMachine['root'];

const withBelow = (node: Node): Node[] => [node, ...Object.values(node.states).flatMap((child) => withBelow(child as Node))];

/** Whether the chart of a case takes notice of 签收 in a stage: from then on what was sent cannot be withdrawn. */
export function signsFor(services: WebServices, head: Pick<CaseHead, 'workflow' | 'chartVersion' | 'pack'>, stage: string): boolean {
  const machine = machineFor(head.workflow, head.chartVersion, services.packOf(head.pack));
  return withBelow(machine.root).some((node) => (node.meta as { stage?: string } | undefined)?.stage === stage && node.ownEvents.includes('open'));
}
