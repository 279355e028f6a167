import { by, Walk } from './walk.js';

const NOW = '2026-09-10T02:00:00.000Z';
const LATE = '2026-09-30T16:00:00.000Z';
const submission = (content = 'h1', more: Record<string, unknown> = {}) => ({ facts: { defects: 0, content, planType: 'construction', ...more } });
const remarks = { remarks: [{ id: 'r1', section: 'goals', text: '写具体' }] };

const submitted = (now = NOW) => new Walk('plan').do('submit', submission(), now);
const approved = () => submitted().do('approve', {}, NOW).do('approve', {}, NOW);
const consented = () => approved().do('consent', { kind: 'reply', number: '政复〔2026〕1号', date: '2026-09-10' }, NOW);
const reported = (now = NOW) => consented().do('report', {}, now);
const incoming = { theirNumber: '报〔2026〕1号', deliveredAt: NOW, evidence: null, facts: { incomingNumber: 1 } };
const reviewed = () => reported().do('register', incoming, NOW);
const opinions = (...orgs: string[]) => ({ facts: { orgs: orgs.map((org) => ({ org, name: org })) } });
const from = (org: string) => ({ by: by({ org }) });

describe('plan.v1', () => {
  it('the main path: two posts review in turn, consent, filing, registration, on record', () => {
    const walk = submitted();
    expect(walk.duties.join()).toContain('unit.reviewer');
    walk.do('approve', {}, NOW);
    expect(walk.duties.join()).toContain('unit.head');
    walk.do('approve', {}, NOW).do('consent', { kind: 'reply', number: 'x', date: '2026-09-10' }, NOW).do('report', {}, NOW);
    expect(walk.context.acknowledgement).toEqual({ number: 'C-1-S1', at: NOW });
    expect(walk.stages).toEqual(expect.arrayContaining(['registered', 'onTime']));
    walk.do('register', incoming, NOW).do('acceptComplete', {}, NOW).do('file', {}, NOW);
    expect(walk.done).toBe(true);
    expect(walk.asks('recordBaseline')).toHaveLength(1);
  });

  it('a plan with open defects, and one without consent to this very text, do not travel', () => {
    expect(new Walk('plan').takes('submit', { facts: { defects: 1 } }, NOW)).toBe(false);
    const revised = consented().do('revise', { reason: 'x' }, NOW);
    expect(revised.context.consent).toBeNull();
    expect(revised.takes('report', {}, NOW)).toBe(false);
  });

  it('filed at 23:59:59 is on time, filed at 00:00:00 of 1 October is late', () => {
    expect(reported('2026-09-30T15:59:59.999Z').stages).toContain('onTime');
    expect(reported(LATE).stages).toContain('late');
  });

  it('a plan on paper of 29 September, registered on 9 October with evidence, is on time; without evidence it is late', () => {
    const late = () => consented().do('term.plan.filing.due', {}, LATE).do('report', {}, '2026-10-09T01:00:00.000Z');
    const paper = { ...incoming, deliveredAt: '2026-09-29T02:00:00.000Z' };
    expect(late().do('register', { ...paper, evidence: '签收单' }, '2026-10-09T02:00:00.000Z').stages).toContain('onTime');
    expect(late().do('register', paper, '2026-10-09T02:00:00.000Z').stages).toContain('late');
  });

  it('an extension lifts an overdue plan, and only towards a later day', () => {
    const overdue = submitted().do('term.plan.filing.due', {}, LATE);
    expect(overdue.stages).toContain('overdue');
    expect(overdue.takes('grantExtension', { until: '2026-09-15T16:00:00.000Z' }, LATE)).toBe(false);
    overdue.do('grantExtension', { until: '2026-10-15T16:00:00.000Z', basis: '批示' }, LATE);
    expect(overdue.stages).toContain('waiting');
    expect(overdue.asks('exception')).toEqual([{ kind: 'extension' }]);
  });

  it('preliminary remarks neither file nor stop the clock', () => {
    const walk = new Walk('plan').do('requestPreReview', submission(), NOW);
    expect(walk.stages).toEqual(expect.arrayContaining(['preReview', 'waiting']));
    expect(walk.asks('releaseContent')).toHaveLength(1);
    walk.do('giveRemarks', remarks, NOW);
    expect(walk.stages).toContain('drafting');
    expect(new Walk('plan').do('requestPreReview', submission(), NOW).do('recall', {}, NOW).stages).toContain('drafting');
  });

  it('withdrawn within ten minutes and before anybody signed for it, not after', () => {
    expect(submitted().takes('withdraw', {}, '2026-09-10T02:09:59.999Z')).toBe(true);
    expect(submitted().takes('withdraw', {}, '2026-09-10T02:10:00.000Z')).toBe(false);
    expect(submitted().do('open', {}, NOW).takes('withdraw', {}, NOW)).toBe(false);
    expect(submitted().do('withdraw', {}, NOW).stages).toContain('drafting');
  });

  it('returns lead to the step they name', () => {
    expect(submitted().do('returnToDraft', remarks, NOW).stages).toContain('drafting');
    expect(approved().do('returnTo', { target: 'headReview', ...remarks }, NOW).stages).toContain('headReview');
    expect(approved().do('returnTo', { target: 'drafting', ...remarks }, NOW).stages).toContain('drafting');
    expect(approved().do('refuseConsent', remarks, NOW).stages).toContain('drafting');
    expect(reviewed().do('acceptComplete', {}, NOW).do('sendBack', {}, NOW).stages).toContain('officeReview');
  });

  it('departments answer alone, are added and removed, and silence past the term is listed, never counted as consent', () => {
    const walk = submitted().do('seekOpinions', opinions('a', 'b'), NOW).do('addCosigner', opinions('c'), NOW);
    expect(walk.takes('addCosigner', opinions('a'), NOW)).toBe(false);
    walk.do('removeCosigner', { org: 'c' }, NOW).do('agree', from('a'), NOW);
    expect(walk.takes('proceed', {}, NOW)).toBe(false);
    walk.do('term.plan.coSign.due', {}, NOW).do('proceed', { reason: '逾期未复' }, NOW);
    expect(walk.stages).toContain('headReview');
    expect(walk.context.cosigners.map((s: any) => s.answer)).toEqual(['agreed', 'overdue']);
    const objected = submitted().do('seekOpinions', opinions('a'), NOW).do('object', from('a'), NOW);
    expect(objected.stages).toContain('headReview');
  });

  it('a correction of wording goes back to the office, one of projects or money to the consent organ', () => {
    const correcting = () => reviewed().do('returnForCorrection', remarks, NOW);
    expect(correcting().asks('pauseTerm')).toEqual([{ term: 'plan.officeReview' }]);
    const wording = correcting().do('resubmit', { ...submission('h2', { projectsOrMoneyChanged: false }), replies: { r1: '已改' } }, NOW);
    expect(wording.stages).toContain('officeReview');
    expect(wording.context.remarks[0].reply).toBe('已改');
    const money = correcting().do('resubmit', { ...submission('h3', { projectsOrMoneyChanged: true }), replies: { r1: '已改' } }, NOW);
    expect(money.stages).toContain('governmentApproval');
    expect(money.context.consent).toBeNull();
  });

  it('an exempted plan ends and is listed', () => {
    const walk = new Walk('plan').do('exempt', { basis: '批示', reason: '撤并' }, NOW);
    expect(walk.done).toBe(true);
    expect(walk.asks('exception')).toEqual([{ kind: 'exemption' }]);
  });
});
