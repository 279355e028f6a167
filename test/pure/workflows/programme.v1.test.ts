import { Walk } from './walk.js';

const planned = (planType: string | null = 'construction', outcome = 'filed') =>
  new Walk('programme').do('plan.ended', { child: 'p', outcome, planType });
const accepted = (walk: Walk) => walk.do('openAcceptance').do('acceptance.ended', { child: 'a', outcome: 'passed' });
const inspected = (walk: Walk) => walk.do('openInspection').do('inspection.ended', { child: 'i', outcome: 'closed' });

describe('programme.v1', () => {
  it('opens the plan at once and waits with a date to wake at', () => {
    const walk = new Walk('programme');
    expect(walk.asks('openCase')).toEqual([{ workflow: 'plan' }]);
    expect(walk.stages).toEqual(['planning', 'withinYear']);
  });

  it('a year with both children ended is closed and pre-archived', () => {
    const walk = accepted(inspected(planned()));
    expect(walk.duties).toEqual(['office.clerk close']);
    walk.do('close', { facts: { carriedOver: 0 } });
    expect(walk.asks('archiveCase')).toHaveLength(1);
    expect(walk.done).toBe(false);
    walk.do('case.archived');
    expect(walk.done).toBe(true);
  });

  it('a plan with nothing to build, or exempted, skips the acceptance and keeps the inspection', () => {
    for (const walk of [planned('nothingNew'), planned(null, 'exempted')]) {
      expect(walk.stages).toContain('acceptanceNotNeeded');
      expect(walk.takes('openAcceptance')).toBe(false);
      expect(inspected(walk).duties).toEqual(['office.clerk close']);
    }
  });

  it('a refused or failed acceptance may be applied for again', () => {
    for (const outcome of ['refused', 'failed', 'abandoned']) {
      const walk = planned().do('openAcceptance').do('acceptance.ended', { child: 'a', outcome });
      expect(walk.takes('openAcceptance')).toBe(true);
      expect(accepted(walk).context.acceptances).toHaveLength(2);
    }
  });

  it('the end of the year wakes the office, which carries unfinished projects over', () => {
    const walk = inspected(planned()).do('term.programme.yearEnd.due');
    expect(walk.duties).toEqual(['office.clerk recordFollowUp|carryOver']);
    walk.do('recordFollowUp', { reason: '已函询' }).do('carryOver', { reason: '未完工' });
    expect(walk.stages).toContain('closing');
    expect(walk.do('close', { facts: { carriedOver: 2 } }).context.carriedOver).toBe(2);
  });

  it('a year is not carried over while a child is under way', () => {
    const walk = inspected(planned()).do('openAcceptance').do('term.programme.yearEnd.due');
    expect(walk.takes('carryOver')).toBe(false);
    expect(walk.do('acceptance.ended', { child: 'a', outcome: 'failed' }).takes('carryOver')).toBe(true);
  });

  it('a plan never filed leaves an open duty after the end of the year', () => {
    expect(new Walk('programme').do('term.programme.yearEnd.due').duties).toEqual(['office.clerk recordFollowUp|carryOver']);
  });
});
