import type { BaseContext, DutyRule, GroupMeta, Role, StageMeta } from '../vocabulary.js';
import { ASKING, SIGNING, signersDue } from './added-signers.js';
import { roleInTurn } from './chain.js';

/** A duty of a post: who must act in a state, and by which commands. `key` is unique within the state. */
export interface Duty {
  stage: string;
  key: string;
  side: 'unit' | 'city';
  role: string;
  org: string;
  post: string | null;
  /** The entry of the list in the context this duty stands for: a site, a finding, a co-signer. */
  subject: Record<string, unknown> | null;
  commands: string[];
  term: string | null;
}

/** A right without a task. `paper`: who holds it may have decided on paper, and the city's registrar enters that. */
export interface Power extends Duty {
  paper: boolean;
}

/**
 * An entry of a list in the context that asks for duties of its own (`each`). It is open while `open` is true or its `answer` is
 * pending or overdue; `org`, `role` and `post` name the carrier where the rule does not; `key` names it (else its post or organisation).
 */
export interface DutyEntry extends Record<string, unknown> {
  key?: string;
  open?: boolean;
  answer?: string;
  org?: string;
  role?: string;
  post?: string | null;
  /** Where the entry is on the other side than the rule says. */
  side?: 'unit' | 'city';
}

const isOpen = (entry: DutyEntry): boolean => entry.open === true || entry.answer === 'pending' || entry.answer === 'overdue';

type Metas = Record<string, StageMeta | GroupMeta | undefined>;
const isStage = (meta: StageMeta | GroupMeta | undefined): meta is StageMeta => meta !== undefined && 'stage' in meta;

/** The stages a configuration is in, in the chart's order. */
export function stagesOf(metas: Metas): StageMeta[] {
  return Object.values(metas).filter(isStage);
}

/** The stage in which a case has ended; null while it is open. */
export const endOf = (stages: readonly StageMeta[]): StageMeta | null => stages.find((meta) => meta.final) ?? null;

/** Every duty of a configuration; none once the case has ended. Pure: dynamic signers come from the context. */
export function dutiesOf(metas: Metas, context: BaseContext): Duty[] {
  const stages = stagesOf(metas);
  return endOf(stages) ? [] : stages.flatMap((meta) => [...dutiesOfStage(meta, context), ...signersOf(meta, context)]);
}

function dutiesOfStage(meta: StageMeta, context: BaseContext): Duty[] {
  const duties = meta.duties.flatMap((rule) => dutiesOfRule(meta, rule, context));
  return meta.signers ? duties.map((duty) => ({ ...duty, commands: [...duty.commands, ...ASKING] })) : duties;
}

/** Who was asked to sign beside a duty of the stage, when it is his turn. */
const signersOf = (meta: StageMeta, context: BaseContext): Duty[] => (meta.signers ? signersDue(context, meta.stage) : []).map((signer) => ({
  stage: meta.stage, key: `signers:${signer.key}`, side: signer.side, role: signer.role, org: signer.org, post: signer.post, subject: { ...signer }, commands: [...SIGNING],
  term: meta.term ?? meta.dueBy ?? null,
}));

/**
 * Rights without a task that hold now: of the active stages and of the groups around them; of an ended case only those of its end. `duties`:
 * those of the same configuration, where they are known already.
 */
export function powersOf(metas: Metas, context: BaseContext, duties: readonly Duty[] = dutiesOf(metas, context)): Power[] {
  const standing = stagesOf(metas);
  const end = endOf(standing);
  const sides = new Set(duties.map((duty) => duty.side));
  const stages = new Set(standing.map(({ stage }) => stage));
  const holds = (rule: DutyRule): boolean => (!rule.onOwnTurn || sides.has(rule.side)) && (rule.within?.some((stage) => stages.has(stage)) ?? true);
  return (end ? [end] : Object.values(metas)).flatMap((meta) => (meta?.powers ?? []).filter(holds).flatMap((rule) =>
    dutiesOfRule(isStage(meta) ? meta : null, rule, context).map((power) => ({ ...power, paper: !isStage(meta) && meta?.paper === true }))));
}

function dutiesOfRule(meta: StageMeta | null, rule: DutyRule, context: BaseContext): Duty[] {
  const { side, commands } = rule;
  const [stage, term] = [meta?.stage ?? '', meta?.term ?? meta?.dueBy ?? null];
  if (rule.each) {
    const lists = context as unknown as Record<string, DutyEntry[] | undefined>;
    const entries = (lists[rule.each] ?? []).filter(isOpen);
    const carriers = rule.carriedBy ? (lists[rule.carriedBy] ?? []) : [null];
    return entries.flatMap((entry) => carriers.map((carrier) => ({
      stage,
      key: [`${rule.each}:${entry.key ?? entry.post ?? entry.org ?? ''}`, ...(carrier ? [carrier.post] : [])].join(':'),
      side: entry.side ?? side,
      role: rule.role ?? carrier?.role ?? entry.role ?? '',
      org: carrier?.org ?? entry.org ?? (rule.org ? context.orgs[rule.org] : ''),
      post: carrier?.post ?? entry.post ?? null,
      subject: entry,
      commands,
      term,
    })));
  }
  const role = rule.chain ? roleInTurn(context as never, rule.chain) : (rule.role as Role);
  return [{ stage, key: role, side, role, org: context.orgs[rule.org ?? 'office'], post: null, subject: null, commands, term }];
}
