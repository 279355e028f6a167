import { z } from 'zod';
import { words, type Words } from '../../src/domain/text.js';
import { readScore } from '../../src/domain/scoring.js';
import { inputLimitsOf, scoreSheetOf } from '../policies/pack-rules.js';
import type { PolicyPack } from '../policies/policy-pack.js';
import { choice, day, optionalList, optionalReference, optionalText, readField, text } from './fields.js';
import { fundCategories } from './plan-sections.js';
import { quantityFields } from './quantity-fields.js';
import { classified } from './shared-fields.js';

/** What a unit hands in with its application (lifecycle §3). */
export const acceptanceSectionNames = ['selfAssessment', 'constructionPapers', 'completedProjects'] as const;
export type AcceptanceSectionName = (typeof acceptanceSectionNames)[number];

export const acceptanceSectionWords: Readonly<Record<AcceptanceSectionName, Words>> = {
  selfAssessment: words('六到位自评', 'Self-assessment'),
  constructionPapers: words('建设档案', 'Construction papers'),
  completedProjects: words('完成的项目', 'Completed projects'),
};

const presence = [
  { value: 'present', words: words('已具备', 'Present') },
  { value: 'notApplicable', words: words('不适用', 'Not applicable') },
] as const;

function schemasFor(pack: PolicyPack) {
  const q = quantityFields(inputLimitsOf(pack));
  const sheet = scoreSheetOf(pack);
  const dimension = ({ id, name }: { id: string; name: Words }) => {
    const points = sheet.items.filter((item) => item.dimension === id).reduce((sum, item) => sum + item.points, 0);
    return z.object({
      score: readField({ label: words(`${name.zh}自评分`, `${name.en}: own score`), control: 'text' }, (raw) => readScore('', raw, points)),
      evidence: text(words(`${name.zh}依据`, `${name.en}: evidence`), { max: 4000 }),
      file: optionalReference(words('佐证材料', 'File'), 'file'),
    }, { error: () => `请填写${name.zh}。｜Please fill in: ${name.en}.` }).meta({ label: name, control: 'scores' });
  };
  const paper = ({ name }: { id: string; name: Words }) => z.object({
    state: choice(name, presence), number: optionalText(words('文号或说明', 'Number or note'), { control: 'text', max: 120 }),
    reason: optionalText(words('不适用的理由', 'Why not applicable'), { max: 500 }), file: optionalReference(words('文件', 'File'), 'file'),
  }, { error: () => `请填写${name.zh}。｜Please fill in: ${name.en}.` }).superRefine((one, ctx) => {
    if (one.state === 'notApplicable' && one.reason === null) ctx.addIssue({ code: 'custom', path: ['reason'], message: `${name.zh}不适用的，请写明理由。｜Give the reason why “${name.en}” does not apply.` });
  }).meta({ label: name, control: 'choice' });
  return {
    selfAssessment: z.object(Object.fromEntries(sheet.dimensions.map((one) => [one.id, dimension(one)]))),
    constructionPapers: z.object({ ...Object.fromEntries(pack.acceptance.constructionPapers.value.map((one) => [one.id, paper(one)])), classified }),
    completedProjects: z.object({
      projects: z.array(z.object({
        project: z.string().meta({ label: words('项目', 'Project'), control: 'text' as const }), finishedOn: day(words('完成日期', 'Completed on')), note: optionalText(words('说明', 'Note'), { max: 500 }),
      }), { error: () => '请至少列一个完成的项目。｜List at least one completed project.' }).min(1, { error: () => '请至少列一个完成的项目。｜List at least one completed project.' })
        .meta({ label: words('完成的项目', 'Completed projects'), control: 'sites' }),
      funds: optionalList(words('经费执行（万元）', 'Money spent'), 'measures', z.object({
        category: choice(words('经费类别', 'Category'), fundCategories), allocated: q.money(words('到位', 'Allocated')), spent: q.money(words('支出', 'Spent')),
      })),
      specialAccount: optionalText(words('专户或专账', 'Special account or books'), { max: 300 }),
    }),
  };
}

export type AcceptanceSchemas = ReturnType<typeof schemasFor>;

const made = new WeakMap<PolicyPack, AcceptanceSchemas>();

/** The schemas of the application's sections: one field group per 到位 and per construction paper of the pack. */
export function acceptanceSchemas(pack: PolicyPack): AcceptanceSchemas {
  const schemas = made.get(pack) ?? schemasFor(pack);
  made.set(pack, schemas);
  return schemas;
}
