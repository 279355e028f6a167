import type { PostRef } from '../../../workflows/vocabulary.js';
import { carried, keptCarriers } from '../../../src/engine/carriers.js';
import { beijing, CaseInMemory, inCosigning, inOfficeReview, someone } from './case-in-memory.js';

const at = (day: string, time?: string) => beijing(day, time);
const colleague = (post: string): PostRef => ({ post, org: 'office', role: 'office.clerk', side: 'city', name: `同事${post}` });
const asks = (mode: string, ...posts: string[]) => ({ mode, reason: '', facts: { posts: posts.map(colleague) } });
const director = { by: { ...someone, person: 'director' } };
/** The task of an added signer is found by his organisation, like any other. */
const signs = { by: { ...someone, org: 'office' } };
const statusOf = (plan: CaseInMemory, term: string) => plan.term(term)?.status;

describe('加签: nobody’s word is lost and nobody is passed over', () => {
  it('before: whoever was asked first has to answer before the decision is taken', () => {
    const plan = inOfficeReview('2026-09-21').do('addSigners', at('2026-09-21'), asks('before', 'a'));
    expect(plan.duties).toEqual(expect.arrayContaining([expect.stringContaining('signers:S1')]));
    expect(plan.try('acceptComplete', at('2026-09-21'))).toBe(false);
    expect(plan.try('returnForCorrection', at('2026-09-21'))).toBe(false);
    plan.do('signAgree', at('2026-09-22'), signs).do('acceptComplete', at('2026-09-22'));
    expect(plan.stages).toContain('directorDecision');
  });

  it('beside: sending back need not wait, going on must; who was asked is freed when the stage is left', () => {
    const asked = () => inOfficeReview('2026-09-21').do('addSigners', at('2026-09-21'), asks('parallel', 'a', 'b'));
    expect(asked().try('acceptComplete', at('2026-09-21'))).toBe(false);
    const back = asked().do('returnForCorrection', at('2026-09-21'), { remarks: [] });
    expect(back.duties.filter((duty) => duty.includes('signers'))).toEqual([]);
    expect(back.step.context.signers).toEqual([]);
  });

  it('after: the decision is kept until the last has agreed, and then it is the very decision that was taken', () => {
    const plan = inOfficeReview('2026-09-21').do('addSigners', at('2026-09-21'), asks('after', 'a', 'b')).do('acceptComplete', at('2026-09-21'), { opinion: '齐全' });
    expect(plan.stages).toContain('officeReview');
    expect(plan.try('acceptComplete', at('2026-09-21'))).toBe(false);
    plan.do('signAgree', at('2026-09-22'), signs);
    expect(plan.stages).toContain('officeReview');
    plan.do('signAgree', at('2026-09-22'), signs);
    expect(plan.stages).toContain('directorDecision');
    expect(plan.step.context.deferred).toBeNull();
  });

  it('after: an objection gives the decision back to whoever made it, and the others need not sign', () => {
    const plan = inOfficeReview('2026-09-21').do('addSigners', at('2026-09-21'), asks('after', 'a', 'b')).do('acceptComplete', at('2026-09-21'))
      .do('signObject', at('2026-09-22'), { ...signs, opinion: '缺附件' });
    expect(plan.duties.filter((duty) => duty.includes('signers'))).toEqual([]);
    plan.do('returnForCorrection', at('2026-09-22'), { remarks: [] });
    expect(plan.stages).toContain('correcting');
  });

  it('减签: with the last who signs after gone, the decision takes effect', () => {
    const plan = inOfficeReview('2026-09-21').do('addSigners', at('2026-09-21'), asks('after', 'a')).do('acceptComplete', at('2026-09-21'))
      .do('removeSigner', at('2026-09-22'), { signer: 'S1' });
    expect(plan.stages).toContain('directorDecision');
  });

  it('the same post is not asked twice', () => {
    const plan = inOfficeReview('2026-09-21').do('addSigners', at('2026-09-21'), asks('before', 'a'));
    expect(plan.try('addSigners', at('2026-09-21'), asks('parallel', 'a'))).toBe(false);
  });
});

describe('挂起: the clock stands still and no day is lost or won', () => {
  it('days used stay used, the law’s date runs on, nothing but going on is taken, and whoever held it owes that', () => {
    const plan = inOfficeReview('2026-09-07');
    plan.do('hold', at('2026-09-09'), { reason: '等上级答复', facts: { side: 'city' } });
    expect(plan.term('plan.officeReview')).toMatchObject({ status: 'paused', usedWorkdays: 2, dueAt: null });
    expect(plan.try('acceptComplete', at('2026-09-10'))).toBe(false);
    expect(plan.duties).toEqual(expect.arrayContaining([expect.stringContaining('holding:hold')]));
    plan.do('resume', at('2026-09-14'));
    // Three of five working days are left, counted from the day after Monday the 14th.
    expect(plan.term('plan.officeReview')).toMatchObject({ status: 'armed', dueAt: at('2026-09-18', '00:00:00') });
    plan.do('acceptComplete', at('2026-09-14'));
  });

  it('before the filing the statutory date is not held', () => {
    const plan = new CaseInMemory().do('hold', at('2026-08-18'), { reason: 'x', facts: { side: 'unit' } });
    expect(statusOf(plan, 'plan.filing')).toBe('armed');
    expect(plan.try('submit', at('2026-08-19'), { facts: { defects: 0, planType: 'construction', content: 'h' } })).toBe(false);
  });
});

