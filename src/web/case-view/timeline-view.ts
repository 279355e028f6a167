import { localDay, localTime } from '../../domain/local-day.js';
import { words, type Language, type Words } from '../../domain/text.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { refusalForm } from '../../../workflows/forms/repair-forms.js';
import type { TimelineEntry } from '../../reads/case-timeline.js';
import { fieldShape } from '../form-schema.js';
import type { WebServices } from '../services.js';
import { doneWords, stageWords, type Charted } from './stage-words.js';
import { commandFormOf } from '../command-form-of.js';

/** One line of 办理过程. On paper the signatory decides; the registrar and the comparer are named as what they are. */
export interface TimelineView {
  seq: number;
  at: Date;
  icon: string;
  tone: string;
  subject: string;
  done: Words;
  person: string | null;
  actingFor: string | null;
  paper: { signatory: string; post: string; date: string; registrar: string; comparer: string } | null;
  hidden: boolean;
  texts: { label: Words | null; text: string }[];
  remarks: { section: string | null; text: string }[];
  document: { id: string; title: string } | null;
  /** The category at the head of the line: 退回 会签 加签 纸质 续算 逾期 AB角. */
  mark: { words: Words; tone: '' | 'r' | 'a' | 'g' | 'bl' } | null;
}

const categories: readonly [RegExp, NonNullable<TimelineView['mark']>][] = [
  [/^(assent|decline|castVote|recuse|bring)/, { words: words('呈批', 'Matter'), tone: '' }],
  [/^(returnFor|returnTo|sendBack|requestCorrection|refuse|takeBack|revise|paper\.sendBack)/, { words: words('退回', 'Returned'), tone: 'a' }],
  [/^(withdraw|recall|cancelMatter)/, { words: words('撤回', 'Withdrawn'), tone: 'a' }],
  [/^(addCosigner|removeCosigner)/, { words: words('加签', 'Co-signer'), tone: 'bl' }],
  [/^(seekOpinions|agree|object$|proceed|sign$|dissent)/, { words: words('会签', 'Co-sign'), tone: '' }],
  [/^(resubmit|reapply)/, { words: words('续算', 'Clock goes on'), tone: 'g' }],
  [/^term\..*\.due$/, { words: words('逾期', 'Overdue'), tone: 'r' }], [/^term\./, { words: words('提醒', 'Reminder'), tone: '' }],
  [/^task\./, { words: words('转办委派', 'Carrier'), tone: 'bl' }], [/^note\./, { words: words('沟通', 'Note'), tone: '' }],
  [/^repair\./, { words: words('处置', 'Repair'), tone: 'a' }], [/^paper\./, { words: words('纸质', 'Paper'), tone: '' }], [/^document\./, { words: words('文书', 'Document'), tone: '' }],
];

function markOf({ command, origin, actingForName }: TimelineEntry): TimelineView['mark'] {
  const found = categories.find(([pattern]) => pattern.test(command))?.[1];
  if (origin === 'paper') return found?.tone === 'a' ? found : { words: words('纸质', 'Paper'), tone: '' };
  return found ?? (actingForName === null ? null : { words: words('AB角', 'Deputy'), tone: 'bl' });
}

const marks: [RegExp, string, string][] = [
  [/^(returnFor|returnTo|sendBack|refuse|object|withdraw|dissent|paper\.sendBack)/, 'arrow-back-up', 'a'],
  [/^term\..*\.due$/, 'alert-triangle', 'rd'], [/^term\./, 'clock', 'a'], [/^document\.refused/, 'alert-triangle', 'rd'], [/^document\./, 'file-text', 'g'],
  [/^(report|submit|resubmit|apply|reapply|bring|passOn)/, 'send', 'bl'], [/^decline/, 'arrow-back-up', 'a'], [/^register$/, 'mail-opened', 'g'], [/^(seekOpinions|addCosigner|formTeam)/, 'users', 'bl'],
  [/^paper\./, 'file-pencil', 'bl'], [/^case\.opened/, 'flag', ''], [/^(file|issue|consent|approve|agree|sign|verify|accept|assent|castVote)/, 'circle-check', 'g'],
];

