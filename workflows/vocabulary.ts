import type { Words } from '../src/domain/text.js';
import type { ExceptionName } from './exception-kinds.js';

/** Organisations a chart may name; the case's context holds their ids. */
export type OrgKey = 'hrss' | 'consent' | 'office' | 'leaders';

/** Roles of posts (岗位). Who holds a post today is resolved at the moment of acting. */
export const roles = [
  'unit.clerk', 'unit.reviewer', 'unit.head', 'unit.registrar', 'unit.comparer', 'consent.officer', 'cosign.officer',
  'office.clerk', 'office.registrar', 'office.director', 'leader', 'inspector', 'team.member', 'archivist', 'auditor', 'admin',
] as const;
export type Role = (typeof roles)[number];

/** Who must or may act: a role at an organisation, at each organisation or post of a list in the context, or the post whose turn a chain says it is. */
export interface DutyRule {
  side: 'unit' | 'city';
  role?: Role;
  org?: OrgKey;
  /** Name of a list in the context; one duty per pending entry. */
  each?: string;
  /** Name of a list of posts in the context: each of them carries every entry of `each`, and whoever acts first closes it for all. */
  carriedBy?: string;
  /** Name of a chain in the context (⛓): the role is the entry whose turn it is. */
  chain?: string;
  commands: string[];
  /** A right only while its own side owes something: nobody in the city stops a unit's clock. */
  onOwnTurn?: boolean;
  /** A right only while the case stands in one of these stages. */
  within?: readonly string[];
}

/** What a state tells people and the engine. Task lists, buttons, pictures and the model check derive from it. */
export interface StageMeta {
  stage: string;
  words: Words;
  /** Clauses of the policy this state answers to. */
  clauses: string[];
  duties: DutyRule[];
  /** Rights without a task: may be used while the state is active. */
  powers?: DutyRule[];
  term?: string;
  noTermBecause?: Words;
  /** A term of another region or a statutory date that bounds this state's tasks. */
  dueBy?: string;
  /** Who may read what is journalled in this state. */
  visibility: 'unit' | 'city' | 'both';
  /** `live`: what is shown are the section rows; `frozen`: the last frozen version. */
  content?: 'live' | 'frozen';
  /** Minutes of the pack's withdrawal window apply to the step that enters this state. */
  withdrawable?: boolean;
  /** A decision here may be recorded from paper. */
  paper?: boolean;
  /** Whoever sent in what is judged here may not judge it, whatever post he holds or deputises for. */
  notBySubmitter?: boolean;
  /** Whoever made the check that is looked at again here may not make the second look. */
  notByChecker?: boolean;
  /** Who carries a duty here may ask others to sign before, beside or after him (加签). */
  signers?: boolean;
  /** Commands that send the case back: they need not wait for signers asked beside, and cancel them. */
  back?: readonly string[];
  /** Stages to which 退回 may lead from here, when the case has been there; nearest first. */
  returns?: readonly string[];
  /** A jump (跳转) may lead here. */
  jumpStop?: boolean;
  /** The case has ended here; only what stands in `on` may wake it (唤醒). */
  final?: { outcome: string; words: Words };
}

/** Meta of a state that groups others, or rests between them without being anybody's to work on: its name in pictures, and the rights that hold throughout it. */
export interface GroupMeta {
  words?: Words;
  powers: DutyRule[];
  paper?: boolean;
}

/** Effects with their parameters: what a chart may ask of the world. Each becomes a row of the outbox. */
export interface EffectParams {
  issueDocument: { kind: string; visibleTo: 'unit' | 'city' | 'both'; then?: boolean };
  /** `carriers`: whoever owes what the term of this step is about; an office and role where an act named them. */
  notify: { template: string; to: Pick<PostRef, 'org' | 'role' | 'side'> | 'carriers' | 'clerk' | 'head' | 'office' | 'director' | 'registrar' | 'consent' | 'cosigners' | 'members' | 'leaders' | 'signers' | 'participants' | 'asked' | 'proposer' };
  openCase: { workflow: string };
  tellParent: { event: string };
  recordBaseline: Record<string, never>;
  archiveCase: Record<string, never>;
}
export type EffectType = keyof EffectParams;
export const effectTypes: readonly EffectType[] = ['issueDocument', 'notify', 'openCase', 'tellParent', 'recordBaseline', 'archiveCase'];

