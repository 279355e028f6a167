import type { FactsOf } from '../../documents/document-kinds.js';
import type { FrozenContent } from '../../content/freeze.js';
import { localDay } from '../../domain/local-day.js';
import { entitledOf, neededOf, quorumOf, silentOf, votingOf } from '../../domain/voting.js';
import type { MatterContext } from '../../../workflows/matter.v1.js';
import { tallyOf } from '../../../workflows/patterns/vote.js';
import { ballotRulesOf } from '../../../workflows/policies/pack-rules.js';
import type { Dossier, JournalledAct } from '../dossier.js';
import type { Gatherer } from './gatherer.js';
import { officeLetterhead, sealedFor, unitOf } from './organs.js';
import { postOf } from './people.js';
import { recorded, textOf } from './recorded.js';

type Facts = FactsOf<'matterDecision'>;
type Stance = Facts['participants'][number]['stance'];

const BRINGING = ['bring', 'bringAgain'];
const ANSWERS: Readonly<Record<string, Stance>> = { assent: 'agreed', decline: 'objected', sendBackMatter: 'returned', recuse: 'recused' };
const said = (act: JournalledAct): boolean => act.command in ANSWERS || act.command === 'castVote';

/** How a matter was decided: by the last time it was brought, with what was said the times before. */
export const matterDecision: Gatherer<'matterDecision'> = async (dossier, issue) => {
  const matter = dossier.context as unknown as MatterContext;
  const content = recorded(dossier.content, '事项内容') as unknown as FrozenContent;
  const { decision, grounds, basis } = content.sections.matter as { decision: string; grounds: string; basis: string | null };
  const bringing = dossier.acts.filter(({ command }) => BRINGING.includes(command));
  const last = recorded(bringing.at(-1), '送办');
  const round = (act: JournalledAct): number => bringing.filter(({ seq }) => seq <= act.seq).length;
  const answers = dossier.acts.filter(said);
  const standing = new Map(matter.participants.map((one) => [one.post, answers.filter((act) => postOf(act) === one.post && act.at === one.at).at(-1)]));
  const stands = new Set([...standing.values()].map((act) => act?.seq));
  return {
    unit: unitOf(dossier), caseNumber: dossier.caseNumber, title: dossier.title, proposer: recorded(matter.proposers[0]?.name, '提出人'), mode: recorded(matter.mode, '办理方式'),
    broughtOn: localDay(new Date(last.at)), decision, grounds: grounds.split(/\n+/).map((one) => one.trim()).filter((one) => one !== ''), basis,
    attachments: content.attachments.map(({ name }) => name), contentHash: recorded(matter.content, '事项内容'),
    participants: matter.participants.map((one): Facts['participants'][number] => {
      const act = standing.get(one.post);
      const paper = act?.event.paper;
      return {
        name: one.name, stance: stanceOf(one.answer), opinion: one.answer === 'voted' ? null : opinionOf(act), at: one.at, by: one.by === null ? null : one.actingFor === null ? one.by : `${one.by}（代${one.actingFor}）`,
        paper: paper === undefined ? null : { date: paper.date, registrar: paper.registrar, comparer: paper.comparer },
      };
    }),
    earlier: answers.filter((act) => round(act) < bringing.length && act.command !== 'castVote' && !stands.has(act.seq)).map((act) => ({
      round: round(act), name: act.event.paper === undefined ? act.event.by.name : `${act.event.paper.post} ${act.event.by.name}`, stance: ANSWERS[act.command]!, opinion: opinionOf(act), on: localDay(new Date(act.at)),
    })),
    tally: matter.mode === 'vote' ? tally(dossier, matter) : null, outcome: (matter.trail.at(-1) === 'agreed') ? 'agreed' : 'refused',
    signOff: signedOff(dossier, issue, matter), verifyCode: issue.verifyCode,
  };
};

const stanceOf = (answer: MatterContext['participants'][number]['answer']): Stance => (answer === 'waiting' || answer === 'pending' || answer === 'overdue' ? 'none' : answer);
const opinionOf = (act: JournalledAct | undefined): string | null => textOf(act, 'opinion') ?? textOf(act, 'reason');

function tally({ pack }: Dossier, matter: MatterContext): Facts['tally'] {
  const rules = ballotRulesOf(pack);
  const members = matter.participants.length;
  const counted = tallyOf(matter);
  return {
    ...counted, members, entitled: entitledOf(members, counted), voting: votingOf(counted), silent: silentOf(members, counted), quorum: quorumOf(members, counted, rules),
    needed: neededOf(members, counted, rules), secret: rules.secret, rule: `${pack.decisions.quorum.basis}；${pack.decisions.majority.basis}。`, sample: pack.decisions.quorum.sample || pack.decisions.majority.sample,
  };
}

/** Signed off by whose matter it is: the unit's bureau in its own name, the office under the seal that stands for it. */
const signedOff = (dossier: Dossier, issue: Parameters<typeof sealedFor>[1], matter: MatterContext): Facts['signOff'] =>
  (matter.ofUnit ? { issuer: [recorded(dossier.organisations.hrss, '提出单位')], sealedBy: null, date: issue.date } : sealedFor(dossier, issue, officeLetterhead(dossier)));
