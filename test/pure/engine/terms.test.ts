import { armTerm, pauseTerm, reckonAnew, resumeTerm, withReminder, type TermRule } from '../../../src/engine/terms.js';
import { chineseCalendar } from '../../../src/register/chinese-calendar.js';
import { statutoryDates, termRule } from '../../../src/engine/pack-terms.js';
import { beijing, calendar, CaseInMemory, inOfficeReview, pinned } from './case-in-memory.js';

const five: TermRule = { kind: 'workdays', amount: 5, reminders: [1] };
const ladder: TermRule = { kind: 'date', amount: 0, reminders: [1, 3, 30, 7, 14] };
const filing = statutoryDates(pinned.pack, 2026)['plan.filing']!;
const arm = (now: string, rule = five, date?: string) => armTerm('t', rule, 'city', 3, now, calendar, date);

describe('arming a term', () => {
  it('five working days across the National Day end on the fifth day people work, at 24:00 Beijing time', () => {
    // After Monday 28 September: 29, 30, then 1–7 October off, 8, 9 and Saturday the 10th, which is worked.
    expect(arm(beijing('2026-09-28')).dueAt).toBe(beijing('2026-10-11', '00:00:00'));
  });

  it('a term armed a second before midnight does not gain a day over one armed in the morning', () => {
    expect(arm(beijing('2026-08-17', '23:59:59')).dueAt).toBe(arm(beijing('2026-08-17', '08:00:00')).dueAt);
  });

  it('the day is Beijing’s even while Greenwich still has yesterday', () => {
    // 00:30 on the 18th in Beijing is 16:30 on the 17th in Greenwich.
    expect(arm(beijing('2026-08-18', '00:30:00')).dueAt).toBe(beijing('2026-08-26', '00:00:00'));
  });

  it('a statutory date is not moved by holidays nor by the day the case was opened', () => {
    expect(filing).toBe(beijing('2026-10-01', '00:00:00'));
    for (const day of ['2026-08-17', '2026-09-29']) expect(arm(beijing(day), ladder, filing).dueAt).toBe(filing);
  });

  it('calendar days count weekends', () => {
    expect(arm(beijing('2026-08-14'), { kind: 'days', amount: 3, reminders: [] }).dueAt).toBe(beijing('2026-08-18', '00:00:00'));
  });

  it('a term that reaches into a year without a published calendar says so', () => {
    expect(arm(beijing('2026-12-30')).provisional).toBe(true);
    expect(arm(beijing('2026-08-17')).provisional).toBe(false);
  });

  it('a term the pack does not have is an error, not a term of no days', () => {
    expect(() => termRule(pinned.pack, 'plan.imagined', {})).toThrow(/no term 'plan.imagined'/);
  });
});

describe('pausing and resuming', () => {
  it('the days used before the pause stay used', () => {
    const armed = arm(beijing('2026-08-17'));
    const paused = pauseTerm(armed, five, beijing('2026-08-19'), calendar);
    expect(paused).toMatchObject({ status: 'paused', usedWorkdays: 2, dueAt: null, nextReminderAt: null });
    // Three of five days are left, counted from the Monday it comes back.
    expect(resumeTerm(paused, five, 9, beijing('2026-08-31'), calendar)).toMatchObject({ status: 'armed', entry: 9, pausedAt: null, dueAt: beijing('2026-09-04', '00:00:00') });
  });

  it('two pauses add up', () => {
    const once = pauseTerm(arm(beijing('2026-08-17')), five, beijing('2026-08-18'), calendar);
    const twice = pauseTerm(resumeTerm(once, five, 5, beijing('2026-08-24'), calendar), five, beijing('2026-08-26'), calendar);
    expect(twice.usedWorkdays).toBe(3);
  });

  it('a term used up is due at the end of the day it comes back, never in the past', () => {
    const spent = pauseTerm(arm(beijing('2026-08-17')), five, beijing('2026-08-28'), calendar);
    expect(resumeTerm(spent, five, 7, beijing('2026-09-07', '17:00:00'), calendar).dueAt).toBe(beijing('2026-09-08', '00:00:00'));
  });
});

