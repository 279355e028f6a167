import { words } from '../../domain/text.js';
import type { PostRef } from '../../../workflows/vocabulary.js';
import { liveHash } from '../case-content.js';
import { chosenPosts } from '../chosen-posts.js';
import { freeze } from '../freeze.js';
import { demandNone, type Preparation, type Prepared, type Preparer } from '../preparation.js';

/** Posts that look on and decide nothing. */
const ONLOOKERS = ['auditor', 'admin', 'archivist'];

/** The text as it is brought: fixed from then on, so that everybody decides on the same words. */
async function fixed(p: Preparation, facts: Record<string, unknown>): Promise<Prepared> {
  const frozen = await freeze(p.trx, p.caseRow.id);
  demandNone(frozen.read.defects.map((one) => ({ ...one, field: `${one.section}.${one.field}` })));
  const shown = await liveHash(p.trx, p.caseRow.id);
  return { facts: { defects: 0, content: frozen.hash, completeness: 100, ...facts }, freeze: { hash: frozen.hash, body: frozen.body }, ...(shown === null ? {} : { shown }) };
}

/** The posts as the register knows them, none of them an onlooker's. `field` is where a refusal is pinned. */
const eligible = (p: Preparation, field: string, wanted: string | string[]): Promise<PostRef[]> =>
  chosenPosts({ ...p, fields: { [field]: wanted } }, field, (one) => (ONLOOKERS.includes(one.role) ? { code: 'not-eligible', sentence: words(`${one.name}不参加办理，请另选。`, `${one.name} decides no matters; choose another.`) } : null));

/** 送办: who decides, in the order given, and no more than the pack allows; a vote needs enough who vote. */
export const bring: Preparer = async (p) => {
  const wanted = (p.fields.participants as { post: string }[]).map(({ post }) => post);
  const { mostParticipants, leastVoters } = p.pack.decisions;
  const refuse = (holds: boolean, code: string, zh: string, en: string) => (holds ? [] : [{ field: 'participants', code, sentence: words(zh, en) }]);
  demandNone([
    ...refuse(new Set(wanted).size === wanted.length, 'twice', '同一岗位不能列两次。', 'No post is listed twice.'),
    ...refuse(wanted.length <= mostParticipants.value, 'too-many', `参加人不多于 ${mostParticipants.value} 个岗位，现为 ${wanted.length} 个。`, `At most ${mostParticipants.value} participants, not ${wanted.length}.`),
    ...refuse(p.fields.mode !== 'vote' || wanted.length >= leastVoters.value, 'too-few', `参加表决的不少于 ${leastVoters.value} 个岗位，现为 ${wanted.length} 个。`, `A vote needs at least ${leastVoters.value} members, not ${wanted.length}.`),
  ]);
  return fixed(p, { posts: await eligible(p, 'participants', wanted) });
};

export const bringAgain: Preparer = (p) => fixed(p, {});

/** 更换参加人: whoever joins is another post of the same side, held by somebody. */
export const replaceParticipant: Preparer = async (p) => {
  const participants = p.context.participants as (PostRef & { answer: string })[];
  const leaves = participants.find(({ post }) => post === p.fields.leaves);
  const open = leaves !== undefined && ['pending', 'overdue', 'waiting'].includes(leaves.answer);
  demandNone([
    ...(open ? [] : [{ field: 'leaves', code: 'not-open', sentence: words('换出的岗位不在参加人中，或已经答复。', 'Who is to leave is no participant, or has answered.') }]),
    ...(participants.some(({ post }) => post === p.fields.joins) ? [{ field: 'joins', code: 'twice', sentence: words('换入的岗位已是参加人。', 'Who is to join is a participant already.') }] : []),
  ]);
  const [joins] = await eligible(p, 'joins', String(p.fields.joins));
  return { facts: { joins, exception: `${joins!.name}接替${leaves!.name}；理由：${String(p.fields.reason)}` } };
};
