import type { Knex } from 'knex';
import type { Actor } from '../../domain/actor.js';
import { localDay } from '../../domain/local-day.js';
import { words } from '../../domain/text.js';
import { valueOf, type PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { attachmentsOf } from '../../reads/case-content.js';
import type { CaseHead } from '../../reads/case-head.js';
import { openProjectsOf, placesOf, postsOfRoles, postsOnMySide, type PostChoice } from '../../reads/form-choices.js';
import type { FormSources } from '../form-view.js';
import type { WebServices } from '../services.js';

type Option = FormSources['options'][string][number];
type Row = FormSources['rows'][string][number];

/** A command is sent once: enough rows for a team, a sample of platforms or the findings of a visit. */
const COMMAND_ROWS = 15;

/** Everything the forms of a case offer to choose from: organisations, posts, places, sections, remarks to answer, findings, items to score. */
export async function formSources(
  trx: Knex.Transaction, services: WebServices, head: CaseHead, context: Record<string, unknown> | null, subject: Record<string, unknown> | null, now: Date, own: readonly Pick<Actor, 'org'>[],
): Promise<FormSources> {
  const city = services.city;
  const { pack } = services.packOf(head.pack);
  const day = localDay(now);
  const posts = await postsOfRoles(trx, city, ['cosign.officer', 'inspector', 'team.member'], day);
  const files = (await attachmentsOf(trx, city, head.caseId)).filter((file) => file.isolatedAt === null).map((file): Option => ({ value: file.id, words: file.name }));
  const places = (await placesOf(trx, city, head.year, head.unit)).map((place): Option => ({ value: place.code, words: place.name }));
  const projects = (await openProjectsOf(trx, city, head.unit)).map((project): Option => ({ value: project.id, words: `${project.name} ${project.code}` }));
  const ofUnit = posts.filter((post) => post.role === 'cosign.officer' && post.unit === head.unit);
  const organisations = [...new Map(ofUnit.map((post): [string, Option] => [post.org, { value: post.org, words: post.orgName }])).values()];
  const role = head.workflow === 'inspection' ? 'inspector' : 'team.member';
  const members = posts.filter((post) => post.role === role).map((post): Option => ({ value: post.post, words: `${post.orgName} ${post.holder ?? post.postName}` }));
  const ofMatter = head.workflow === 'matter';
  const onMySide = await postsOnMySide(trx, city, day);
  const named = (post: PostChoice): Option => ({ value: post.post, words: words(`${post.postName} ${post.holder ?? ''} · ${post.orgName}`, `${post.postNameEn} ${post.holder ?? ''} · ${post.orgName}`) });
  const mySide = onMySide.map(named);
  const colleagues = onMySide.filter((post) => own.some((one) => one.org === post.org)).map(named);
  const stops = services.stagesOf(head.workflow, head.chartVersion, head.pack).filter((stage) => stage.jumpStop && stage.stage !== head.stage).map((stage): Option => ({ value: stage.stage, words: stage.words }));
  const sections = services.content.sections(head.workflow, pack).map((section): Option => ({ value: section.name, words: section.words }));
  return {
    blankRows: COMMAND_ROWS,
    options: {
      ...fileOptions(files), organisations, posts: mySide, adviser: mySide, colleague: colleagues, signer: openSigners(context), jumpTo: stops, org: cosigners(context), 'team.post': members, leaves: ofMatter ? openParticipants(context) : members, joins: ofMatter ? mySide : members, 'participants.post': mySide, 'remarks.section': sections,
      'projects.project': projects, 'sites.placeCode': places, 'visits.placeCode': places, 'vetoes.id': valueOf(pack.scoring.vetoes).map((one) => ({ value: one.id, words: one.name })),
      'objections.finding': findings(context), 'decisions.finding': findings(context), 'results.finding': findings(context), 'findings.clause': clauses(pack),
    },
    rows: { ...remarkRows(context), ...checklistRows(pack, subject), ...scoreRows(pack, subject) },
  };
}

const fileOptions = (files: readonly Option[]): FormSources['options'] =>
  Object.fromEntries(['file', 'evidenceFile', 'scan', 'photos'].map((name) => [name, files]));

const clauses = (pack: PolicyPack): Option[] => Object.entries(pack.clauses).map(([id, place]) => ({ value: id, words: `${place} (${id})` }));

const listIn = (context: Record<string, unknown> | null, name: string): Record<string, unknown>[] =>
  Array.isArray(context?.[name]) ? (context[name] as Record<string, unknown>[]) : [];

const cosigners = (context: Record<string, unknown> | null): Option[] =>
  listIn(context, 'cosigners').map((one) => ({ value: String(one.org), words: String(one.name) }));

const openSigners = (context: Record<string, unknown> | null): Option[] =>
  listIn(context, 'signers').filter((one) => one.answer === 'pending' || one.answer === 'waiting').map((one) => ({ value: String(one.key), words: String(one.name) }));

const openParticipants = (context: Record<string, unknown> | null): Option[] =>
  listIn(context, 'participants').filter((one) => ['waiting', 'pending', 'overdue'].includes(String(one.answer))).map((one) => ({ value: String(one.post), words: String(one.name) }));

const findings = (context: Record<string, unknown> | null): Option[] =>
  listIn(context, 'findings').map((one) => ({ value: String(one.key ?? one.id), words: `${String(one.key ?? one.id)} ${String(one.text ?? '')}` }));

/** Remarks are answered one by one. */
function remarkRows(context: Record<string, unknown> | null): FormSources['rows'] {
  return { replies: listIn(context, 'remarks').map((one): Row => ({ key: String(one.id), title: String(one.text), values: {} })) };
}

/**
 * The checklist of the class of platform a visit is about: areas are measured, the rest is met or not. A record of several platforms
 * offers the items of every class; what is left empty is not sent.
 */
function checklistRows(pack: PolicyPack, subject: Record<string, unknown> | null): FormSources['rows'] {
  const lists = valueOf(pack.inspection.checklists);
  const every = [...new Map([...lists.hall, ...lists.center, ...lists.station].map((item) => [item.id, item])).values()];
  const own = subject?.tier === undefined ? every : lists[subject.tier as keyof typeof lists];
  const rows = (items: typeof every, kind: 'area' | 'yesNo'): Row[] => items.filter((item) => item.kind === kind).map((item) => ({ title: item.name, values: { item: item.id } }));
  return {
    measures: rows(own, 'area'), checklist: rows(own, 'yesNo'), 'visits.measures': rows(every, 'area'), 'visits.checklist': rows(every, 'yesNo'),
  };
}

/** The items a member scores: those of the member's own department. */
function scoreRows(pack: PolicyPack, subject: Record<string, unknown> | null): FormSources['rows'] {
  const mine = Array.isArray(subject?.items) ? new Set(subject.items.map(String)) : null;
  const rows = valueOf(pack.scoring.sheet).items.filter((item) => mine === null || mine.has(item.id)).map((item): Row => ({
    key: item.id, values: {}, title: { zh: `${item.title.zh}(${item.points} 分)`, en: `${item.title.en} (${item.points})` },
  }));
  const dimensions = valueOf(pack.scoring.sheet).dimensions.map((one): Row => ({ key: one.id, values: {}, title: one.name }));
  return { scores: rows, reasons: rows, evaluations: dimensions };
}
