import { scoreSheetOf } from '../../../workflows/policies/pack-rules.js';
import { by, pinned, Walk } from './walk.js';

const items = scoreSheetOf(pinned.pack).items;
const ofDepartment = (department: string) => items.filter((i) => i.department === department).map((i) => i.id);
const member = (post: string, department: string, leader = false) =>
  ({ key: post, post, org: department, role: 'team.member', name: post, department, leader, items: ofDepartment(department) });
const team = [member('a', 'hrss', true), member('b', 'finance'), member('c', 'planning')];
const at = (post: string) => ({ by: by({ post }), task: { key: `members:${post}`, subject: { post } } });
const full = (department: string, off = 0) =>
  Object.fromEntries(items.filter((i) => i.department === department).map((i, n) => [i.id, i.points - (n === 0 ? off : 0)]));

const onSite = () => new Walk('acceptance').do('apply', { facts: { defects: 0, content: 'h1', selfScore: 950 } }).do('acceptApplication')
  .do('formTeam', { facts: { defects: 0, team } });
const scored = (off = 0, vetoes: string[] = []) => {
  const walk = onSite().do('recordVisit', { from: '2026-11-02', to: '2026-11-03' });
  for (const m of team) walk.do('scoreItems', { ...at(m.post), facts: { defects: 0, scores: full(m.department, off), vetoes } });
  return walk;
};
const finding = { clause: 'C-9.2', text: '档案室少4 m²', severity: 'blocking', proposal: '扩建', days: 30, object: '示例街道服务中心', site: 'S1' };
const signed = (walk: Walk, dissenter?: string) => {
  for (const m of team) walk.do(m.post === dissenter ? 'dissent' : 'sign', { ...at(m.post), reason: '面积应再测' });
  return walk;
};
const issued = { document: { kind: 'acceptanceReport', id: 'd1', number: '济基平验〔2026〕1号', sha256: 'x', at: 'now' } };
const conditional = () => signed(scored(10).do('submitDraft', { ...at('a'), conclusion: 'conditional', findings: [finding] })).do('issue').do('document.issued', issued);

