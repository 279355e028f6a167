import { WorkCalendar } from '../../../src/domain/calendar.js';
import { machineFor } from '../../../workflows/registry.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { gradesOf, scoreSheetOf } from '../../../workflows/policies/pack-rules.js';
import type { StageMeta } from '../../../workflows/vocabulary.js';
import { chineseCalendar } from '../../../src/register/chinese-calendar.js';
import { acceptanceView } from '../../../src/web/case-view/acceptance-view.js';
import { findingsView } from '../../../src/web/case-view/findings-view.js';
import { subCells } from '../../../src/web/case-view/sub-cells.js';
import { subjectName } from '../../../src/web/case-view/subject-name.js';
import { termLedger } from '../../../src/web/case-view/term-ledger.js';
import { pageOf } from '../../../src/web/page-of.js';

const { hash, pack } = policyPack('jinan-2011-61');
const calendar: WorkCalendar = chineseCalendar();
const at = (text: string): Date => new Date(`${text}+08:00`);
const meta = (stage: string): StageMeta => {
  const below = (node: { meta?: unknown; states: Record<string, unknown> }): StageMeta[] => [node.meta as StageMeta, ...Object.values(node.states).flatMap((one) => below(one as never))];
  return below(machineFor('plan', 1, { hash, pack }).root as never).find((one) => one?.stage === stage)!;
};
const visit = (stage: string, seq: number, from: string, to: string | null) => ({ stage, seq, enteredAt: at(from), leftAt: to === null ? null : at(to) });

describe('the ledger of a term', () => {
  const visits = [
    visit('officeReview', 5, '2026-09-15T10:31', '2026-09-18T17:10'), visit('correcting', 6, '2026-09-18T17:10', '2026-09-28T15:47'), visit('officeReview', 7, '2026-09-28T15:47', null),
  ];
  const kinds = (now: string) => termLedger(pack, calendar, visits, meta('officeReview'), at(now), false)!;

  it('counts 3 days, pauses 6 while the unit corrects, goes on with 2 and is overdue on the first day after the holiday', () => {
    const { cells, used, over, budget } = kinds('2026-10-09T10:00');
    expect([budget, used, over]).toEqual([5, 7, 2]);
    expect(cells.map((cell) => `${cell.label}${cell.kind[0]}`).join(' ')).toBe('16c 17c 18c 20p 21p 22p 23p 24p 28p 29c 30c 8o 9o');
  });

  it('names the working weekend and the holiday within its days, and no day twice', () => {
    const { footnote } = kinds('2026-10-09T10:00');
    expect(footnote).toEqual({ worked: [{ from: '2026-09-20', to: null }], off: [{ from: '2026-09-25', to: null }, { from: '2026-10-01', to: '2026-10-02' }, { from: '2026-10-05', to: '2026-10-07' }] });
  });

  it('stands still while the unit has it: the days of a pause never become overdue', () => {
    const paused = visits.slice(0, 2).map((one) => ({ ...one, leftAt: one.stage === 'correcting' ? null : one.leftAt }));
    expect(termLedger(pack, calendar, paused, meta('officeReview'), at('2026-12-01T10:00'), false)).toMatchObject({ used: 3, over: 0 });
  });

  it('a second round after a decision was sent back has its whole budget again', () => {
    const again = [visit('officeReview', 5, '2026-09-07T10:00', '2026-09-11T10:00'), visit('directorDecision', 6, '2026-09-11T10:00', '2026-09-14T10:00'), visit('officeReview', 7, '2026-09-14T10:00', null)];
    expect(termLedger(pack, calendar, again, meta('officeReview'), at('2026-09-15T10:00'), false)).toMatchObject({ used: 1, over: 0 });
  });

  it('there is none of a statutory date: nobody counts working days of it', () => {
    expect(termLedger(pack, calendar, [visit('waiting', 1, '2026-08-17T09:00', null)], meta('waiting'), at('2026-09-01T10:00'), false)).toBeNull();
  });
});

describe('the outcome of an acceptance on screen', () => {
  const sheet = scoreSheetOf(pack);
  const scores = Object.fromEntries(sheet.items.map((item, index) => [item.id, item.points - (index % 3) * 5]));
  const total = Object.values(scores).reduce((sum, one) => sum + one, 0);
  const context = { scores, total, grade: gradesOf(pack)[1]!.id, vetoes: [], conclusion: 'conditional', selfScore: 925, documents: [] };

  it('adds up: the six are the total, and the total is the one the chart computed', () => {
    const view = acceptanceView(pack, context, [], 'city')!;
    const tenths = (text: string): number => Math.round(Number(text) * 10);
    expect(view.dimensions.reduce((sum, one) => sum + tenths(one.score), 0)).toBe(total);
    expect([tenths(view.total), view.points, view.dimensions]).toMatchObject([total, '100', { length: 6 }]);
    expect(view.sample).toBe(true);
  });

  it('is not shown while one member has not scored, so that nobody is led by another’s score', () => {
    expect(acceptanceView(pack, { ...context, total: null }, [], 'city')).toBeNull();
  });

  it('reaches the unit with the issued report and not before', () => {
    expect(acceptanceView(pack, context, [], 'unit')).toBeNull();
    expect(acceptanceView(pack, { ...context, documents: [{ kind: 'acceptanceReport' }] }, [], 'unit')).not.toBeNull();
  });
});

describe('what one side may not see of the other', () => {
  const finding = { key: 'F1', object: '大厅', clause: 'C-9.1', text: '面积不足', severity: 'major', proposal: '扩建', days: 30, state: 'proposed', round: 0, lacking: null };
  const head = (stage: string, workflow = 'plan') => ({ stage, workflow, final: false }) as never;

  it('a proposal of inspectors is no demand: the unit does not read it before the office has signed', () => {
    expect(findingsView(pack, { findings: [finding] }, 'unit')).toEqual([]);
    expect(findingsView(pack, { findings: [finding] }, 'city')).toHaveLength(1);
  });

  it('a district’s co-signing is not shown to the city, nor a team’s open signatures to the unit', () => {
    const context = { cosigners: [{ name: '区财政局', answer: 'objected' }], members: [{ name: '甲', leader: true, open: true }] };
    expect(subCells(head('coSign'), context, 'city')).toBeNull();
    expect(subCells(head('coSign'), context, 'unit')).toMatchObject({ done: 1, cells: [{ state: 'warn' }] });
    expect(subCells(head('signing', 'acceptance'), context, 'unit')).toBeNull();
  });

  it('a member’s own task is named by its case, not by the member', () => {
    expect(subjectName({ key: 'p', post: 'p', name: '袁怀瑾', department: '市人社局' })).toBeNull();
    expect(subjectName({ tier: 'hall', name: '历下区大厅' })).toBe('历下区大厅');
  });
});

describe('a long list', () => {
  it('shows every line on one page only, and a page beyond the end is the last', () => {
    const all = Array.from({ length: 45 }, (_, index) => index);
    const pages = [1, 2, 3].flatMap((page) => pageOf(all, String(page), 20, '/?tab=todo').items);
    expect(pages).toEqual(all);
    expect(pageOf(all, '99', 20, '/?tab=todo')).toMatchObject({ page: 3, next: null, previous: '/?tab=todo&page=2' });
    expect(pageOf(all, 'x', 20, '/?tab=todo').page).toBe(1);
  });
});
