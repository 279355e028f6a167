import { valueOf } from '../../workflows/policies/policy-pack.js';
import type { Act, Acting } from './acting.js';
import type { SimulatedPerson } from './simulated-city.js';

/** The platforms a visit goes to: of each tier the first ones of the unit, as many as the scenario says. */
export function placesOf({ unit, scenario }: Pick<Acting, 'unit' | 'scenario'>): { tier: 'hall' | 'center' | 'station'; placeCode: string }[] {
  const { hall, center, station } = scenario.visits.places;
  return [
    ...(hall > 0 ? [{ tier: 'hall' as const, placeCode: unit.unit.code }] : []), ...unit.townships.slice(0, center).map(({ code }) => ({ tier: 'center' as const, placeCode: code })),
    ...unit.villages.slice(0, station).map(({ code }) => ({ tier: 'station' as const, placeCode: code })),
  ];
}

/** A team as the forms take it: the first leads. */
export const asMembers = (team: readonly SimulatedPerson[]) => team.map((person, index) => ({ post: person.actors[0]!.post!, leader: index === 0 }));

const keysOf = (context: Record<string, any>, list: string): string[] => (context[list] as { key: string }[]).map(({ key }) => key);

/** The commands of an inspection. */
export const inspectionActs: Readonly<Record<string, Act>> = {
  schedule: {
    fields: (acting) => {
      const { pack, calendar, today, scenario, draws, visits, people, booked, caseId, year } = acting;
      const size = Math.max(scenario.inspectors.perTeam, valueOf(pack.team.inspectors));
      const visit = visits.book({
        among: people.filter(({ role }) => role === 'inspector'), choose: (free) => (free.length < size ? null : free.slice(0, size)),
        from: calendar.addWorkdays(today, valueOf(pack.timing.noticeLeadWorkdays)).day, days: Math.round(draws.within(scenario.visits.inspectionDays, 'days')),
      });
      if (visit === null) return null;
      booked.set(caseId, visit);
      return {
        basis: { kind: 'annualPlan', number: `济督查计划〔${year}〕1号` }, from: visit.from, to: visit.to, team: asMembers(visit.team), sites: placesOf(acting), reason: '示例：检查人员排期。',
      };
    },
  },
  recordSite: {
    fields: ({ draws, scenario, context }) => {
      const signed = !draws.happens(scenario.facts.refusedToSign, 'refused');
      const found = draws.happens(scenario.facts.finding, 'finding') ? [{ clause: 'C-6.2', text: '示例问题。', severity: 'major', proposal: '示例：限期整改。', days: 15 }] : [];
      const others = (context.members as { name: string; leader: boolean }[]).filter(({ leader }) => !leader);
      return {
        findings: found, counterSigned: signed, counterSigner: signed ? '示例在场人' : '', ...(signed ? {} : { refusal: '示例：拒签。', witness: '示例见证人', colleague: others[0]?.name ?? '' }),
      };
    },
  },
  consolidate: { fields: () => ({ summary: '示例：抽查完成。' }) },
  signNotice: { fields: () => ({}) },
  returnToTeam: { fields: () => ({ reason: '示例：请补充。' }) },
  acceptFindings: { fields: () => ({}) },
  objectTo: { fields: ({ context }) => ({ objections: [{ finding: keysOf(context, 'findings')[0]!, reason: '示例：情况不符。' }] }) },
  decideObjections: {
    fields: ({ context, draws }) => ({
      decisions: (context.objections as { finding: string }[]).map(({ finding }) => ({ finding, decision: draws.happens(0.5, finding) ? 'upheld' : 'dismissed', reason: '示例：经核实。' })),
    }),
  },
  submitRectification: { fields: () => ({ text: '示例：已整改。', photos: [] }) },
  verify: { fields: () => ({}) },
  sendBackRectification: { fields: () => ({ reason: '示例：尚未到位。' }) },
};