describe('acceptance.v1', () => {
  it('what the unit applies with is released to the city only by applying', () => {
    const walk = new Walk('acceptance');
    expect(walk.live().getMeta()['acceptance.main.applying']).toMatchObject({ visibility: 'unit', content: 'live' });
    walk.do('apply', { facts: { defects: 0, content: 'h1' } });
    expect(walk.asks('releaseContent')).toHaveLength(1);
    expect(walk.takes('apply')).toBe(false);
  });

  it('an application may be abandoned, refused, or corrected and sent again', () => {
    expect(new Walk('acceptance').do('abandon').main).toBe('abandoned');
    const applied = () => new Walk('acceptance').do('apply', { facts: { defects: 0, content: 'h1' } });
    expect(applied().do('refuseApplication', { reason: '未完工' }).main).toBe('refused');
    const again = applied().do('requestCorrection', { remarks: [{ id: 'r1', section: 'constructionPapers', text: '缺竣工材料' }] });
    expect(again.asks('pauseTerm')).toEqual([{ term: 'acceptance.eligibility' }]);
    again.do('reapply', { replies: { r1: '已补' }, facts: { defects: 0, content: 'h2' } });
    expect(again.context.remarks[0].reply).toBe('已补');
    expect(again.stages).toEqual(['eligibility']);
  });

  it('the total is computed when the last member has scored, and never before', () => {
    const walk = onSite().do('recordVisit', { from: '2026-11-02', to: '2026-11-03' });
    walk.do('scoreItems', { ...at('a'), facts: { defects: 0, scores: full('hrss') } });
    expect(walk.context.total).toBeNull();
    expect(walk.duties).toEqual(['members:b scoreItems', 'members:c scoreItems']);
    walk.do('scoreItems', { ...at('b'), facts: { defects: 0, scores: full('finance', 25) } });
    walk.do('scoreItems', { ...at('c'), facts: { defects: 0, scores: full('planning') } });
    expect(walk.context).toMatchObject({ total: 975, grade: 'excellent' });
    expect(walk.stages).toEqual(['drafting']);
  });

  it('passed is refused with a finding, with a veto and with a failing total, whoever asks', () => {
    expect(scored().takes('submitDraft', { ...at('a'), conclusion: 'passed', findings: [finding] })).toBe(false);
    expect(scored(0, ['misuse']).takes('submitDraft', { ...at('a'), conclusion: 'passed', findings: [] })).toBe(false);
    expect(scored(0, ['misuse']).context.grade).toBe('fail');
    expect(scored().takes('submitDraft', { ...at('a'), conclusion: 'passed', findings: [] })).toBe(true);
    expect(scored().takes('submitDraft', { ...at('a'), conclusion: 'conditional', findings: [] })).toBe(false);
  });

  it('a rectification is no way round a veto or a failing total, because nothing is scored anew after it', () => {
    for (const walk of [scored(0, ['misuse']), scored(1000)]) {
      expect(walk.takes('submitDraft', { ...at('a'), conclusion: 'conditional', findings: [finding] })).toBe(false);
      expect(walk.takes('submitDraft', { ...at('a'), conclusion: 'failed', findings: [finding] })).toBe(true);
    }
  });

  it('what was measured short of its standard is not passed: it is a finding', () => {
    const walk = onSite().do('recordVisit', { from: '2026-11-02', to: '2026-11-03', facts: { defects: 0, measuredShort: 1 } });
    for (const m of team) walk.do('scoreItems', { ...at(m.post), facts: { defects: 0, scores: full(m.department) } });
    expect(walk.takes('submitDraft', { ...at('a'), conclusion: 'passed', findings: [] })).toBe(false);
    expect(walk.takes('submitDraft', { ...at('a'), conclusion: 'conditional', findings: [finding] })).toBe(true);
  });

  it('the main path ends as passed only when the numbered report is there', () => {
    const walk = signed(scored().do('submitDraft', { ...at('a'), conclusion: 'passed', findings: [] })).do('issue');
    expect(walk.stages).toEqual(['numbering']);
    expect(walk.asks('issueDocument')).toEqual([{ kind: 'acceptanceReport', visibleTo: 'both', then: true }]);
    walk.do('document.issued', { document: { kind: 'inspectionNotice' } });
    expect(walk.done).toBe(false);
    walk.do('document.issued', issued);
    expect(walk.main).toBe('passed');
    expect(walk.context.documents).toHaveLength(2);
    expect(walk.asks('tellParent')).toEqual([{ event: 'acceptance.ended' }]);
  });

  it('a refused paper (a name without a glyph) brings the report back with its reason', () => {
    const walk = signed(scored().do('submitDraft', { ...at('a'), conclusion: 'passed', findings: [] })).do('issue').do('document.refused', { kind: 'acceptanceReport', reason: '缺字 𠮷' });
    expect(walk.stages).toEqual(['drafting']);
    expect(walk.context.lastRefusal).toBe('缺字 𠮷');
  });

  it('a dissent counts as an answer and everyone must answer', () => {
    const walk = scored().do('submitDraft', { ...at('a'), conclusion: 'passed', findings: [] });
    walk.do('dissent', { ...at('b'), reason: '面积应再测' }).do('sign', at('a'));
    expect(walk.stages).toEqual(['signing']);
    walk.do('sign', at('c'));
    expect(walk.stages).toEqual(['issuing']);
    expect(walk.context.signatures.map((s: any) => s.outcome)).toEqual(['dissent', 'signed', 'signed']);
  });

  it('a signature on paper closes the duty of the post its task names', () => {
    const walk = scored().do('submitDraft', { ...at('a'), conclusion: 'passed', findings: [] });
    walk.do('sign', { by: by({ post: null, person: null }), task: { key: 'members:b', subject: { post: 'b' } } });
    expect(walk.duties).toEqual(['members:a sign|dissent', 'members:c sign|dissent']);
  });

  it('the leader may take a draft back, which voids the signatures given', () => {
    const walk = scored().do('submitDraft', { ...at('a'), conclusion: 'passed', findings: [] }).do('sign', at('b')).do('takeBackDraft', at('a'));
    expect(walk.stages).toEqual(['drafting']);
    expect(walk.context.signatures).toEqual([]);
  });

  it('the director sends back once, the score stays, and a second time is refused', () => {
    const walk = signed(scored().do('submitDraft', { ...at('a'), conclusion: 'passed', findings: [] })).do('sendBackForReconsideration', { reason: '理由不足', total: 1 });
    expect(walk.context).toMatchObject({ reconsidered: 1, total: 1000 });
    signed(walk.do('submitDraft', { ...at('a'), conclusion: 'passed', findings: [] }));
    expect(walk.takes('sendBackForReconsideration', { reason: 'x' })).toBe(false);
    expect(walk.takes('issue')).toBe(true);
  });

  it('another conclusion after reconsideration stands in the list of exceptions; the same one does not', () => {
    const back = () => signed(scored(10).do('submitDraft', { ...at('a'), conclusion: 'conditional', findings: [finding] })).do('sendBackForReconsideration', { reason: '理由不足' });
    expect(back().do('submitDraft', { ...at('a'), conclusion: 'failed', findings: [finding] }).asks('exception')).toEqual([{ kind: 'conclusion-changed' }]);
    expect(back().do('submitDraft', { ...at('a'), conclusion: 'conditional', findings: [finding] }).asks('exception')).toEqual([]);
  });

  it('conditional: each finding is answered, looked at again, and a second report ends it as passed', () => {
    const walk = conditional();
    expect(walk.stages).toEqual(['rectifying']);
    walk.do('submitRectification', { task: { key: 'x', subject: { key: 'F1' } } });
    expect(walk.stages).toEqual(['reinspection']);
    walk.do('confirmRectification', { ...at('a'), results: [{ finding: 'F1', passed: true }] });
    expect(walk.asks('issueDocument')).toHaveLength(1);
    expect(walk.do('document.issued', issued).main).toBe('passed');
  });

  it('conditional: one finding not put right ends it as failed', () => {
    const walk = conditional().do('submitRectification', { task: { key: 'x', subject: { key: 'F1' } } })
      .do('confirmRectification', { ...at('a'), results: [{ finding: 'F1', passed: false }] });
    expect(walk.do('document.issued', issued).main).toBe('failed');
  });

  it('conditional: a second report that is refused returns to the re-inspection, not to the first draft', () => {
    const walk = conditional().do('submitRectification', { task: { key: 'x', subject: { key: 'F1' } } })
      .do('confirmRectification', { ...at('a'), results: [{ finding: 'F1', passed: true }] }).do('document.refused', { kind: 'acceptanceReport', reason: 'x' });
    expect(walk.stages).toEqual(['reinspection']);
    expect(walk.duties).toEqual(['lead:leader confirmRectification']);
  });

  it('an unanswered rectification ends in a re-inspection after its sixty days, not in silence', () => {
    const walk = conditional().do('term.acceptance.rectifying.due');
    expect(walk.stages).toEqual(['reinspection']);
    expect(walk.asks('exception')).toEqual([{ kind: 'rectification-overdue' }]);
  });

  it('failed: the report is issued and the case ends', () => {
    const walk = signed(scored(0, ['misuse']).do('submitDraft', { ...at('a'), conclusion: 'failed', findings: [] })).do('issue').do('document.issued', issued);
    expect(walk.main).toBe('failed');
  });

  it('a replaced member hands on only what is not yet scored; given scores stay', () => {
    const walk = onSite().do('recordVisit', { from: '2026-11-02', to: '2026-11-03' }).do('scoreItems', { ...at('b'), facts: { defects: 0, scores: full('finance') } });
    walk.do('replaceMember', { leaves: 'c', reason: '回避', approvedBy: '主任', facts: { defects: 0, joins: { ...member('d', 'planning'), items: undefined } } });
    expect(walk.duties).toEqual(['members:a scoreItems', 'members:d scoreItems']);
    expect(walk.context.replacements).toMatchObject([{ left: 'c', joined: 'd' }]);
    walk.do('replaceMember', { leaves: 'a', reason: '调离', approvedBy: '主任', facts: { defects: 0, joins: member('e', 'hrss') } });
    expect(walk.context.lead).toMatchObject([{ post: 'e', open: true }]);
  });
});
