import { preparers } from '../../../src/content/preparers.js';
import { taskCommands } from '../../../workflows/forms/task-commands.js';
import { machineFor, workflows } from '../../../workflows/registry.js';
import { pinned } from '../workflows/walk.js';

/** Guards that ask for `facts.defects`, which only a preparer can give. */
const asking = ['complete', 'completeOutsideWindow', 'conclusionHolds', 'visitHasBegun', 'projectsOrMoneyChanged'];

describe('preparers', () => {
  it('every command whose guard asks for facts has one, and every one belongs to a command', () => {
    const wanted = new Set<string>();
    // Acts beside the chart belong to every workflow and stand in none.
    const known = new Set(Object.keys(taskCommands).map((name) => `*.${name}`));
    for (const { id, versions } of workflows) {
      const visit = (node: any): void => {
        for (const [event, transitions] of Object.entries(node.on ?? {})) {
          known.add(`${id}.${event}`).add(`*.${event}`);
          for (const { guard } of [transitions].flat() as any[]) if (asking.includes(guard?.type ?? guard)) wanted.add(`${id}.${event}`);
        }
        for (const child of Object.values(node.states ?? {})) visit(child);
      };
      for (const version of Object.keys(versions)) visit((machineFor(id, Number(version), pinned) as any).config);
    }
    expect([...wanted].filter((name) => !(name in preparers))).toEqual([]);
    expect(Object.keys(preparers).filter((name) => !known.has(name))).toEqual([]);
  });
});