describe('a term of calendar days', () => {
  it('keeps the calendar days it has used, weekends too', () => {
    const rule = { kind: 'days', amount: 10, reminders: [] } as const;
    // Friday to Monday are three of its ten days.
    const paused = pauseTerm(arm(beijing('2026-08-14'), rule), rule, beijing('2026-08-17'), calendar);
    expect(paused.usedWorkdays).toBe(3);
    expect(resumeTerm(paused, rule, 5, beijing('2026-09-01'), calendar).dueAt).toBe(beijing('2026-09-09', '00:00:00'));
  });
});

describe('the ladder of reminders', () => {
  it('has one rung more where 30 September is a day off: the last working day, and the deadline itself stays', () => {
    // In 2023 Mid-Autumn and National Day ran from Friday 29 September to 6 October.
    const rule = termRule(pinned.pack, 'plan.filing', statutoryDates(pinned.pack, 2023));
    let row = armTerm('t', rule, 'unit', 1, beijing('2023-09-20'), calendar, statutoryDates(pinned.pack, 2023)['plan.filing']);
    const days: string[] = [];
    while (row.nextReminderAt !== null) {
      days.push(row.nextReminderAt);
      row = withReminder(row, rule, row.nextReminderAt, calendar);
    }
    expect(days).toEqual(['2023-09-23', '2023-09-27', '2023-09-28', '2023-09-29'].map((day) => beijing(day, '00:00:00')));
    expect(row.dueAt).toBe(beijing('2023-10-01', '00:00:00'));
  });

  it('ends on the last working day itself where 30 September is worked: the day on which something can still be done', () => {
    const rule = termRule(pinned.pack, 'plan.filing', statutoryDates(pinned.pack, 2026));
    const last = withReminder(arm(beijing('2026-08-17'), rule, filing), rule, beijing('2026-09-29', '00:00:00'), calendar);
    expect(last).toMatchObject({ nextRung: 0, nextReminderAt: beijing('2026-09-30', '00:00:00'), dueAt: filing });
    expect(withReminder(last, rule, last.nextReminderAt!, calendar).nextReminderAt).toBeNull();
  });

  it('climbs 30, 14, 7, 3, 1, each at the start of its day, whatever the order in the pack', () => {
    let row = arm(beijing('2026-08-17'), ladder, filing);
    const climbed: [number, string][] = [];
    while (row.nextReminderAt !== null) {
      climbed.push([row.nextRung!, row.nextReminderAt]);
      row = withReminder(row, ladder, row.nextReminderAt, calendar);
    }
    expect(climbed).toEqual([
      [30, beijing('2026-08-31', '00:00:00')], [14, beijing('2026-09-16', '00:00:00')], [7, beijing('2026-09-23', '00:00:00')],
      [3, beijing('2026-09-27', '00:00:00')], [1, beijing('2026-09-29', '00:00:00')],
    ]);
  });

  it('a case opened late is reminded of what is still to come, not of rungs gone by', () => {
    expect(arm(beijing('2026-09-25'), ladder, filing).nextRung).toBe(3);
    expect(arm(beijing('2026-09-30'), ladder, filing)).toMatchObject({ nextRung: null, nextReminderAt: null });
  });
});

describe('a calendar that comes later', () => {
  const published = chineseCalendar([{ year: 2027, holidays: ['2027-01-01', '2027-01-04'], workdays: ['2027-01-09'] }], 'published');

  it('finds the last day anew from the day the term began; what was used before a pause stays used', () => {
    const guessed = arm(beijing('2026-12-30'));
    expect([guessed.dueAt, guessed.provisional]).toEqual([beijing('2027-01-07', '00:00:00'), true]);
    // Of 31 December, 5, 6, 7 and 8 January the last; the 1st and the 4th are off.
    expect(reckonAnew(guessed, five, beijing('2026-12-31'), published)).toMatchObject({ dueAt: beijing('2027-01-09', '00:00:00'), provisional: false, calendarVersion: 'published' });
    const resumed = resumeTerm(pauseTerm(arm(beijing('2026-12-28')), five, beijing('2026-12-30'), calendar), five, 2, beijing('2026-12-31'), calendar);
    expect(reckonAnew(resumed, five, beijing('2026-12-31'), published)).toMatchObject({ usedWorkdays: 2, dueAt: beijing('2027-01-08', '00:00:00') });
  });

  it('does not move a statutory date nor calendar days, and forgets no reminder that is still to come', () => {
    expect(reckonAnew(arm(beijing('2026-08-17'), ladder, filing), ladder, beijing('2026-09-16', '00:00:00'), published)).toMatchObject({ dueAt: filing, nextRung: 7 });
    const days: TermRule = { kind: 'days', amount: 60, reminders: [1] };
    expect(reckonAnew(arm(beijing('2026-12-01'), days), days, beijing('2026-12-31'), published).dueAt).toBe(beijing('2027-01-31', '00:00:00'));
  });
});