describe('跳转: a second person confirms, and nobody who was passed over is forgotten', () => {
  const proposed = () => inOfficeReview('2026-09-21').do('proposeJump', at('2026-09-21'), { jumpTo: 'directorDecision', reason: '会议已定' });

  it('whoever proposes it cannot confirm it', () => {
    expect(proposed().try('confirmJump', at('2026-09-21'))).toBe(false);
  });

  it('the post passed over reviews afterwards, and until it has the case does not end', () => {
    const plan = proposed().do('confirmJump', at('2026-09-21'), director);
    expect(plan.stages).toEqual(expect.arrayContaining(['directorDecision', 'supplement']));
    expect(plan.try('file', at('2026-09-22'))).toBe(false);
    plan.do('reviewAfterwards', at('2026-09-22'), { opinion: '无意见' }).do('file', at('2026-09-22'));
    expect(plan.step.final).toEqual({ outcome: 'filed' });
  });

  it('nobody is offered a jump from where none leads: remarks given beforehand are the office’s turn, but no step of its own', () => {
    const before = new CaseInMemory().do('requestPreReview', at('2026-08-17'), { facts: { defects: 0, planType: 'construction', content: 'h1' } });
    expect([before.stages.includes('preReview'), before.powers.includes('proposeJump')]).toEqual([true, false]);
    expect(before.try('proposeJump', at('2026-08-17'), { jumpTo: 'directorDecision', reason: 'x' })).toBe(false);
    const open = inOfficeReview('2026-09-21');
    expect([open.powers.includes('proposeJump'), open.do('returnForCorrection', at('2026-09-21'), { remarks: [] }).powers.includes('proposeJump')]).toEqual([true, false]);
  });

  it('what the procedure runs beside itself is not begun anew by a jump', () => {
    const plan = proposed().do('confirmJump', at('2026-09-21'), director);
    expect(plan.stages).toContain('onTime');
  });
});

describe('退回: to where the case has been, and by the way that was said', () => {
  const wanted = () => new CaseInMemory().do('submit', at('2026-08-17'), { facts: { defects: 0, planType: 'construction', content: 'h1' } }).do('approve', at('2026-08-17')).do('approve', at('2026-08-17'));
  const again = { facts: { defects: 0, planType: 'construction', content: 'h2' } };

  it('straight back: the corrected draft returns to whoever sent it back, once', () => {
    const plan = wanted().do('returnTo', at('2026-08-18'), { target: 'drafting', then: 'straightBack', remarks: [] }).do('submit', at('2026-08-19'), again);
    expect(plan.stages).toContain('governmentApproval');
    plan.do('returnTo', at('2026-08-20'), { target: 'drafting', then: 'stepByStep', remarks: [] }).do('submit', at('2026-08-21'), again);
    expect(plan.stages).toContain('headReview');
  });

  it('a return in the middle of a co-signing leaves no task behind', () => {
    const plan = inCosigning().do('endRound', at('2026-08-18'), { remarks: [] });
    expect(plan.stages).toContain('drafting');
    expect(plan.duties.filter((duty) => duty.startsWith('coSign'))).toEqual([]);
  });
});

describe('who sent it in does not judge it', () => {
  it('not even as the deputy of whoever should', () => {
    const plan = new CaseInMemory().do('submit', at('2026-08-17'), { facts: { defects: 0, planType: 'construction', content: 'h1' } });
    expect(plan.try('approve', at('2026-08-17'), { by: { ...someone, person: 'clerk', org: 'hrss' } })).toBe(false);
    expect(plan.try('approve', at('2026-08-17'))).toBe(true);
  });
});

describe('唤醒: a closed case goes on where it was judged, without being judged for its time again', () => {
  it('comes back to the check, keeps its timeliness, and ends again', () => {
    const plan = inOfficeReview('2026-09-21').do('acceptComplete', at('2026-09-22')).do('file', at('2026-09-23'));
    expect(plan.tasks).toEqual([]);
    plan.do('wake', at('2026-10-12'), { reason: '漏附件' });
    expect(plan.stages).toEqual(expect.arrayContaining(['officeReview', 'onTime']));
    expect(plan.term('plan.officeReview')).toMatchObject({ status: 'armed', usedWorkdays: 0 });
    plan.do('acceptComplete', at('2026-10-13')).do('file', at('2026-10-13'));
    expect(plan.step.final).toEqual({ outcome: 'filed' });
  });
});

describe('who carries a duty, apart from the duty', () => {
  const post = colleague('a');
  it('a transfer frees a claim, an answer keeps the question, a duty no longer owed is carried by nobody', () => {
    const claimed = carried({}, { type: 'task.claim', taskKey: 'k', person: { id: 'p', name: '甲' } });
    expect(carried(claimed, { type: 'task.transfer', taskKey: 'k', post })).toEqual({ k: { post } });
    const asked = carried(claimed, { type: 'task.delegate', taskKey: 'k', post, by: 'p', question: '可行否' });
    expect(carried(asked, { type: 'task.answer', taskKey: 'k', opinion: '可行' }).k).toMatchObject({ person: { id: 'p' }, delegate: { question: '可行否', opinion: '可行' } });
    expect(carried(asked, { type: 'task.takeBack', taskKey: 'k' })).toEqual(claimed);
    expect(carried(claimed, { type: 'task.release', taskKey: 'k' })).toEqual({});
    expect(keptCarriers(asked, ['other'])).toEqual({});
  });
});
