import type { FactsOf } from '../../documents/document-kinds.js';
import { delivered, noTerm, timelinessWords } from './deliveries.js';
import type { Gatherer } from './gatherer.js';
import { unitOf } from './organs.js';
import { postNames } from './people.js';
import { frozenOf, planOf, planTitle } from './plan-papers.js';
import { actOf, recorded } from './recorded.js';

/** 收件回执 of the moment a plan was filed in the system. */
export const acknowledgement: Gatherer<'acknowledgement'> = async (dossier, issue): Promise<FactsOf<'acknowledgement'>> => {
  const { acknowledgement: given, content, amends } = planOf(dossier);
  const { number, at } = recorded(given, '收件编号');
  const { by, actingFor } = actOf(dossier, 'report').event;
  const posts = await postNames(dossier, [by.post]);
  return {
    number, receivedAt: at, unit: unitOf(dossier), caseNumber: dossier.caseNumber, subject: planTitle(dossier),
    sentBy: { post: posts.get(by.post ?? '')?.post ?? by.role, name: by.name, actingFor: typeof actingFor === 'string' ? actingFor : null },
    contentHash: recorded(content, '方案内容'), attachments: frozenOf(dossier).attachments.length, timeliness: amends === null ? timelinessWords(delivered(dossier)) : noTerm, verifyCode: issue.verifyCode,
  };
};
