import { scoreSheetOf } from '../../../workflows/policies/pack-rules.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { modelInput } from './case-input.js';
import { tally, type ChartModel, type Facts, type Variation } from './chart-model.js';

const withDefects: Variation = { label: '有缺项', facts: { defects: 1 } };
const posts = ['m1', 'm2', 'm3', 'm4'];

/** Somebody who is not of the team. */
const stranger: Variation = { label: '组外', by: { post: 'stranger' } };

/** A team of so many, the first leading; score items are dealt out in turn. */
const team = (size: number, role: string, items: readonly string[] = []): Record<string, unknown>[] =>
  posts.slice(0, size).map((post, index) => ({
    key: post, post, org: 'office', role, name: post, department: post, leader: index === 0, items: items.filter((_item, n) => n % size === index), open: false,
  }));

const members = (c: Facts) => tally(c.members as Facts[], (m) => [m.leader, m.open, m.items.length > 0]);
/** How often a finding was answered makes no difference after the first time. */
const findings = (c: Facts) => tally(c.findings as Facts[], (f) => [f.severity, f.state, f.open, f.round > 0]);
const found = { clause: 'C-3.1', text: 'problem', severity: 'major', proposal: 'put right', days: 10 };
const findingKeys = (c: Facts): string[] => (c.findings as Facts[]).filter((f) => f.state !== 'withdrawn').map((f) => f.key);

/** `inspection.v1`: teams of two and three, at most two places and two findings; a visit that has begun and one that is to come. */
export function inspectionModel(pack: PolicyPack): ChartModel {
  const instants = ['2026-09-01T01:00:00.000Z', '2026-12-01T01:00:00.000Z'];
  const sites = (count: number) => ['s1', 's2'].slice(0, count).map((key) => ({ key, tier: 'station', placeCode: key, name: key, className: null }));
  const visit = (label: string, size: number, places: number, from: string, facts: Record<string, unknown> = {}): Variation => ({
    label, fields: { basis: { kind: 'annualPlan', number: '1' }, from, to: from }, facts: { team: team(size, 'inspector'), sites: sites(places), ...facts },
  });
  return {
    inputs: [modelInput(pack)],
    instants,
    endings: {},
    facts: (c, stages) => [
      members(c), findings(c), tally(c.sites as Facts[], (s) => s.open), c.from === null ? null : c.from > '2026-10-01',
      stages.has('objection') ? tally(c.objections as Facts[], (o) => o.decision) : null,
    ],
    variations: {
      schedule: () => [
        visit('2 人 1 处', 2, 1, '2026-09-01'), visit('3 人 2 处，检查期外', 3, 2, '2026-09-01', { outsideWindow: true }),
        visit('尚未到日', 2, 2, '2026-11-01'), { ...visit('有缺项', 2, 1, '2026-09-01', { defects: 1 }) },
      ],
      recordSite: ({ context }) => [
        { fields: { findings: [], counterSigned: true } }, withDefects, { ...stranger, fields: { findings: [], counterSigned: true } },
        ...(context.findings.length < 2 ? [{ label: '发现问题', fields: { findings: [found], counterSigned: false } }] : []),
      ],
      objectTo: ({ context }) => {
        const keys = findingKeys(context);
        const to = (finding: string) => ({ finding, reason: 'wrong' });
        return [{ label: '一条', fields: { objections: keys.slice(0, 1).map(to) } }, ...(keys.length > 1 ? [{ label: '全部', fields: { objections: keys.map(to) } }] : [])];
      },
      decideObjections: ({ context }) => [
        ...['upheld', 'dismissed'].map((decision) => ({
          label: decision, fields: { decisions: (context.objections as Facts[]).map(({ finding }) => ({ finding, decision, reason: 'seen' })) },
        })), withDefects,
      ],
      submitRectification: () => [{}, withDefects],
      verify: () => [{}, stranger],
      sendBackRectification: () => [{}, stranger],
    },
  };
}

/** `acceptance.v1`: a team of three, scores full, none, or with a veto, at most two findings, members who are replaced. */
export function acceptanceModel(pack: PolicyPack): ChartModel {
  const sheet = scoreSheetOf(pack).items;
  const points = new Map(sheet.map(({ id, points: full }) => [id, full]));
  const veto = pack.scoring.vetoes.value[0]!.id;
  const given = (subject: Record<string, unknown> | null, full: boolean): Record<string, number> =>
    Object.fromEntries(((subject?.items ?? []) as string[]).map((id) => [id, full ? points.get(id)! : 0]));
  const draft = (label: string, conclusion: string, count: number): Variation => ({ label, fields: { conclusion, findings: Array(count).fill(found) } });
  return {
    inputs: [modelInput(pack)],
    instants: ['2026-09-01T01:00:00.000Z'],
    endings: {},
    facts: (c, stages) => [
      members(c), findings(c), c.grade === 'fail', c.vetoes.length > 0, c.visit && (c.visit as Facts).measuredShort > 0, c.conclusion, c.reconsidered, c.reinspected,
      // What each member gave is read once, when the last score makes the grade.
      stages.has('scoring') ? [Object.keys(c.scores).length, Object.values(c.scores as Record<string, number>).reduce((sum, p) => sum + p, 0)] : sheet.every(({ id }) => id in c.scores),
    ],
    variations: {
      apply: () => [{ facts: { content: 'text' } }, withDefects],
      reapply: () => [{ facts: { content: 'text' } }, withDefects],
      formTeam: () => [{ facts: { team: team(3, 'team.member', sheet.map(({ id }) => id)) } }, withDefects],
      replaceMember: ({ context }) => {
        const now = context.members as Facts[];
        const free = posts.find((post) => !now.some((m) => m.post === post));
        const joins = { key: free, post: free, org: 'office', role: 'team.member', name: free, department: free };
        const leaves = [now.find((m) => m.leader), now.find((m) => !m.leader && m.open), now.find((m) => !m.leader && !m.open)].filter((m) => m !== undefined);
        return [...leaves.map((m) => ({ label: m.leader ? '组长' : '成员', fields: { leaves: m.post, reason: 'ill', approvedBy: 'x' }, facts: { joins } })), withDefects];
      },
      recordVisit: () => [
        ...[0, 1].map((measuredShort) => ({ label: measuredShort === 0 ? '达标' : '低于标准', fields: { from: '2026-09-01', to: '2026-09-01' }, facts: { measuredShort } })), withDefects,
      ],
      scoreItems: ({ subject }) => [
        { label: '满分', facts: { scores: given(subject, true) } }, { label: '零分', facts: { scores: given(subject, false) } },
        { label: '不予通过情形', facts: { scores: given(subject, true), vetoes: [veto] } }, withDefects,
      ],
      submitDraft: () => [
        draft('合格', 'passed', 0), draft('合格而有问题', 'passed', 1), draft('整改而无问题', 'conditional', 0), draft('整改一条', 'conditional', 1),
        draft('整改两条', 'conditional', 2), draft('不合格', 'failed', 1), withDefects,
      ],
      submitRectification: () => [{}, withDefects],
      confirmRectification: ({ context }) => [
        ...[true, false].map((passed) => ({ label: passed ? '到位' : '未到位', fields: { results: findingKeys(context).map((finding) => ({ finding, passed })) } })), withDefects,
      ],
    },
  };
}
