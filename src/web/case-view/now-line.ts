import { words, type Words } from '../../domain/text.js';
import type { CaseHead } from '../../reads/case-head.js';
import type { OpenDuty } from '../../reads/case-context.js';
import type { Formats } from '../formats.js';
import type { WebServices } from '../services.js';
import type { SubCells } from './sub-cells.js';
import { stageWords } from './stage-words.js';

/** One sentence: who is waited for and what is still missing; and one on the term. */
export interface NowLine {
  who: Words;
  missing: Words | null;
  due: { words: string; day: string; tone: string } | null;
  tone: 'red' | 'amber' | '';
}

type Due = ReturnType<Formats['due']>;
type Scope = 'unit' | 'city' | 'system';

/** @param duties the open duties this reader's side can see, nearest deadline first */
export function nowLine(services: WebServices, head: CaseHead, duties: readonly OpenDuty[], sub: SubCells | null, scope: Scope, dueOf: (at: Date) => Due): NowLine | null {
  if (head.final) return null;
  const stage = stageWords(services, head, head.stage);
  const due = duties[0]?.dueAt == null ? null : dueOf(duties[0].dueAt);
  const left = sub === null ? [] : sub.cells.filter((cell) => cell.state === 'open').map((cell) => cell.name);
  const missing = sub === null ? null : words(
    `${sub.words.zh} ${sub.done} / ${sub.cells.length}${left.length > 0 ? `，还差${shortList(left, '、')}` : ''}。`,
    `${sub.words.en} ${sub.done} of ${sub.cells.length}${left.length > 0 ? `; still missing: ${shortList(left, ', ')}` : ''}.`,
  );
  return { who: whoOf(head, stage, duties, scope), missing, due, tone: due?.kind === 'overdue' ? 'red' : due?.kind === 'today' ? 'amber' : '' };
}

function whoOf(head: CaseHead, stage: Words, duties: readonly OpenDuty[], scope: Scope): Words {
  const compares = duties.filter((duty) => duty.kind === 'compare');
  const own = duties.filter((duty) => duty.kind === 'duty');
  if (own.length === 0 && compares.length === 0) return elsewhere(head, stage, scope);
  if (own.length === 0) return words('现在等第二人核对线下登记。', 'Now waiting for a second person to compare what was registered from paper.');
  const people = [...new Set(own.map((duty) => [duty.orgName, duty.holder].filter(Boolean).join(' ')))];
  const names = shortList(people, '、');
  return words(`现在等${names}办理“${stage.zh}”。`, `Now waiting for ${shortList(people, ', ')}: ${stage.en}.`);
}

/** No duty stands before this reader: the other side has it, or the system makes a paper. */
function elsewhere(head: CaseHead, stage: Words, scope: Scope): Words {
  if (['numbering', 'preArchiving'].includes(head.stage)) return words(`系统正在办理“${stage.zh}”。`, `The system is at work: ${stage.en}.`);
  const waitsForTime = ['planning', 'inspectionRunning', 'acceptanceRunning', 'inspectionDone', 'acceptanceDone'].includes(head.stage) && head.workflow === 'programme';
  if (waitsForTime) return words(`现在是“${stage.zh}”，在下属案卷办理。`, `Now at “${stage.en}”; the work is in the cases below.`);
  return scope === 'unit'
    ? words(`现在由市级办理“${stage.zh}”。`, `Now with the city: ${stage.en}.`)
    : words(`现在由${head.unitName}办理“${stage.zh}”。`, `Now with ${head.unitName}: ${stage.en}.`);
}

const MOST = 4;
const shortList = (names: readonly string[], comma: string): string => names.slice(0, MOST).join(comma) + (names.length > MOST ? `${comma}… (${names.length})` : '');
