import type { FactsOf } from '../../documents/document-kinds.js';
import { grouped } from '../../domain/decimal-text.js';
import type { PlanContent } from '../../../workflows/forms/plan-sections.js';
import type { Dossier } from '../dossier.js';
import type { Gatherer } from './gatherer.js';
import { unitOf } from './organs.js';
import { frozenOf, planOf, planSections } from './plan-papers.js';
import { fundTable, phaseTable, projectTables, staffTable } from './plan-tables.js';
import { recorded } from './recorded.js';

type Part = FactsOf<'planDocument'>['sections'][number];

/** The plan from its frozen content, in the ten parts of domain.md §4.5; one page of two parts where there is nothing to build. */
export const planDocument: Gatherer<'planDocument'> = async (dossier) => {
  const content = planSections(dossier);
  const { contentOrdinal, content: hash } = planOf(dossier);
  return {
    unit: unitOf(dossier), cycleYear: dossier.year, version: contentOrdinal, stage: null, sections: content.basics?.planType === 'nothingNew' ? onePage(content) : tenParts(dossier, content),
    annexes: annexes(dossier, content), contentHash: recorded(hash, '方案内容'),
  };
};

const part = (title: string, paragraphs: (string | null | undefined | false)[], tables: Part['tables'] = []): Part =>
  ({ title, paragraphs: paragraphs.flatMap((one) => (one ? one.split('\n').map((line) => line.trim()).filter((line) => line !== '') : [])), tables });

const present = ({ basics }: PlanContent): Part => part('现状与差距', [
  basics?.currentState,
  basics?.population !== null && basics?.population !== undefined && `常住人口${grouped(basics.population)}人${basics.populationSource === null ? '' : `（${basics.populationSource}）`}。`,
]);

const onePage = (content: PlanContent): Part[] => [present(content), part('本年度安排', ['本年度无新建任务，仍按规定接受年度检查。'])];

function tenParts(dossier: Dossier, content: PlanContent): Part[] {
  const { goals, premises, organisation, funds, informatisation, regulations, schedule } = content;
  const factors = premises?.sitingFactors;
  const below = (premises?.projects ?? []).filter((one) => one.justification !== null);
  const adopted = dossier.pack.catalogues.regulations.value.filter(({ id }) => regulations?.adopted.includes(id)).map(({ name }) => name.zh);
  return [
    part('指导思想、基本原则和总体目标', [goals?.guidingIdea, goals?.goals, goals?.developmentPlan && `纳入规划和计划：${goals.developmentPlan}`]),
    present(content),
    part('建设任务和标准', ['标准为下限，可以突破。', ...below.map((one) => `${one.name}低于标准的说明：${one.justification}${one.approval === null ? '' : `（${one.approval}）`}`)], projectTables(frozenOf(dossier))),
    part('实施步骤和时间安排', [], phaseTable(content)),
    part('人员配备', [organisation?.staffing], staffTable(content)),
    part('经费预算和筹措', [funds && `专户或专账安排：${funds.specialAccount}`], fundTable(content)),
    part('场所规划', [
      premises && `城乡统筹发展规划依据：${premises.spatialPlan}`,
      ...(factors === undefined ? [] : dossier.pack.forms.sitingFactors.value.map(({ id, name }) => `${name.zh}：${factors[id as keyof typeof factors]}`)),
    ]),
    part('信息化建设', [informatisation?.plan, informatisation?.connected && '接入全市集中式数据库。']),
    part('制度建设', [regulations?.plan, adopted.length > 0 && `建立${adopted.join('、')}等${adopted.length}项制度。`]),
    part('保障措施', [organisation && `组织协调机构及成员：${organisation.coordinationBody}`, schedule?.safeguards]),
  ];
}

/** Files and classified papers filed with the plan, as lists: files lie in the case, of classified papers only the number is known here. */
function annexes(dossier: Dossier, { attachments }: PlanContent): Part[] {
  const purpose = (id: string): string => dossier.pack.forms.attachments.value.find((one) => one.id === id)?.name.zh ?? id;
  const files = frozenOf(dossier).attachments.map((one) => [purpose(one.purpose), one.name, one.sha256.slice(0, 16)]);
  const classified = (attachments?.classified ?? []).map((one) => [one.number, one.copies ?? '—', one.keptAt]);
  return [
    ...(files.length === 0 ? [] : [part('附件材料清单', [], [{ caption: '随方案报送的附件', columns: ['类别', '文件名', '摘要值（前16位）'], rows: files, sample: false }])]),
    ...(classified.length === 0 ? [] : [part('涉密材料登记', ['只登记文号，材料不入本系统。'], [{ caption: '涉密材料', columns: ['文号', '份数', '存放处'], rows: classified, sample: false }])]),
  ];
}
