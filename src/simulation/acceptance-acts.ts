import { scoreSheetOf } from '../../workflows/policies/pack-rules.js';
import { formatScore } from '../domain/scoring.js';
import { remark, repliesTo, type Act } from './acting.js';
import { asMembers, placesOf } from './inspection-acts.js';
import type { SimulatedPerson } from './simulated-city.js';

/** Three members from three departments, the first of the free ones of each (C-7.8). */
function threeDepartments(free: readonly SimulatedPerson[]): SimulatedPerson[] | null {
  const team = [...new Map([...free].reverse().map((one) => [one.department, one])).values()].reverse().slice(0, 3);
  return team.length < 3 ? null : team;
}

const finding = (object: string) => ({ object, clause: 'C-9.2', text: '示例：面积不足。', severity: 'blocking', proposal: '示例：扩建。', days: 30 });

/** The commands of an acceptance. */
export const acceptanceActs: Readonly<Record<string, Act>> = {
  apply: { fields: () => ({}) },
  abandon: { fields: () => ({ reason: '示例：暂不申请。' }) },
  acceptApplication: { fields: () => ({}) },
  requestCorrection: { fields: () => remark('completedProjects') },
  refuseApplication: { fields: () => ({ reason: '示例：项目未完成。' }) },
  reapply: { fields: repliesTo },
  formTeam: {
    fields: ({ calendar, today, scenario, draws, visits, people, booked, caseId }) => {
      const visit = visits.book({
        among: people.filter(({ role }) => role === 'team.member'), choose: threeDepartments, from: calendar.addWorkdays(today, scenario.visits.acceptanceLeadWorkdays).day,
        days: Math.round(draws.within(scenario.visits.acceptanceDays, 'days')),
      });
      if (visit === null) return null;
      booked.set(caseId, visit);
      return { team: asMembers(visit.team) };
    },
  },
  recordVisit: {
    fields: (acting) => {
      const { from, to } = acting.booked.get(acting.caseId)!;
      return { from, to, visits: placesOf(acting).map((place) => ({ ...place, visitedOn: to, measures: [], checklist: [], note: '' })) };
    },
  },
  scoreItems: {
    fields: ({ subject, pack, draws, scenario }) => {
      const quality = draws.within(scenario.facts.quality, 'quality') / 100;
      const own = scoreSheetOf(pack).items.filter(({ id }) => (subject?.items as string[]).includes(id));
      const scores = Object.fromEntries(own.map(({ id, points }) => [id, formatScore(Math.floor(points * quality))]));
      return { scores, reasons: Object.fromEntries(own.map(({ id }) => [id, '示例：按规则扣分。'])), vetoes: [] };
    },
  },
  submitDraft: {
    fields: ({ context, unit }) => {
      const short = (context.visit as { measuredShort: number } | null)?.measuredShort ?? 0;
      const conclusion = context.grade === 'fail' || context.vetoes.length > 0 ? 'failed' : short > 0 ? 'conditional' : 'passed';
      return { conclusion, findings: conclusion === 'conditional' ? [finding(unit.townships[0]!.name)] : [], scoreDifference: '示例：口径不同。', construction: ['示例：已建成。'] };
    },
  },
  sign: { fields: () => ({}) },
  dissent: { fields: () => ({ reason: '示例：保留意见。' }) },
  issue: { fields: () => ({}) },
  // Once only: the chart would refuse a second time.
  sendBackForReconsideration: { fields: () => ({ reason: '示例：请复议。' }), sensible: ({ context }) => context.reconsidered === 0 },
  submitRectification: { fields: () => ({ text: '示例：已整改。', photos: [] }) },
  confirmRectification: {
    fields: ({ context, today, draws, scenario }) => ({
      visitedOn: today, measures: [], results: (context.findings as { key: string; state: string }[]).filter(({ state }) => state === 'submitted' || state === 'rectifying')
        .map(({ key }) => ({ finding: key, passed: draws.happens(scenario.facts.rectified, key), note: '示例：复测。' })),
    }),
  },
};
