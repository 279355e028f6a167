import type { FilingUnit, Township, Village } from '../register/jinan-records.js';
import { planSections } from './plan-content.js';
import type { CaseRef, Step } from './player.js';
import type { UnitStory } from './scenario.js';

export interface Place {
  unit: FilingUnit;
  townships: readonly Township[];
  villages: readonly Village[];
  year: number;
  /** The posts of the unit's HRSS bureau whose turn it is to review, in order. */
  reviewers: readonly string[];
  /** What an organisation is called, by its key. */
  organisation(key: string): string;
  /** The n-th working day after a day. */
  after(day: string, workdays: number): string;
}

/** The plan of one unit, from the first draft to its place on record (lifecycle §1). */
export function planSteps(place: Place, story: UnitStory): Step[] {
  const { unit, year } = place;
  const at: CaseRef = { unitCode: unit.code, workflow: 'plan' };
  const me = (post: string): string => `${unit.key}.${post}`;
  const steps: Step[] = [];
  const step = (when: string, words: string, run: Step['run']): void => void steps.push({ at: when, unit: unit.name, words, run });
  const sections = planSections(unit, place.townships, place.villages, story, year);
  const number = (code: string, n: number): string => `${unit.name.slice(0, 2)}${code}〔${year}〕${n}号`;

  step(`${story.drafted}T09:10`, '起草', async (p) => {
    for (const [name, body] of Object.entries(sections)) await p.write(me('clerk'), at, name, body);
    return `${Object.keys(sections).length} 章`;
  });
  step(`${story.drafted}T16:20`, '送人社局审核', async (p) => (await p.act(me('clerk'), at, 'submit')).stage);
  const reviewed = place.after(story.drafted, 2);
  if (story.cosigned.length > 0) {
    const first = place.reviewers[0]!;
    step(`${reviewed}T09:30`, '征求部门意见', async (p) => (await p.act(me(first), at, 'seekOpinions', { organisations: story.cosigned.map((d) => ({ choice: place.organisation(`${unit.key}.${d}`), from: 'organisations' })) })).stage);
    story.cosigned.forEach((department, index) => {
      const login = department === 'civilAffairs' ? 'civil' : department;
      step(`${place.after(reviewed, 1)}T1${index}:00`, `${department} 会签`, async (p) => (await p.act(me(login), at, 'agree', { opinion: '无不同意见。' })).stage);
    });
  }
  place.reviewers.forEach((reviewer, index) => {
    step(`${place.after(reviewed, 2)}T1${index}:30`, '审核同意', async (p) => (await p.act(me(reviewer), at, 'approve', { opinion: '内容完整，同意报区政府审定。' })).stage);
  });
  if (story.withoutConsent) {
    step(`${place.after(reviewed, 4)}T15:00`, '未经同意报送（应被拒）', async (p) => p.refused(me('clerk'), at, 'report', { documentNumber: number('人社报', 9) }));
  }
  const consent = { kind: unit.kind === 'zone' ? 'minutes' : 'reply', number: unit.kind === 'zone' ? '管委会第12次主任办公会议纪要' : number('政复', 12), date: story.consented };
  if (story.consentOnPaper) {
    const { wording, keptAt } = story.consentOnPaper;
    step(`${place.after(story.consented, 1)}T09:20`, '登记纸面同意', async (p) => {
      await p.registerPaper(me('registrar'), at, {
        command: 'consent', fields: consent, signatoryName: '崔某某', signatoryPost: `${unit.name}人民政府负责人`, wording, kind: 'agree', paperDate: story.consented, keptAt,
      });
      return '等第二人核对';
    });
    step(`${place.after(story.consented, 1)}T10:40`, '第二人核对', async (p) => (await p.comparePaper(me('comparer'), at)).stage);
  } else {
    step(`${story.consented}T14:00`, unit.kind === 'zone' ? '管委会同意' : '政府同意', async (p) => (await p.act(me('consent'), at, 'consent', consent)).stage);
  }
  // In a zone the committee itself reports up, and its paper names who signed it.
  const letter = unit.kind === 'zone' ? { documentNumber: number('管委报', 21), signatory: '崔某某' } : { documentNumber: number('人社报', 21) };
  step(story.reported, '报送', async (p) => (await p.act(me('clerk'), at, 'report', letter)).stage);
  const registered = place.after(story.reported.slice(0, 10), 1);
  const delivered = story.onPaper ?? { deliveredAt: story.reported, evidence: '' };
  step(`${registered}T09:15`, '收文登记', async (p) => (await p.act('office.registrar', at, 'register', {
    theirNumber: letter.documentNumber, channel: story.onPaper ? 'paper' : 'system', dated: delivered.deliveredAt.slice(0, 10), deliveredAt: delivered.deliveredAt, evidence: delivered.evidence,
  })).stage);
  if (story.correction) {
    const { remarks, answer, on } = story.correction;
    step(`${registered}T15:30`, '退回补正', async (p) => (await p.act('office.clerk', at, 'returnForCorrection', { remarks })).stage);
    step(on, '补正后重报', async (p) => {
      const told = String((sections.goals as { goals: string }).goals);
      await p.write(me('clerk'), at, 'goals', { ...sections.goals, goals: `${told}${answer}` });
      return (await p.act(me('clerk'), at, 'resubmit', { replies: Object.fromEntries(remarks.map((_, index) => [`r${index + 1}`, answer])) })).stage;
    });
  }
  const checked = place.after(story.correction ? place.after(story.correction.on.slice(0, 10), 1) : registered, 1);
  step(`${checked}T10:10`, '材料齐全，拟予备案', async (p) => (await p.act('office.clerk', at, 'acceptComplete', { opinion: '材料齐全。' })).stage);
  step(`${place.after(checked, 1)}T11:00`, '备案', async (p) => (await p.act('office.director', at, 'file', { opinion: '同意备案。' })).stage);
  return steps;
}

