import { words, type Words } from '../../domain/text.js';
import type { CaseHead } from '../../reads/case-head.js';

/** One cell under the flow bar: somebody or something the present stage consists of, and how it stands. */
export interface SubCell {
  name: string;
  detail: Words | string;
  state: 'done' | 'open' | 'warn';
}

export interface SubCells {
  words: Words;
  done: number;
  cells: SubCell[];
}

interface Inner {
  cosigners?: { name: string; answer: string; silence?: 'noObjection' }[];
  members?: { name: string; department?: string; leader: boolean; open: boolean }[];
  sites?: { name: string; open: boolean; signed: string | null }[];
  findings?: { key: string; object: string; state: string; text: string }[];
}

const answers: Record<string, Words> = {
  pending: words('待回复', 'Waiting'), overdue: words('逾期未复', 'No reply in time'), agreed: words('同意', 'Agreed'), objected: words('有不同意见', 'Objected'),
};
const noObjection = words('逾期未复，按函视为无意见', 'No reply in time: no objection, as the letter said');
export const findingStates: Readonly<Record<string, Words>> = {
  proposed: words('建议整改', 'Proposed'), rectifying: words('整改中', 'Rectifying'), submitted: words('待复查', 'To verify'), verified: words('已销号', 'Verified'),
  withdrawn: words('已撤销', 'Withdrawn'), failed: words('未整改到位', 'Not put right'),
};

/**
 * The parts of the present stage: 会签 departments, members who owe something, sites of a visit, findings to rectify. A district's own
 * co-signing is not shown to the city, and proposals of a team not to the unit before the office has signed them.
 */
export function subCells(head: CaseHead, context: Record<string, unknown> | null, scope: 'unit' | 'city' | 'system'): SubCells | null {
  if (context === null || head.final) return null;
  const { cosigners = [], members = [], sites = [], findings = [] } = context as Inner;
  const cells = (title: Words, all: SubCell[]): SubCells | null => (all.length === 0 ? null : { words: title, cells: all, done: all.filter((one) => one.state !== 'open').length });
  if (head.stage === 'coSign' && scope !== 'city') {
    return cells(words('区内会签', 'Co-signing'), cosigners.map(({ name, answer, silence }) => ({ name, detail: answer === 'overdue' && silence !== undefined ? noObjection : answers[answer]!, state: answer === 'agreed' ? 'done' : answer === 'objected' ? 'warn' : 'open' })));
  }
  if (head.workflow === 'inspection' && head.stage === 'onSite') {
    return cells(words('抽查平台', 'Platforms'), sites.map(({ name, open, signed }) => ({ name, detail: open ? words('待检查', 'To visit') : signed === 'refused' ? words('已记录，拒签', 'Recorded, not signed') : words('已记录', 'Recorded'), state: open ? 'open' : 'done' })));
  }
  if (['scoring', 'signing'].includes(head.stage) && scope !== 'unit') {
    const [done, waits] = head.stage === 'scoring' ? [words('已评分', 'Scored'), words('待评分', 'To score')] : [words('已签名', 'Signed'), words('待签名', 'To sign')];
    return cells(words('验收小组', 'Team'), members.map(({ name, leader, open }) => {
      const stands = open ? waits : done;
      return { name, detail: leader ? words(`组长，${stands.zh}`, `leader, ${stands.en.toLowerCase()}`) : stands, state: open ? 'open' : 'done' };
    }));
  }
  if (['rectifying', 'reinspection'].includes(head.stage)) {
    return cells(words('整改问题', 'Findings'), findings.filter((one) => one.state !== 'proposed').map(({ key, object, state }) =>
      ({ name: `${key} ${object}`, detail: findingStates[state] ?? state, state: state === 'verified' || state === 'withdrawn' ? 'done' : state === 'failed' ? 'warn' : 'open' })));
  }
  return null;
}
