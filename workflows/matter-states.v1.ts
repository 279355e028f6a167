import type { MatterMode, Ruling } from './matter.v1.js';
import { stage, type ChartState, type ChartTransition } from './patterns/chart.js';
import { inTurn } from './patterns/in-turn.js';
import type { RoundExits, RoundMeta, RoundMoves } from './patterns/round.js';
import { signAny } from './patterns/sign-any.js';
import { signEach } from './patterns/sign-each.js';
import { vote, type BallotRules } from './patterns/vote.js';
import type { DutyRule } from './vocabulary.js';

const clauses = ['C-7.1', 'C-7.2'];
const proposer = (...commands: string[]): DutyRule => ({ side: 'city', each: 'proposers', commands });
const modes: readonly MatterMode[] = ['inTurn', 'signEach', 'signAny', 'vote'];

const told = (template: string, to: 'participants' | 'proposer' | 'asked' | 'office') => ({ type: 'notify', params: { template, to } }) as const;
const send = [{ type: 'freezeContent', params: {} }, { type: 'set.sentIn' }, told('matterAsked', 'asked')] as const;
const bring: ChartTransition = { guard: 'complete', target: 'sending', actions: [{ type: 'set.brought' }, ...send] };
const bringAgain: ChartTransition = { guard: 'complete', target: 'sending', actions: [{ type: 'set.broughtAgain' }, ...send] };

const fallen = { type: 'set.othersFall' } as const;
/** What a round came to; where that leads is said once, for every way of deciding. */
const ruled = (ruling: Ruling): ChartTransition => ({ target: 'counted', actions: [{ type: 'set.ruled', params: { ruling } }, fallen] });
const exits: RoundExits = { agreed: ruled('agreed'), refused: ruled('refused'), back: ruled('undecided') };
const onRuling = (ruling: Ruling, target: string, actions: NonNullable<ChartTransition['actions']>): ChartTransition => ({ guard: { type: 'ruledAs', params: { ruling } }, target, actions });
const decided = [{ type: 'set.decided' }, told('matterDecided', 'participants'), told('matterDecided', 'proposer')] as const;
const counted: ChartState = {
  always: [
    onRuling('agreed', 'agreed', [...decided]), onRuling('refused', 'refused', [...decided]), onRuling('undecided', 'reworking', [told('matterUndecided', 'proposer')]),
    // Co-signers who differ decide nothing: whoever brought it works it over, or lays both views before somebody who decides.
    onRuling('objected', 'reworking', [told('matterObjected', 'proposer')]),
  ],
};

/** What whoever brought the matter may still do while others decide it; not once a vote has been cast: nobody stops a vote he is losing. */
const powers = [proposer('withdraw', 'recallMatter', 'replaceParticipant')];
const moves: RoundMoves = {
  withdraw: { target: 'reworking', guard: 'withdrawable', actions: [fallen, { type: 'cancelEffects', params: {} }] },
  recallMatter: { target: 'reworking', guard: 'noVoteCast', actions: [fallen, told('matterRecalled', 'participants')] },
  replaceParticipant: { guard: 'participantIsOpen', actions: [{ type: 'set.participantReplaced' }, { type: 'exception', params: { kind: 'participant-replaced' } }, told('matterAsked', 'asked')] },
};
/** In a sequence what posts before said is kept: how the matter comes back is for who returns it to say. */
const sendBackMatter: ChartTransition = { target: 'reworking', actions: [{ type: 'set.sentBack' }, told('returned', 'proposer')] };

const end = (name: string, zh: string, en: string): ChartState => stage({
  stage: name, words: { zh, en }, clauses, visibility: 'both', content: 'frozen', duties: [], powers: [proposer('passOn')], final: { outcome: name, words: { zh, en } },
}, {
  entry: [{ type: 'issueDocument', params: { kind: 'matterDecision', visibleTo: 'both' } }, { type: 'archiveCase', params: {} }],
  on: {
    passOn: {
      guard: 'mayPassOn',
      actions: [{ type: 'set.passedOn' }, { type: 'releaseContent', params: {} }, { type: 'issueDocument', params: { kind: 'matterDecision', visibleTo: 'both' } }, told('matterPassedOn', 'office'), { type: 'archiveCase', params: {} }],
    },
  },
});

/** The steps of a matter: written, brought to those who decide it, worked over where it comes back, ended. `rules`: of the vote; `notOwn`: nobody decides on his own proposal. */
export function matterStates(rules: BallotRules, notOwn: boolean): Record<string, ChartState> {
  const round = (mode: MatterMode, zh: string, en: string, over: Partial<RoundMeta> = {}): RoundMeta => ({
    stage: mode, words: { zh, en }, clauses, visibility: 'both', content: 'frozen', term: `matter.${mode}`, withdrawable: true, paper: true, notBySubmitter: notOwn, powers, ...over,
  });
  return {
    drafting: stage({
      stage: 'drafting', words: { zh: '拟稿', en: 'Drafting' }, clauses, visibility: 'both', content: 'live',
      noTermBecause: { zh: '由提出人自定', en: 'the proposer’s own time' }, duties: [proposer('bring', 'cancelMatter')],
    }, { on: { bring, cancelMatter: { target: 'cancelled' } } }),
    // How it is decided was chosen when it was brought.
    sending: { always: modes.map((mode) => ({ guard: { type: 'decidedBy', params: { mode } }, target: mode })) },
    inTurn: inTurn('inTurn', round('inTurn', '依次呈批', 'In turn', { signers: true, back: ['sendBackMatter'] }), exits, { ...moves, sendBackMatter }),
    signEach: signEach(round('signEach', '会签', 'Co-signing'), { agreed: exits.agreed, back: exits.back, objected: ruled('objected') }, moves),
    signAny: signAny(round('signAny', '或签', 'Any one signs'), exits, { ...moves, sendBackMatter: { ...sendBackMatter, actions: [fallen, ...sendBackMatter.actions!] } }),
    vote: vote(round('vote', '票决', 'Vote', { paper: !rules.secret }), rules, exits, moves),
    counted,
    agreed: end('agreed', '同意', 'Agreed'),
    refused: end('refused', '不同意', 'Refused'),
    reworking: stage({
      stage: 'reworking', words: { zh: '退提出人', en: 'Back with the proposer' }, clauses, visibility: 'both', content: 'live', term: 'matter.reworking',
      duties: [proposer('bringAgain', 'bring', 'cancelMatter')],
    }, { on: { bring, bringAgain, cancelMatter: { target: 'cancelled' } } }),
    cancelled: stage({
      stage: 'cancelled', words: { zh: '撤销', en: 'Cancelled' }, clauses, visibility: 'both', duties: [], final: { outcome: 'cancelled', words: { zh: '撤销', en: 'Cancelled' } },
    }, { entry: [{ type: 'archiveCase', params: {} }] }),
  };
}
