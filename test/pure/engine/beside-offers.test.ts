import type { Actor } from '../../../src/domain/actor.js';
import { caseOffers, taskOffers } from '../../../src/engine/beside-offers.js';
import type { Carriage } from '../../../src/engine/carriers.js';
import type { OpenTask } from '../../../src/engine/case-writes.js';

const actor = (over: Partial<Actor> = {}): Actor => ({
  city: 'c', scope: 'unit', unit: 'u', org: 'hrss', role: 'unit.clerk', post: 'clerk', postName: '经办', person: 'p1', personName: '甲', actingFor: null, ...over,
});
const task = (over: Partial<OpenTask> = {}): OpenTask => ({
  id: 't', key: 'drafting#1#', kind: 'duty', state: 'drafting', side: 'unit', role: 'unit.clerk', org: 'hrss', post: null, person: null, urgedAt: null, subject: null, commands: ['submit'],
  termKey: null, ...over,
});
const offers = (who: Partial<Actor>, what: Partial<OpenTask> = {}, carriage?: Carriage): string[] => taskOffers([actor(who)], task(what), carriage).map((one) => one.command);
const asked: Carriage = { delegate: { post: 'x', org: 'hrss', role: 'unit.head', side: 'unit', name: '局长', by: '甲', question: '?', opinion: null } };

describe('what may be done beside the chart', () => {
  it('a task that one holder of a post has claimed is not transferred, delegated or claimed again by another', () => {
    expect(offers({})).toEqual(['task.claim', 'task.transfer', 'task.delegate']);
    expect(offers({}, { person: 'p1' })).toEqual(['task.release', 'task.transfer', 'task.delegate']);
    expect(offers({}, { person: 'p2' })).toEqual([]);
  });

  it('a deputy releases what the holder he acts for has claimed; the head of the same office frees what is claimed and stuck, of no other', () => {
    expect(offers({ person: 'p9', actingFor: { person: 'p1', name: '甲' } }, { person: 'p1' })).toContain('task.release');
    expect(offers({ role: 'unit.head', post: 'head', person: 'p3' }, { person: 'p1' })).toEqual(['task.release', 'note.urge']);
    expect(offers({ role: 'unit.head', post: 'head', person: 'p3' }, { person: 'p1', org: 'finance' })).toEqual(['note.urge']);
  });

  it('while an opinion is awaited it can only be taken back or the duty handed on, and nobody is asked twice', () => {
    expect(offers({}, {}, asked)).toEqual(['task.claim', 'task.transfer', 'task.takeBack']);
    expect(offers({}, {}, { delegate: { ...asked.delegate!, opinion: '可以' } })).toContain('task.delegate');
  });

  it('nobody reminds a government, himself, the other side of the wall, or as an onlooker', () => {
    expect(offers({ role: 'unit.head', post: 'head' })).toContain('note.urge');
    expect(offers({ role: 'unit.head', post: 'head' }, { role: 'consent.officer', org: 'government' })).toEqual([]);
    expect(offers({ scope: 'city', org: 'office', role: 'office.clerk' })).toEqual([]);
    expect(offers({ scope: 'city', org: 'audit', role: 'auditor' }, { side: 'city', org: 'office', role: 'office.clerk' })).toEqual([]);
  });

  it('who is asked for an opinion can answer and nothing else; a comparison is nobody’s to hand on', () => {
    expect(offers({}, { kind: 'opinion' })).toEqual(['task.answer']);
    expect(offers({ role: 'unit.head' }, { kind: 'opinion' })).toEqual([]);
    expect(offers({}, { kind: 'compare' })).toEqual([]);
  });

  it('of a unit’s case that was not sent in the city has nothing to say', () => {
    const office = actor({ scope: 'city', unit: null, org: 'office', role: 'office.clerk' });
    expect(caseOffers([office], { final: false, side: 'unit', released: false })).toEqual([]);
    expect(caseOffers([office], { final: false, side: 'unit', released: true })).toHaveLength(2);
    expect(caseOffers([office], { final: false, side: 'city', released: false })).toHaveLength(2);
  });

  it('a case that has ended takes no comment, and the system’s own hands leave none', () => {
    const open = { final: false, side: 'unit', released: true } as const;
    expect(caseOffers([actor()], open).map((one) => one.command)).toEqual(['note.circulate', 'note.comment']);
    expect(caseOffers([actor()], { ...open, final: true })).toEqual([]);
    expect(caseOffers([actor({ scope: 'system', role: 'worker' })], open)).toEqual([]);
  });
});
