import { entitledOf, neededOf, quorumOf, silentOf, votingOf, type VoteResult } from '../../domain/voting.js';
import { words, type Words } from '../../domain/text.js';
import type { MatterContext, MatterMode } from '../../../workflows/matter.v1.js';
import type { Answer } from '../../../workflows/patterns/participants.js';
import { tallyOf } from '../../../workflows/patterns/vote.js';
import { ballotRulesOf } from '../../../workflows/policies/pack-rules.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import type { ContentVersion } from '../../reads/case-content.js';
import type { CaseHead } from '../../reads/case-head.js';
import type { TimelineEntry } from '../../reads/case-timeline.js';

/** One of those a matter was brought to: who, what he came to, when, in whose place, and in which words. */
export interface ParticipantView {
  name: string;
  answer: Words;
  tone: 'green' | 'amber' | 'red' | 'blue' | '';
  by: string | null;
  actingFor: string | null;
  onPaper: boolean;
  at: Date | null;
  opinion: string | null;
}

/** A vote as it stands: counts, what it has to reach, and what it came to. Secret, nothing but how many have voted until it is over. */
export interface VoteView {
  bars: { words: Words; count: number; tone: string }[];
  members: number;
  entitled: number;
  voting: number;
  quorum: number;
  needed: number;
  secret: boolean;
  /** The rules are the city's samples (示例). */
  sample: boolean;
  result: { words: Words; tone: 'green' | 'amber' | 'red' } | null;
}

export interface MatterView {
  /** The words on which it is decided, as they were fixed when it was last brought. */
  decision: string | null;
  mode: Words;
  round: number;
  answered: number;
  participants: ParticipantView[];
  vote: VoteView | null;
  returned: { by: string; text: string } | null;
}

const modes: Record<MatterMode, Words> = { inTurn: words('依次呈批', 'In turn'), signEach: words('会签', 'Co-signing'), signAny: words('或签', 'Any one signs'), vote: words('票决', 'Vote') };

const answers: Record<Answer, [Words, ParticipantView['tone']]> = {
  waiting: [words('未轮到', 'Not yet his turn'), ''], pending: [words('待办', 'Waited for'), 'blue'], overdue: [words('逾期未复', 'No reply in time'), 'red'], agreed: [words('同意', 'Agreed'), 'green'],
  objected: [words('不同意', 'Disagreed'), 'amber'], for: [words('赞成', 'For'), 'green'], against: [words('反对', 'Against'), 'amber'], abstained: [words('弃权', 'Abstained'), ''], voted: [words('已投票', 'Voted'), 'green'],
  recused: [words('回避', 'Stood aside'), ''], fallen: [words('不必再办', 'No longer asked'), ''], silent: [words('未投票', 'Not voted'), ''],
};

const results: Record<VoteResult, NonNullable<VoteView['result']>> = {
  passed: { words: words('通过', 'Carried'), tone: 'green' }, rejected: { words: words('未通过', 'Not carried'), tone: 'red' },
  tied: { words: words('票数相等，不作决定', 'A tie: nothing decided'), tone: 'amber' }, noQuorum: { words: words('未达法定人数，不作决定', 'No quorum: nothing decided'), tone: 'amber' },
};

const SAYING = new Set(['assent', 'decline', 'castVote', 'recuse', 'sendBackMatter']);

/**
 * Null where the case is no matter, was never brought, or this reader may not see what is in it.
 * @param fixed the last frozen version of its text
 */
export function matterView(
  pack: PolicyPack, head: Pick<CaseHead, 'workflow' | 'final'>, context: Record<string, unknown> | null, timeline: readonly TimelineEntry[], fixed: Pick<ContentVersion, 'body'> | undefined,
): MatterView | null {
  if (head.workflow !== 'matter' || context === null) return null;
  const matter = context as unknown as MatterContext;
  if (matter.mode === null) return null;
  const said = timeline.filter(({ command }) => SAYING.has(command));
  const participants = matter.participants.map(({ name, post, answer, by, actingFor, at }): ParticipantView => {
    const act = said.find((entry) => at !== null && entry.at.getTime() === Date.parse(at) && subjectPost(entry) === post);
    const [text, tone] = answers[answer];
    return { name, answer: text, tone, by, actingFor, onPaper: act?.origin === 'paper', at: at === null ? null : new Date(at), opinion: spoken(act) };
  });
  const { decision } = (fixed?.body.sections as { matter?: { decision?: string } } | undefined)?.matter ?? {};
  return {
    decision: decision ?? null, mode: modes[matter.mode], round: matter.round, answered: matter.participants.filter(({ at }) => at !== null).length, participants, vote: matter.mode === 'vote' ? voteView(pack, matter, head.final) : null,
    returned: matter.returned,
  };
}

function voteView(pack: PolicyPack, matter: MatterContext, final: boolean): VoteView {
  const rules = ballotRulesOf(pack);
  const tally = tallyOf(matter);
  const members = matter.participants.length;
  const counts: VoteView['bars'] = [
    { words: answers.for[0], count: tally.for, tone: 'green' }, { words: answers.against[0], count: tally.against, tone: 'red' }, { words: answers.abstained[0], count: tally.abstained, tone: '' },
  ];
  const rest: VoteView['bars'] = [{ words: answers.recused[0], count: tally.recused, tone: '' }, { words: answers.silent[0], count: silentOf(members, tally), tone: '' }];
  const over = final || matter.voteResult !== null;
  return {
    bars: [...(rules.secret && !over ? [{ words: answers.voted[0], count: votingOf(tally), tone: 'green' }] : counts), ...rest], members, entitled: entitledOf(members, tally), voting: votingOf(tally),
    quorum: quorumOf(members, tally, rules), needed: neededOf(members, tally, rules), secret: rules.secret, sample: pack.decisions.majority.sample, result: matter.voteResult === null ? null : results[matter.voteResult],
  };
}

/** The post an act was for: on paper the signatory acts without one, the task names it. */
function subjectPost({ payload }: TimelineEntry): string | null {
  const { task, by } = (payload ?? {}) as { task?: { subject?: { post?: string } }; by?: { post?: string | null } };
  return task?.subject?.post ?? by?.post ?? null;
}

function spoken(act: TimelineEntry | undefined): string | null {
  const { opinion, reason } = (act?.payload ?? {}) as { opinion?: string | null; reason?: string };
  return opinion ?? reason ?? null;
}
