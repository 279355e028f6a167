import type { Actor } from '../domain/actor.js';
import { newId } from '../clock.js';
import type { StageMeta } from '../../workflows/vocabulary.js';
import type { Step } from './case-step.js';
import type { StepWrites } from './case-writes.js';
import type { CommandOutcome, Prepared } from './engine.js';
import { canonical, chainedFields, linkHash, sha256, type JournalEntry } from './journal.js';
import type { LoadedCase } from './store.js';

/** The stage a case is known by: the one that somebody must act in, else the last of the configuration. */
export function mainStage(stages: StageMeta[]): string {
  return (stages.find((s) => s.duties.length > 0) ?? stages.find((s) => s.final) ?? stages[0])?.stage ?? 'closed';
}

/** The stage an act belongs to and who may read of it: the task's, else the stage left, else the main one. */
export function actedIn(stages: StageMeta[], taskState: string | null, step: Step | null): StageMeta | undefined {
  return stages.find((s) => s.stage === taskState) ?? stages.find((s) => step?.left.includes(s.stage) && s.duties.length > 0)
    ?? stages.find((s) => s.duties.length > 0) ?? stages[0];
}

/**
 * Who may read an act: as its stage says, but what a unit does before it has sent anything is its own, and what the city did the city may read.
 * The act that releases the content is the first both may read.
 */
export function visibilityOf(stage: StageMeta | undefined, actor: Actor, released: boolean, step: Pick<Step, 'marks'> | null): StageMeta['visibility'] {
  const said = stage?.visibility ?? 'both';
  if (step?.marks.some((m) => m.type === 'releaseContent')) return 'both';
  if (actor.scope === 'city') return said === 'unit' ? 'both' : said;
  return !released && said === 'both' ? 'unit' : said;
}

/** Of a sealed act everybody sees that it was done; what it said is read by nobody but a replay. */
const SEALED = 'sealed';

export interface Act {
  actor: Actor;
  type: string;
  origin: JournalEntry['origin'];
  state: string;
  visibility: 'unit' | 'city' | 'both';
  /** The event or opening as it will be replayed. */
  payload: unknown;
  requestHash: string;
  key: string;
  chart: string;
  calendarVersion: string;
  now: string;
}

/** The whole write of one step as the door's function takes it. */
export function composeWrite(
  before: Pick<LoadedCase, 'id' | 'city' | 'year' | 'unit' | 'side' | 'workflow' | 'chartVersion' | 'pack' | 'packHash' | 'caseNumber' | 'title' | 'released' | 'version' | 'headHash' | 'state'>,
  step: Step, writes: StepWrites, act: Act, prepared: Prepared, opening?: { several: boolean; confined: boolean },
): { write: Record<string, unknown>; outcome: CommandOutcome } {
  const seq = before.version + 1;
  const payload = canonical(act.payload);
  const entry: JournalEntry = {
    city: before.city, caseId: before.id, seq, at: act.now, person: act.actor.person, post: act.actor.post, actingFor: act.actor.actingFor?.person ?? null,
    origin: act.origin, command: act.type, state: act.state, chart: act.chart, packHash: before.packHash, calendarVersion: act.calendarVersion, payloadHash: sha256(payload),
  };
  const hash = linkHash(before.headHash, chainedFields(entry));
  const marked = (type: string) => step.marks.find((m) => m.type === type);
  const context = step.context as unknown as { acknowledgement?: { number: string; at: string } | null; content: string | null; contentOrdinal: number };
  const outcome: CommandOutcome = {
    caseId: before.id, version: seq, stage: mainStage(step.stages), final: step.final !== null, acknowledgement: context.acknowledgement ?? null,
  };
  const exceptions = step.marks.filter((m) => m.type === 'exception').map((m) => ({ id: newId(), kind: String(m.params.kind), ...(act.visibility === 'unit' ? unsaid : saidIn(act.payload)) }));
  const cancelled = marked('cancelEffects') ? step.left.map((s) => before.state.entries[s]).filter((n): n is number => n !== undefined) : [];
  const released = before.released || marked('releaseContent') !== undefined;
  // The state itself is the unit's own again while the case is in a stage of the unit's: opinions not yet decided stand in it.
  const shown = released && !step.stages.some((s) => s.visibility === 'unit');
  return {
    outcome,
    write: {
      id: before.id, year: before.year, unit: before.unit, at: act.now, expected: before.version, version: seq, headHash: hash,
      case: {
        workflow: before.workflow, chartVersion: before.chartVersion, pack: before.pack, packHash: before.packHash, side: before.side, caseNumber: before.caseNumber,
        title: before.title, stage: outcome.stage, completeness: step.final ? 100 : (prepared.facts.completeness ?? null), released, shown, final: outcome.final,
        outcome: step.final?.outcome ?? null, ...(opening ? { single: !opening.several, confined: opening.confined } : {}),
      },
      snapshot: JSON.stringify(step.state),
      journal: { ...entry, prevHash: before.headHash, hash, visibility: act.visibility, ...(marked('sealPayload') ? { payloadVisibility: SEALED } : {}) },
      payload,
      stagesLeft: step.left.filter((s) => !step.entered.includes(s) || before.version > 0),
      stagesEntered: step.entered,
      tasksClosed: writes.tasksClosed, tasksOpened: writes.tasksOpened, terms: writes.terms, outbox: writes.outbox,
      ...(cancelled.length > 0 ? { outboxCancelled: cancelled } : {}),
      ...(prepared.freeze && marked('freezeContent') ? { content: { ...prepared.freeze, ordinal: context.contentOrdinal } } : {}),
      ...(marked('releaseContent') && context.content ? { releasedContent: context.content } : {}),
      ...(marked('correctIncoming') && prepared.facts.incomingCorrected ? { incomingCorrected: prepared.facts.incomingCorrected } : {}),
      ...(marked('registerIncoming') && prepared.facts.incoming ? { incoming: prepared.facts.incoming } : {}),
      ...(exceptions.length > 0 ? { exceptions } : {}),
      command: { principal: act.actor.person ?? act.actor.role, key: act.key, requestHash: act.requestHash, outcome },
    },
  };
}

/** Of what a unit does before it has sent anything the city learns that it was an exception; why is the unit's own, in its journal. */
const unsaid = { words: '', signatory: null };

/** What was said for an exception, and who signed it where that was on paper. Where the clock moved the case nobody said anything: its kind speaks. */
function saidIn(payload: unknown): { words: string; signatory: string | null } {
  const said = payload as { reason?: unknown; basis?: unknown; evidence?: unknown; facts?: { exception?: unknown }; paper?: { signatory: string; post: string } };
  const part = (label: string, text: unknown): string[] => (typeof text === 'string' && text !== '' ? [`${label}：${text}`] : []);
  return {
    words: typeof said.facts?.exception === 'string' ? said.facts.exception : [...part('依据', said.basis), ...part('佐证', said.evidence), ...part('理由', said.reason)].join('；'),
    signatory: said.paper === undefined ? null : `${said.paper.post} ${said.paper.signatory}`,
  };
}
