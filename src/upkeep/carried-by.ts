import type { Knex } from 'knex';
import type { Day } from '../domain/local-day.js';
import { openTitle } from '../engine/open-title.js';

/** A post somebody holds himself (A), with where it stands. */
export interface HeldPost {
  holding: string;
  post: string;
  postName: string;
  postNameEn: string;
  org: string;
  orgName: string;
  role: string;
  unit: string | null;
}

/** A deputyship the person gives or takes, which still runs or is to come. */
export interface Deputyship extends Omit<HeldPost, 'holding'> {
  id: string;
  holder: string | null;
  holderName: string | null;
  deputy: string;
  deputyName: string;
  from: Day;
  to: Day | null;
  why: string | null;
}

/** Something of a live case that lies with the person or with one of the posts. */
export interface CarriedTask {
  kind: 'claim' | 'task' | 'opinion' | 'signer' | 'compare';
  taskId: string;
  /** The post it lies with; null for a claim on a duty of a post that is none of these. */
  post: string | null;
  caseId: string;
  caseNumber: string;
  title: string;
  workflow: string;
  chartVersion: number;
  pack: string;
  state: string;
}

/** A place in the team of a live case: it is the post's. */
export interface TeamPlace {
  post: string;
  caseId: string;
  caseNumber: string;
  title: string;
}

export interface Carried {
  posts: HeldPost[];
  deputyships: Deputyship[];
  tasks: CarriedTask[];
  teams: TeamPlace[];
}

/** The posts a person holds himself on a day. */
export async function postsHeldBy(trx: Knex.Transaction, city: string, person: string, day: Day): Promise<HeldPost[]> {
  return trx('post_holding as h').join('post as p', (on) => on.on('p.city', 'h.city').andOn('p.id', 'h.post'))
    .join('organisation_version as v', (on) => on.on('v.city', 'p.city').andOn('v.org', 'p.org').andOnNull('v.valid_to'))
    .where({ 'h.city': city, 'h.person': person, 'h.standing': 'A' }).where('h.valid_from', '<=', day).andWhere((q) => q.whereNull('h.valid_to').orWhere('h.valid_to', '>=', day)).orderBy('p.name')
    .select('h.id as holding', 'p.id as post', 'p.name as postName', 'p.name_en as postNameEn', 'p.org', 'v.short_name as orgName', 'p.role', 'p.unit');
}

/** Deputyships that have not ended on a day, by post. Without `whose` all of them. */
export async function deputyships(trx: Knex.Transaction, city: string, since: Day, whose?: { person: string; posts: readonly string[] }): Promise<Deputyship[]> {
  const rows = trx('post_holding as b').join('post as p', (on) => on.on('p.city', 'b.city').andOn('p.id', 'b.post'))
    .join('organisation_version as v', (on) => on.on('v.city', 'p.city').andOn('v.org', 'p.org').andOnNull('v.valid_to'))
    .join('person as d', (on) => on.on('d.city', 'b.city').andOn('d.id', 'b.person')).leftJoin('person as a', (on) => on.on('a.city', 'b.city').andOn('a.id', 'b.stands_for'))
    .where({ 'b.city': city, 'b.standing': 'B' }).andWhere((q) => q.whereNull('b.valid_to').orWhere('b.valid_to', '>=', since)).orderBy(['b.valid_from', 'p.name'])
    .select('b.id', 'b.post', 'p.name as postName', 'p.name_en as postNameEn', 'p.org', 'v.short_name as orgName', 'p.role', 'p.unit', 'b.why', 'b.stands_for as holder', 'a.name as holderName', 'b.person as deputy', 'd.name as deputyName', 'b.valid_from as from', 'b.valid_to as to');
  return whose === undefined ? rows : rows.andWhere((q) => q.where('b.person', whose.person).orWhere('b.stands_for', whose.person).orWhere((own) => own.whereIn('b.post', [...whose.posts]).whereNull('b.stands_for')));
}

/** What lies with some posts of a person, and what the person has claimed elsewhere. Names of cases, never their content. */
export async function carriedBy(trx: Knex.Transaction, city: string, person: string, posts: readonly HeldPost[], day: Day): Promise<Carried> {
  return {
    posts: [...posts], deputyships: await deputyships(trx, city, day, { person, posts: posts.map(({ post }) => post) }),
    tasks: await tasksOf(trx, city, person, posts), teams: await teamsOf(trx, city, posts),
  };
}

async function tasksOf(trx: Knex.Transaction, city: string, person: string, posts: readonly HeldPost[]): Promise<CarriedTask[]> {
  const rows = await trx('task as t').join('case_file as c', (on) => on.on('c.city', 't.city').andOn('c.id', 't.case_id')).where({ 't.city': city, 't.status': 'open' })
    .andWhere((any) => {
      any.where('t.person', person);
      for (const one of posts) any.orWhere((p) => p.where({ 't.org': one.org, 't.role': one.role }).whereNull('t.person').andWhere((q) => q.whereNull('t.post').orWhere('t.post', one.post)));
    })
    .orderBy(['c.case_number', 't.opened_at', 't.id'])
    .select('t.id as taskId', 't.kind', 't.key', 't.person', 't.org', 't.role', 't.post as ownPost', 't.state', 'c.id as caseId', 'c.case_number as caseNumber', openTitle(trx), 'c.workflow',
      'c.chart_version as chartVersion', 'c.pack');
  return rows.map(({ key, person: claimant, kind, org, role, ownPost, ...task }) => ({
    ...task, kind: claimant !== null ? 'claim' : kind !== 'duty' ? kind : key.includes('#signers:') ? 'signer' : 'task',
    post: posts.find((one) => one.org === org && one.role === role && (ownPost === null || ownPost === one.post))?.post ?? null,
  }));
}

async function teamsOf(trx: Knex.Transaction, city: string, posts: readonly HeldPost[]): Promise<TeamPlace[]> {
  if (posts.length === 0) return [];
  const rows = await trx('case_snapshot as s').join('case_file as c', (on) => on.on('c.city', 's.city').andOn('c.id', 's.id')).where({ 's.city': city, 'c.final': false })
    .andWhere((any) => { for (const { post } of posts) any.orWhereLike('s.snapshot', `%${post}%`); })
    .orderBy('c.case_number').select('c.id as caseId', 'c.case_number as caseNumber', openTitle(trx), 's.snapshot');
  return rows.flatMap(({ snapshot, ...found }) => {
    const members = ((JSON.parse(snapshot) as { snapshot: { context: { members?: { post: string }[] } } }).snapshot.context.members ?? []).map(({ post }) => post);
    return posts.filter(({ post }) => members.includes(post)).map(({ post }) => ({ ...found, post }));
  });
}

/** How many opinions a person has begun and not sent. Run as that person: nobody else reads drafts, and of these only the number is told. */
export async function unsentDrafts(trx: Knex.Transaction, city: string, person: string): Promise<number> {
  const [{ count }] = (await trx('draft_opinion as d').join('task as t', (on) => on.on('t.city', 'd.city').andOn('t.id', 'd.task_id')).where({ 'd.city': city, 'd.person': person, 't.status': 'open' })
    .count('* as count')) as unknown as [{ count: bigint }];
  return Number(count);
}