describe('terms of a case', () => {
  it('a correction pauses the office’s days, and what it had used is not given back', () => {
    const plan = inOfficeReview('2026-08-17').do('returnForCorrection', beijing('2026-08-19'), { remarks: [] });
    expect(plan.term('plan.officeReview')).toMatchObject({ status: 'paused', usedWorkdays: 2 });
    expect(plan.term('plan.correcting')).toMatchObject({ status: 'armed', dueAt: beijing('2026-09-03', '00:00:00') });
    plan.do('resubmit', beijing('2026-08-24'), { facts: { defects: 0, content: 'h2', planType: 'construction' } });
    expect(plan.term('plan.officeReview')).toMatchObject({ status: 'armed', dueAt: beijing('2026-08-28', '00:00:00') });
    expect(plan.term('plan.correcting')).toMatchObject({ status: 'cancelled' });
    expect(plan.tasks[0]).toMatchObject({ state: 'officeReview', dueAt: beijing('2026-08-28', '00:00:00') });
  });

  it('an office that lets its term pass and then returns the plan does not earn five new days', () => {
    const plan = inOfficeReview('2026-08-17').do('term.plan.officeReview.due', beijing('2026-08-25', '00:00:00'));
    expect(plan.term('plan.officeReview')!.status).toBe('fired');
    plan.do('returnForCorrection', beijing('2026-08-26'), { remarks: [] });
    plan.do('resubmit', beijing('2026-09-01'), { facts: { defects: 0, content: 'h2', planType: 'construction' } });
    expect(plan.term('plan.officeReview')).toMatchObject({ status: 'armed', dueAt: beijing('2026-09-02', '00:00:00') });
  });

  it('a state entered anew has a full term of its own: nothing is left of the first time', () => {
    const plan = inOfficeReview('2026-08-17').do('acceptComplete', beijing('2026-08-18')).do('sendBack', beijing('2026-08-20'), { opinion: 'x' });
    expect(plan.term('plan.officeReview')).toMatchObject({ status: 'armed', usedWorkdays: 0, startedAt: beijing('2026-08-20'), dueAt: beijing('2026-08-28', '00:00:00') });
    expect(plan.term('plan.officeReview')!.entry).toBe(plan.version);
  });

  it('a reminder moves to the next rung and changes neither the due day nor anybody’s task', () => {
    const plan = inOfficeReview('2026-08-17');
    const before = plan.term('plan.officeReview')!;
    const tasks = plan.tasks.map((t) => t.id);
    plan.do('term.plan.officeReview.remind', before.nextReminderAt!);
    expect(plan.term('plan.officeReview')).toMatchObject({ status: 'armed', dueAt: before.dueAt, nextRung: null });
    expect(plan.tasks.map((t) => t.id)).toEqual(tasks);
  });

  it('an extension replaces the filing date; reminders and deadline follow it', () => {
    const until = beijing('2026-10-16', '00:00:00');
    const plan = new CaseInMemory().do('grantExtension', beijing('2026-09-29'), { until, basis: '批示', reason: 'x' });
    expect(plan.term('plan.filing')).toMatchObject({ status: 'armed', dueAt: until, nextRung: 14 });
    expect(plan.tasks[0]).toMatchObject({ state: 'drafting', dueAt: until });
  });

  it('nothing stays armed in a case that has ended', () => {
    const plan = inOfficeReview('2026-08-17').do('acceptComplete', beijing('2026-08-18')).do('file', beijing('2026-08-19'));
    expect(plan.step.final).toEqual({ outcome: 'filed' });
    expect([...plan.terms.values()].filter((t) => t.status === 'armed' || t.status === 'paused')).toEqual([]);
  });
});
