import type { FactsOf } from '../../documents/document-kinds.js';
import { formatDate } from '../../domain/chinese-date.js';
import { localDay } from '../../domain/local-day.js';
import { scoreSheetOf } from '../../../workflows/policies/pack-rules.js';
import { valueOf } from '../../../workflows/policies/policy-pack.js';
import type { Dossier } from '../dossier.js';
import { acceptanceOf, reinspectionOf, signingActs, visitsOf } from './acceptance-case.js';
import { completedProjects } from './acceptance-construction.js';
import { postNames, postOf, signatureOf } from './people.js';
import { actOf, recorded, textOf } from './recorded.js';
import { countByTier, paperTiers } from './visited-places.js';

type Report = FactsOf<'acceptanceReport'>;

/** 验收组织与方法: who, when, what was seen, and the steps as the journal has them. */
export async function organizationOf(dossier: Dossier): Promise<Report['organization']> {
  const { members, replacements, visit } = acceptanceOf(dossier);
  const { from, to } = recorded(visit, '现场验收时间');
  const sheet = scoreSheetOf(dossier.pack);
  const duties = (items: readonly string[]): string =>
    sheet.dimensions.filter(({ id }) => sheet.items.some((item) => item.dimension === id && items.includes(item.id))).map(({ name }) => name.zh).join('、');
  return {
    team: members.map((one) => ({ name: one.name, unit: one.orgName, post: one.postName, role: one.leader ? 'leader' : 'member', duties: duties(one.items) || (one.leader ? '牵头' : '参加评议') })),
    replacements: replacements.map(({ left, joined, reason, approvedBy, at, seenAgainOn }) => ({
      left, joined, reason: seenAgainOn === null ? reason : `${reason.replace(/。$/, '')}；${joined}于${formatDate(seenAgainOn)}补看现场`, approvedBy, on: localDay(new Date(at)),
    })),
    from, to, procedure: procedureOf(dossier), sampling: await samplingOf(dossier),
  };
}

function procedureOf(dossier: Dossier): string[] {
  const times = valueOf(dossier.pack.acceptance.measurements);
  const note = textOf(actOf(dossier, 'recordVisit'), 'note');
  return ['审核验收申请', '组成验收小组', `现场查看并逐项实测${times}次取平均`, '分项评分', '起草报告', '小组成员会签', ...(reinspectionOf(dossier) === undefined ? [] : ['整改后复验']), ...(note === null ? [] : [note.replace(/[。；]$/, '')])];
}

/** How many of the completed platforms were seen. How they were chosen is not recorded unless all were. */
async function samplingOf(dossier: Dossier): Promise<Report['organization']['sampling']> {
  const built = await completedProjects(dossier);
  const visits = visitsOf(dossier);
  const tiers = await paperTiers(dossier, [...built, ...visits]);
  const [all, seen] = [countByTier(built, tiers), countByTier(visits, tiers)];
  const everything = built.every((one) => visits.some((visit) => visit.tier === one.tier && visit.placeCode === one.placeCode));
  return {
    rule: everything ? '申请验收的平台全部实地查看' : '选取方式未登记，实地查看的平台见附件2', seed: null,
    tiers: [...new Set([...all.keys(), ...seen.keys()])].map((tier) => ({ tier, total: Math.max(all.get(tier) ?? 0, seen.get(tier) ?? 0), drawn: seen.get(tier) ?? 0 })),
  };
}

/** The signatures on the draft that is issued, leader first, and the leader's on a re-inspection. A dissent is told, its words only where the pack has them printed. */
export async function signaturesOf(dossier: Dossier): Promise<Pick<Report, 'signatures' | 'dissents'>> {
  const { members } = acceptanceOf(dossier);
  const acts = signingActs(dossier);
  const again = reinspectionOf(dossier);
  const names = await postNames(dossier, [...acts.map(postOf), ...(again === undefined ? [] : [postOf(again)])]);
  const leads = (post: string | null): boolean => members.some((one) => one.post === post && one.leader);
  const signed = [...acts].sort((a, b) => Number(leads(postOf(b))) - Number(leads(postOf(a))) || a.seq - b.seq)
    .map((act) => signatureOf(act, leads(postOf(act)) ? '组长' : '成员', names.get(postOf(act) ?? ''), act.command === 'dissent' ? '保留意见，记入评议记录' : null));
  return {
    signatures: again === undefined ? signed : [...signed, signatureOf(again, '组长', names.get(postOf(again) ?? ''), '复验结果')],
    dissents: {
      printed: valueOf(dossier.pack.acceptance.dissentPrinted),
      items: acts.filter(({ command }) => command === 'dissent').map((act) => ({ name: act.event.by.name, text: textOf(act, 'reason') ?? '', at: act.at })),
    },
  };
}
