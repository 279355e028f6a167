import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { chainOf, documentKindOf, filerOf, inputLimitsOf, termOf } from '../../../workflows/policies/pack-rules.js';

const { pack } = policyPack('jinan-2011-61');

describe('what charts ask of the pack', () => {
  it('terms are in working days, the rectification after acceptance in days', () => {
    expect(termOf(pack, 'plan.headReview')).toEqual({ count: 3, unit: 'workday' });
    expect(termOf(pack, 'acceptance.rectifying')).toEqual({ count: 60, unit: 'day' });
  });

  it('a name the pack does not have is an error, not an endless term', () => {
    expect(() => termOf(pack, 'plan.lunch')).toThrow('not-in-pack');
    expect(() => termOf(pack, 'toString')).toThrow('not-in-pack');
    expect(() => documentKindOf(pack, 'poem')).toThrow('not-in-pack');
    expect(() => chainOf(pack, 'plan.lunch', '370102')).toThrow('not-in-pack');
  });

  it('a unit without a chain of its own has one post', () => {
    expect(chainOf(pack, 'plan.headReview', '370102')).toEqual(['unit.reviewer', 'unit.head']);
    expect(chainOf(pack, 'plan.headReview', '370103')).toEqual(['unit.head']);
    expect(chainOf(pack, 'plan.governmentApproval', '370102')).toEqual(['consent.officer']);
  });

  it('a government or committee reports up, its office and the bureau write a letter', () => {
    const filing = (value: PolicyPack['filing']['filer']['value']) => ({ ...pack, filing: { filer: { ...pack.filing.filer, value } } });
    expect(['district', 'zone'].map((kind) => filerOf(pack, kind as 'zone').direction)).toEqual(['letter', 'report']);
    expect(filerOf(filing({ district: 'government', zone: 'bureau' }), 'district')).toEqual({ filer: 'government', direction: 'report' });
    expect(filerOf(filing({ district: 'governmentOffice', zone: 'bureau' }), 'district').direction).toBe('letter');
    expect(pack.filing.filer.sample).toBe(true);
  });

  it('the acceptance report is kept for ever and filed by the office', () => {
    expect(documentKindOf(pack, 'acceptanceReport')).toMatchObject({ issuerCode: '济基平验', retention: 'Y', filedBy: 'office', numbered: true });
    const numbered = Object.values(pack.documents).map(({ value }) => value).filter((one) => one.numbered);
    expect(numbered.every(({ issuerCode }) => issuerCode !== null)).toBe(true);
    expect(new Set(numbered.map(({ issuerCode }) => issuerCode)).size).toBe(numbered.length);
  });

  it('limits arrive in the smallest unit', () => {
    expect(inputLimitsOf(pack)).toEqual({ area: 10_000_000, money: 100_000_000_000, population: 5_000_000 });
  });
});