/** Latest first, as the journal is read. `charted` is the chart that names stages, `sections` names the sections remarks are pinned to, `pack` the kinds of papers. */
export function timelineView(
  services: WebServices, charted: Charted, entries: readonly TimelineEntry[], language: Language, sections: readonly { name: string; words: Words }[] = [], pack?: PolicyPack,
): TimelineView[] {
  return entries.map((entry) => {
    const paper = entry.origin === 'paper' ? (entry.payload?.paper ?? null) : null;
    const [, icon, tone] = marks.find(([pattern]) => pattern.test(entry.command)) ?? [null, 'message-2', ''];
    return {
      seq: entry.seq, at: entry.at, icon: paper === null ? icon : 'file-pencil', tone, done: doneWords(services, entry.command),
      subject: paper === null ? (entry.orgName ?? '') : `${paper.post} ${paper.signatory}`, person: entry.personName,
      actingFor: entry.actingForName, paper, hidden: entry.payload === null, texts: [...jumpOf(services, charted, entry, language), ...textsOf(services, entry, language)], remarks: remarksOf(entry, language, sections),
      document: documentOf(entry, language, pack), mark: markOf(entry),
    };
  });
}

/** From where to where somebody wants the case to go. */
function jumpOf(services: WebServices, charted: Charted, { command, state, payload }: TimelineEntry, language: Language): TimelineView['texts'] {
  if (command !== 'proposeJump' || typeof payload?.jumpTo !== 'string') return [];
  return [{ label: words('跳转', 'Jump'), text: `${stageWords(services, charted, state)[language]} → ${stageWords(services, charted, payload.jumpTo)[language]}` }];
}

/** What was written, field by field in the form's order: prose, numbers and dates that were typed. */
function textsOf(services: WebServices, { command, payload }: TimelineEntry, language: Language): TimelineView['texts'] {
  const shape = commandFormOf(services, command)?.schema.shape ?? (command.startsWith('repair.') ? refusalForm.shape : {});
  const named = [payload?.post, ...(Array.isArray(payload?.posts) ? payload.posts : [])].flatMap((one) => (typeof one === 'object' && one !== null && 'name' in one ? [String(one.name)] : []));
  const to = named.length === 0 ? [] : [{ label: words('对象', 'To'), text: named.join('、') }];
  const ordered = typeof payload?.orderedBy === 'string' ? [{ label: words('批准', 'Ordered by'), text: payload.orderedBy }, { label: null, text: String(payload.reason ?? '') }] : [];
  return [...to, ...ordered, ...Object.entries(shape).flatMap(([name, field]) => {
    const value = payload?.[name];
    const { meta } = fieldShape(field as never);
    if (typeof value !== 'string' || value === '' || name === 'jumpTo' || meta.control === 'file' || meta.control === 'post' || meta.control === 'member' || meta.control === 'organisation') return [];
    const option = meta.options?.find((one) => one.value === value);
    const text = option !== undefined ? option.words[language] : meta.control === 'datetime' ? plainTime(value) : value;
    return [{ label: name === 'opinion' || name === 'reason' || name === 'text' ? null : (meta.label ?? null), text }];
  })];
}

/** An instant as it stands in a form: 2026-09-29 16:20. */
function plainTime(value: string): string {
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? value : `${localDay(at)} ${localTime(at).slice(0, 5)}`;
}

function remarksOf({ payload }: TimelineEntry, language: Language, sections: readonly { name: string; words: Words }[]): TimelineView['remarks'] {
  const remarks = payload?.remarks;
  if (!Array.isArray(remarks)) return [];
  return remarks.map((one: { section?: string; text?: string }) => ({ section: sections.find((section) => section.name === one.section)?.words[language] ?? one.section ?? null, text: one.text ?? '' }));
}

function documentOf({ payload }: TimelineEntry, language: Language, pack?: PolicyPack): TimelineView['document'] {
  const document = payload?.document as { id?: string; kind?: string; number?: string | null } | undefined;
  if (document?.id === undefined) return null;
  const name = pack?.documents[document.kind ?? '']?.value.name[language] ?? document.kind ?? '';
  return { id: document.id, title: [name, document.number].filter(Boolean).join(' ') };
}