/** Marks the engine reads from a step; they never reach the outbox. */
export interface MarkParams {
  enter: { stage: string };
  leave: { stage: string };
  /** The term of the state being left keeps the days it has used and goes on when the state is entered again. */
  pauseTerm: { term: string };
  /** What the unit has written becomes visible to the city. */
  releaseContent: Record<string, never>;
  freezeContent: Record<string, never>;
  /** A line of the year's list of exceptions (例外清单). */
  exception: { kind: ExceptionName };
  registerIncoming: Record<string, never>;
  /** The delivery of an incoming paper is corrected; the register keeps both values. */
  correctIncoming: Record<string, never>;
  cancelEffects: Record<string, never>;
  /** What this act says is shown to nobody, not even to those who see that it was done: a secret ballot. */
  sealPayload: Record<string, never>;
}
export type MarkType = keyof MarkParams;
export const markTypes: readonly MarkType[] = [
  'enter', 'leave', 'pauseTerm', 'releaseContent', 'freezeContent', 'exception', 'registerIncoming', 'correctIncoming', 'cancelEffects', 'sealPayload',
];

/** Facts every chart starts from: who belongs to the case, bound when it is opened. */
export interface CaseInput {
  now: string;
  caseId: string;
  caseNumber: string;
  year: number;
  unit: string;
  unitName: string;
  unitKind: 'district' | 'zone';
  orgs: Record<OrgKey, string>;
  chains: Record<string, Role[]>;
  /** Statutory dates as instants, by term id. */
  dates: Record<string, string>;
  parent: string | null;
  detail: Record<string, unknown>;
}

export interface BaseContext extends Omit<CaseInput, 'detail'>, Moves {
  content: string | null;
  contentOrdinal: number;
  /** Person who sent in the content that stands. */
  submittedBy: string | null;
  /** Person who made the last check, where a chart has a second look at it. */
  checkedBy?: string | null;
  /** Stages the case has been in, the latest entered last. */
  trail: string[];
  documents: { kind: string; id: string; number: string | null; sha256: string; at: string }[];
  lastRefusal: string | null;
}

/** A post as a chart keeps it: who is meant, and the name people read. */
export interface PostRef {
  post: string;
  org: string;
  role: string;
  side: 'unit' | 'city';
  name: string;
}

/** Somebody asked to sign beside whoever carries a duty (加签). It belongs to one duty of one stage and falls when the stage is left. */
export interface AddedSigner extends PostRef {
  key: string;
  stage: string;
  /** The duty within the stage. */
  duty: string;
  mode: 'before' | 'parallel' | 'after';
  /** `waiting`: not yet the turn of a signer who comes after. */
  answer: 'waiting' | 'pending' | 'agreed' | 'objected';
  reason: string;
}

/** What a jump went past: the post still says what it thinks (补审). */
export interface Skipped {
  key: string;
  stage: string;
  org: string;
  role: string;
  open: boolean;
}

/** What every chart that allows the moves of an office keeps of them. */
export interface Moves {
  /** 挂起: who stopped the clock and why; a list of one, because it is that post's duty to go on. */
  holding: (PostRef & { key: string; open: true; reason: string; since: string })[];
  signers: AddedSigner[];
  /** A decision that waits for those who sign after it. */
  deferred: { stage: string; duty: string; event: CommandEvent } | null;
  /** A jump (跳转) that waits for a second person. */
  jump: { target: string; reason: string; by: string | null; name: string } | null;
  skipped: Skipped[];
  /** Returned with 直接返回: what stage `at` sends on goes straight to `to`. */
  goesBack: { at: string; to: string } | null;
}

/** Who sent a command, as the journal keeps it. */
export interface By {
  person: string | null;
  post: string | null;
  org: string | null;
  role: string;
  name: string;
  /** The holder in whose place a deputy acted. */
  standsFor?: string;
}

export interface CommandEvent {
  type: string;
  by: By;
  at: string;
  /** Facts the application computed when the command was prepared; replay reads them from the journal. */
  facts?: Record<string, unknown>;
  task?: { key: string; subject: Record<string, unknown> | null };
  paper?: { signatory: string; post: string; date: string; registrar: string; comparer: string };
  [field: string]: unknown;
}
