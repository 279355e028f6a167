import { by, Walk } from './walk.js';

const team = [
  { key: 'a', post: 'a', org: 'office', role: 'inspector', name: '甲', department: 'hrss', leader: true, items: [] },
  { key: 'b', post: 'b', org: 'finance', role: 'inspector', name: '乙', department: 'finance', leader: false, items: [] },
];
const sites = ['S1', 'S2'].map((key) => ({ key, tier: 'center', placeCode: key, name: `${key}服务中心`, className: 'Ⅱ' }));
const finding = { clause: 'C-9.2', text: '档案室少4 m²', severity: 'major', proposal: '扩建', days: 15 };
const at = (post: string) => ({ by: by({ post }) });
const on = (key: string) => ({ task: { key, subject: { key } } });

const scheduled = () => new Walk('inspection').do('schedule', {
  basis: { kind: 'annualPlan', number: '济考〔2026〕3号' }, from: '2026-10-20', to: '2026-10-21', facts: { defects: 0, team, sites },
});
const recorded = (findings: unknown[]) => scheduled()
  .do('recordSite', { ...at('a'), ...on('S1'), counterSigned: true, findings })
  .do('recordSite', { ...at('b'), ...on('S2'), counterSigned: false, findings: [] });

describe('inspection.v1', () => {
  it('every sampled platform must be recorded before the team may consolidate', () => {
    const walk = scheduled().do('recordSite', { ...at('a'), ...on('S1'), counterSigned: true, findings: [] });
    expect(walk.stages).toEqual(['onSite']);
    expect(walk.duties).toEqual(['sites:S2:a recordSite', 'sites:S2:b recordSite']);
    walk.do('recordSite', { ...at('b'), ...on('S2'), counterSigned: true, findings: [] });
    expect(walk.duties).toEqual(['lead:leader consolidate']);
  });

  it('nobody records a platform before the first day of the visit, nor from outside the team', () => {
    const walk = scheduled();
    expect(walk.takes('recordSite', { ...at('a'), ...on('S1') }, '2026-10-19T15:59:59.000Z')).toBe(false);
    expect(walk.takes('recordSite', { ...at('a'), ...on('S1') }, '2026-10-19T16:00:00.000Z')).toBe(true);
    expect(walk.takes('recordSite', { ...at('stranger'), ...on('S1') })).toBe(false);
  });

  it('a visit without findings closes at once, tells the programme and goes to the archive', () => {
    const walk = recorded([]).do('consolidate', at('a'));
    expect(walk.done).toBe(true);
    expect(walk.asks('tellParent')).toEqual([{ event: 'inspection.ended' }]);
    expect(walk.asks('archiveCase')).toHaveLength(1);
    expect(walk.asks('issueDocument')).toEqual([{ kind: 'inspectionReport', visibleTo: 'both' }]);
  });

  it('a finding sent back twice needs a third answer, and only its own duty opens again', () => {
    const walk = recorded([finding, { ...finding, text: '未设接待室' }]).do('consolidate', at('a')).do('signNotice').do('acceptFindings');
    expect(walk.duties).toEqual(['findings:F1 submitRectification', 'findings:F2 submitRectification']);
    for (let round = 1; round <= 2; round++) {
      walk.do('submitRectification', on('F1'));
      expect(walk.duties).toEqual(expect.arrayContaining(['verifying:F1:a verify|sendBackRectification', 'verifying:F1:b verify|sendBackRectification']));
      walk.do('sendBackRectification', { ...at('b'), ...on('F1'), reason: '照片不清' });
    }
    walk.do('submitRectification', on('F1')).do('verify', { ...at('a'), ...on('F1') });
    expect(walk.duties).toEqual(['findings:F2 submitRectification']);
    expect(walk.context.findings[0]).toMatchObject({ state: 'verified', round: 3 });
    walk.do('submitRectification', on('F2')).do('verify', { ...at('a'), ...on('F2') });
    expect(walk.done).toBe(true);
  });

  it('silence on the findings moves on, but as an exception and never as consent', () => {
    const walk = recorded([finding]).do('consolidate', at('a')).do('signNotice').do('term.inspection.feedback.due');
    expect(walk.stages).toEqual(['rectifying']);
    expect(walk.asks('exception')).toEqual([{ kind: 'no-feedback' }]);
    expect(walk.context.silent).toBe(true);
  });

  it('an upheld objection takes its finding back; with nothing left the case closes', () => {
    const walk = recorded([finding]).do('consolidate', at('a')).do('signNotice').do('objectTo', { objections: [{ finding: 'F1', reason: '已扩建' }] });
    expect(walk.stages).toEqual(['objection']);
    walk.do('decideObjections', { decisions: [{ finding: 'F1', decision: 'upheld', reason: '复测达标' }] });
    expect(walk.done).toBe(true);
    expect(walk.context.findings[0].state).toBe('withdrawn');
  });

  it('an objection without a decision stands dismissed, not forgotten', () => {
    const walk = recorded([finding]).do('consolidate', at('a')).do('signNotice').do('objectTo', { objections: [{ finding: 'F1', reason: 'x' }] })
      .do('decideObjections', { decisions: [] });
    expect(walk.duties).toEqual(['findings:F1 submitRectification']);
    expect(walk.context.objections[0].decision).toBe('dismissed');
  });

  it('the director may return the notice to the team', () => {
    expect(recorded([finding]).do('consolidate', at('a')).do('returnToTeam', { reason: '条款有误' }).stages).toEqual(['consolidating']);
  });

  it('a visit is rescheduled only while nothing has been recorded', () => {
    expect(scheduled().do('reschedule', { reason: '大雪' }).stages).toEqual(['planning']);
    const begun = scheduled().do('recordSite', { ...at('a'), ...on('S1'), counterSigned: true, findings: [] });
    expect(begun.takes('reschedule')).toBe(false);
  });

  it('dates outside the window stand in the list of exceptions', () => {
    const walk = new Walk('inspection').do('schedule', { from: '2027-01-05', to: '2027-01-05', facts: { defects: 0, outsideWindow: true, team, sites } });
    expect(walk.asks('exception')).toEqual([{ kind: 'inspection-window' }]);
  });

  it('an overdue rectification stays open and is listed', () => {
    const walk = recorded([finding]).do('consolidate', at('a')).do('signNotice').do('acceptFindings').do('term.inspection.rectifying.due');
    expect(walk.asks('exception')).toEqual([{ kind: 'rectification-overdue' }]);
    expect(walk.duties).toHaveLength(1);
  });
});
