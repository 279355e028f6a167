import { demonstrationPeople } from '../../../src/register/demonstration-people.js';
import { readJinan } from '../../../src/register/jinan-files.js';
import { organisationsOf } from '../../../src/register/jinan-organisations.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { chainOf } from '../../../workflows/policies/pack-rules.js';
import { machineFor, workflows } from '../../../workflows/registry.js';
import { roles, type StageMeta } from '../../../workflows/vocabulary.js';

const { units } = readJinan(process.cwd(), 2026);
const people = demonstrationPeople(units);
const organisations = organisationsOf(units);
const { pack } = policyPack('jinan-2011-61');

interface Node { meta?: Partial<StageMeta>; states: Record<string, Node> }
const allMetas = (node: unknown): Partial<StageMeta>[] => [(node as Node).meta ?? {}, ...Object.values((node as Node).states).flatMap(allMetas)];

describe('the people of the demonstration city', () => {
  it('have one login and one name each, in organisations and roles that exist', () => {
    expect(people).toHaveLength(20 + 13 * 11);
    expect(new Set(people.map(({ login }) => login)).size).toBe(people.length);
    expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
    const keys = new Set(organisations.map(({ key }) => key));
    expect(people.filter(({ organisation, role }) => !keys.has(organisation) || !(roles as readonly string[]).includes(role))).toEqual([]);
  });

  it('fill every post a chain of the pack waits for, in every unit', () => {
    for (const { code } of units) {
      const held = new Set(people.filter(({ unit }) => unit === code).map(({ role }) => role));
      for (const step of ['plan.headReview', 'plan.governmentApproval']) {
        expect(chainOf(pack, step, code).filter((role) => !held.has(role))).toEqual([]);
      }
    }
  });

  it('can go every way a chart offers: each duty and right is somebody’s who can sign in, in every unit', () => {
    const rules = workflows.flatMap(({ id, versions }) => Object.keys(versions).flatMap((version) => allMetas(machineFor(id, Number(version), policyPack('jinan-2011-61')).root)).flatMap(({ duties = [], powers = [] }) => [...duties, ...powers]));
    // Lists in the context name posts and departments that were chosen from the register; what they may be is said here.
    const listed: Record<string, string[]> = { cosigners: ['cosign.officer'], members: ['inspector', 'team.member'], lead: ['inspector', 'team.member'], holding: ['office.director'], participants: ['leader', 'office.director'], proposers: ['office.clerk', 'office.director'], skipped: ['office.registrar', 'office.clerk', 'office.director'] };
    const chained = { 'plan.headReview': chainOf(pack, 'plan.headReview', ''), 'plan.governmentApproval': chainOf(pack, 'plan.governmentApproval', '') } as Record<string, readonly string[]>;
    const orgOf: Record<string, string> = { hrss: 'hrss', consent: 'consent' };
    const nobody = rules.flatMap((rule) => {
      const wanted = rule.role ? [rule.role] : rule.chain ? chained[rule.chain]! : listed[rule.carriedBy ?? rule.each!]!;
      const places = rule.side === 'unit' ? units.map(({ code }) => code) : [null];
      return places.flatMap((place) => wanted.flatMap((role) => {
        const unit = units.find(({ code }) => code === place);
        const org = rule.org === undefined ? null : rule.side === 'unit' ? `${unit!.key}.${orgOf[rule.org]}` : rule.org;
        return people.some((one) => one.role === role && one.unit === place && (org === null || one.organisation === org)) ? [] : [`${place ?? 'city'} ${role} ${rule.commands.join()}`];
      }));
    });
    expect(rules.length).toBeGreaterThan(30);
    expect(nobody).toEqual([]);
  });

  it('can form a team of different departments, all of them known to the pack', () => {
    const departments = new Set(people.filter(({ role }) => role === 'team.member').map(({ department }) => department));
    expect([...departments].sort()).toEqual(pack.team.departments.value.map(({ id }) => id).sort());
  });

  it('register and compare paper acts in two persons', () => {
    for (const { key } of units) {
      const person = (post: string) => people.find(({ login }) => login === `${key}.${post}`)?.name;
      expect(person('registrar')).not.toBe(person('comparer'));
    }
  });

  it('include names with rare characters, so that fonts are tried', () => {
    for (const rare of ['䶮', '堃', '镕']) expect(people.some(({ name }) => name.includes(rare))).toBe(true);
    expect(people.every(({ name }) => /^\p{Script=Han}{2,3}$/u.test(name))).toBe(true);
  });

  it('the zone is consented to by its committee, districts by their government', () => {
    const consent = (key: string) => organisations.find((one) => one.key === `${key}.consent`)?.name.zh;
    expect([consent('gaoxin'), consent('lixia')]).toEqual(['济南高新区管委会', '历下区人民政府']);
    expect(people.find(({ login }) => login === 'gaoxin.consent')?.post.zh).toBe('济南高新区管委会办公室');
  });

  it('keep their names whichever year is loaded', () => {
    expect(demonstrationPeople(units)).toEqual(people);
  });
});
