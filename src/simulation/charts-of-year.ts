import type { AnyStateMachine } from 'xstate';

/** A chart that takes part in a year. */
export interface ChartOfYear {
  workflow: string;
  machine: AnyStateMachine;
}

interface Asked {
  type: string;
  params?: unknown;
}

/** What a chart may ask to be opened, wherever it stands: on entering or leaving a state, or on the way. */
function openedBy(machine: AnyStateMachine): string[] {
  type Node = AnyStateMachine['root'];
  const below = (node: Node): Node[] => [node, ...Object.values(node.states).flatMap((child) => below(child as Node))];
  const asked = below(machine.root).flatMap((node) => [
    ...node.entry, ...node.exit, ...[...node.transitions.values(), node.always ?? []].flatMap((ways) => ways.flatMap(({ actions }) => actions)),
  ]) as unknown as Asked[];
  return asked.filter(({ type }) => type === 'openCase').map(({ params }) => (params as { workflow: string }).workflow);
}

/** The charts of a programme year: the programme's and whatever it opens. A matter that has no place in the year is none of them. */
export function chartsOfYear(machineOf: (workflow: string) => AnyStateMachine): ChartOfYear[] {
  const found = new Map<string, AnyStateMachine>();
  const follow = (workflow: string): void => {
    if (found.has(workflow)) return;
    const machine = machineOf(workflow);
    found.set(workflow, machine);
    openedBy(machine).forEach(follow);
  };
  follow('programme');
  return [...found].map(([workflow, machine]) => ({ workflow, machine }));
}
