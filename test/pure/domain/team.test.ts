import { teamDefects, type TeamMember } from '../../../src/domain/team.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { teamRulesOf } from '../../../workflows/policies/pack-rules.js';

const rules = teamRulesOf(policyPack('jinan-2011-61').pack);
const member = (person: string, department: string, change: Partial<TeamMember> = {}): TeamMember => ({
  person, name: person, department, unit: null, leader: person === 'a', recused: false, ...change,
});
const team = [member('a', 'hrss'), member('b', 'finance'), member('c', 'planning')];
const codes = (members: TeamMember[]) => teamDefects(members, rules, '370112').map(({ code }) => code);

describe('an acceptance team', () => {
  it('of three from three departments may go', () => expect(codes(team)).toEqual([]));
  it('of two is too small and even', () => expect(codes(team.slice(0, 2))).toEqual(['too-few', 'even', 'too-few-departments']));
  it('of four could tie', () => expect(codes([...team, member('d', 'civilAffairs')])).toEqual(['even']));
  it('from one department judges alone', () => expect(codes(team.map((one) => ({ ...one, department: 'hrss' })))).toEqual(['too-few-departments']));
  it('has exactly one leader', () => expect(codes(team.map((one) => ({ ...one, leader: true })))).toEqual(['one-leader']));
  it('nobody judges where he or she belongs, but may judge elsewhere', () => {
    expect(codes([team[0]!, team[1]!, member('c', 'planning', { unit: '370112' })])).toEqual(['own-unit']);
    expect(codes([team[0]!, team[1]!, member('c', 'planning', { unit: '370102' })])).toEqual([]);
  });
  it('one who stood aside stays aside', () => expect(codes([team[0]!, team[1]!, member('c', 'planning', { recused: true })])).toEqual(['recused']));
  it('one person on two seats is found', () => expect(codes([team[0]!, team[1]!, member('b', 'planning')])).toEqual(['twice']));
});
