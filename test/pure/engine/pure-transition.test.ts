import fc from 'fast-check';
import { initialTransition, transition, type AnyMachineSnapshot } from 'xstate';
import { machineFor, workflows } from '../../../workflows/registry.js';
import { pureTransition } from '../../../src/engine/pure-transition.js';
import { beijing, pinned, planInput, someone } from './case-in-memory.js';

/** A guard may want more of an event than these have. */
const takes = (live: AnyMachineSnapshot, event: object): boolean => {
  try {
    return live.can(event as never);
  } catch {
    return true;
  }
};

type Outcome = readonly [AnyMachineSnapshot, readonly { type: string; params: unknown }[]];

describe('a transition without an actor', () => {
  it.each(workflows.flatMap((w) => Object.keys(w.versions).map((v) => [w.id, Number(v)] as const)))('leads %s.v%d where XState’s own does, and asks for the same', (id, version) => {
    const machine = machineFor(id, version, pinned);
    const told = ([snapshot, actions]: Outcome) => JSON.stringify([machine.getPersistedSnapshot(snapshot), actions.map(({ type, params }) => ({ type, params }))]);
    const attempt = (run: () => Outcome) => {
      try {
        return told(run());
      } catch (error) {
        return String(error);
      }
    };
    let moved = 0;
    fc.assert(fc.property(fc.array(fc.record({ dice: fc.nat(), defects: fc.integer({ min: 0, max: 1 }), yes: fc.boolean() }), { maxLength: 40 }), (sent) => {
      let [live] = initialTransition(machine, planInput({ detail: {} }) as never) as unknown as [AnyMachineSnapshot];
      for (const { dice, defects, yes } of sent) {
        const event = {
          type: '', by: someone, at: beijing('2026-08-18'), remarks: [], kind: 'reply', number: '1', date: '2026-08-01', deliveredAt: beijing('2026-08-18'),
          facts: { defects, content: 'h', planType: 'construction', orgs: [{ org: 'a', name: 'a' }, { org: 'b', name: 'b' }], projectsOrMoneyChanged: yes, incomingNumber: 1 },
        };
        // Mostly what the chart takes, now and then anything.
        const types = dice % 5 === 0 ? machine.events : machine.events.filter((type) => takes(live, { ...event, type }));
        event.type = types[dice % Math.max(1, types.length)] ?? 'none';
        const [theirs, ours] = [() => transition(machine, live, event as never) as unknown as Outcome, () => pureTransition(machine, live, event)];
        expect(attempt(ours)).toBe(attempt(theirs));
        if (attempt(ours).startsWith('[')) {
          if (ours()[0].value !== live.value) moved += 1;
          [live] = ours();
        }
      }
    }), { seed: 7, numRuns: 60 });
    expect(moved).toBeGreaterThan(20);
  });
});
