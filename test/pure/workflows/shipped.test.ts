import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyStateMachine } from 'xstate';
import { canonical, sha256 } from '../../../src/engine/journal.js';
import { replay, type Replayed } from '../../../src/engine/replay.js';
import { checkoutRoot } from '../../../src/runtime/checkout.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { machineFor } from '../../../workflows/registry.js';
import { inOfficeReview } from '../engine/case-in-memory.js';

/** A version that may no longer change: the hash of its definition, and journals with the hash of the snapshot each leads to. */
interface Shipped {
  workflow: string;
  version: number;
  pack: string;
  definition: string;
  journals: { file: string; snapshot: string }[];
}

const hashOf = (value: unknown): string => sha256(canonical(JSON.parse(JSON.stringify(value))));
const definitionOf = (machine: AnyStateMachine): string => hashOf(machine.config);

/** What of a listing this build no longer keeps. `read` gives the journal of a file, `machineOf` the chart. */
function broken(listing: readonly Shipped[], read: (file: string) => Replayed[], machineOf = (workflow: string, version: number, pack: string) => machineFor(workflow, version, policyPack(pack))): string[] {
  return listing.flatMap(({ workflow, version, pack, definition, journals }) => {
    const name = `${workflow}.v${version}`;
    const machine = machineOf(workflow, version, pack);
    const found = definitionOf(machine);
    const leads = (file: string): string => {
      try {
        return hashOf(replay({ workflow, opened: version, machineOf: (v) => (v === version ? machine : machineOf(workflow, v, pack)) }, read(file)).state);
      } catch (error) {
        return (error as Error).message;
      }
    };
    return [
      ...(found === definition ? [] : [`${name} has shipped and was changed: ${found}`]),
      ...journals.flatMap(({ file, snapshot }) => (leads(file) === snapshot ? [] : [`${name}: ${file} leads elsewhere: ${leads(file)}`])),
    ];
  });
}

describe('a version that has shipped', () => {
  it('is what it was, and every journal recorded under it leads to the snapshot it led to', () => {
    const folder = join(checkoutRoot(), 'workflows');
    const listing = JSON.parse(readFileSync(join(folder, 'shipped.json'), 'utf8')) as Shipped[];
    expect(broken(listing, (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Replayed[])).toEqual([]);
  });

  it('cannot be changed unnoticed, neither in its definition nor in what its guards and changes do', () => {
    const plan = inOfficeReview('2026-09-21');
    const machine = machineFor('plan', 1, policyPack('jinan-2011-61'));
    const listing = [{ workflow: 'plan', version: 1, pack: 'jinan-2011-61', definition: definitionOf(machine), journals: [{ file: 'a', snapshot: hashOf(plan.state) }] }];
    expect(broken(listing, () => plan.journal)).toEqual([]);
    expect(broken(listing, () => plan.journal, () => machineFor('plan', 2, policyPack('jinan-2011-61')))).toEqual([expect.stringMatching(/^plan.v1 has shipped and was changed/), expect.stringMatching(/leads elsewhere/)]);
    const { guards } = machine.implementations;
    const lax = machine.provide({ guards: { ...guards, inTime: () => false } } as never);
    expect(broken(listing, () => plan.journal, () => lax)).toEqual([expect.stringMatching(/^plan.v1: a leads elsewhere/)]);
  });
});
