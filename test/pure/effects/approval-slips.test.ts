import { slipsOfDuties, slipsOfRights } from '../../../src/effects/document-facts/approval-slip.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { machineFor, workflows } from '../../../workflows/registry.js';
import type { GroupMeta, StageMeta } from '../../../workflows/vocabulary.js';
import type { AnyStateMachine } from 'xstate';

type Node = AnyStateMachine['root'];
const below = (node: Node): Node[] => [node, ...Object.values(node.states).flatMap((child) => below(child as Node))];
const metas = workflows.flatMap(({ id, versions }) => Object.keys(versions).flatMap((version) =>
  below(machineFor(id, Number(version), policyPack('jinan-2011-61')).root).flatMap((node) => (node.meta === undefined ? [] : [{ id, meta: node.meta as StageMeta | GroupMeta }]))));

describe('a sheet for a signature', () => {
  it('exists for every stage whose decision may be made on paper: nobody is sent away with a blank sheet', () => {
    const stages = metas.flatMap(({ id, meta }) => ('stage' in meta && meta.paper === true ? [`${id}.${meta.stage}`] : []));
    expect(stages.length).toBeGreaterThan(8);
    expect(stages.filter((name) => slipsOfDuties[name.split('.')[0]!]?.[name.split('.')[1]!] === undefined)).toEqual([]);
  });

  it('exists for every right that may be exercised on paper', () => {
    const rights = metas.flatMap(({ id, meta }) => (!('stage' in meta) && meta.paper === true ? meta.powers.flatMap((rule) => rule.commands.map((command) => `${id}.${command}`)) : []));
    expect(rights.length).toBeGreaterThan(1);
    expect(rights.filter((name) => slipsOfRights[name.split('.')[0]!]?.[name.split('.')[1]!] === undefined)).toEqual([]);
  });
});
