import { z } from 'zod';
import { words, type Words } from '../../src/domain/text.js';
import { inputLimitsOf } from '../policies/pack-rules.js';
import { valueOf, type PolicyPack } from '../policies/policy-pack.js';
import { choice, day, flag, optionalDay, optionalList, optionalReference, optionalText, text, type Option } from './fields.js';
import { quantityFields, type Limits } from './quantity-fields.js';
import { classified } from './shared-fields.js';

/** Types of a plan. 无新建任务 is one page: current status and consent. */
export const planTypes = [
  { value: 'construction', words: words('建设', 'Construction') },
  { value: 'consolidation', words: words('巩固提升', 'Consolidation') },
  { value: 'nothingNew', words: words('无新建任务', 'No new construction') },
] as const;
export type PlanType = (typeof planTypes)[number]['value'];

export const tiers = [
  { value: 'hall', words: words('综合服务大厅', 'Service hall') },
  { value: 'center', words: words('街道（乡镇）服务中心', 'Township centre') },
  { value: 'station', words: words('社区、行政村服务站（点）', 'Station') },
] as const;

export const projectTypes = [
  { value: 'new', words: words('新建', 'New') },
  { value: 'renovateExpand', words: words('改扩建', 'Renovation or extension') },
  { value: 'relocateRebuild', words: words('易地重建', 'Rebuilt elsewhere') },
  { value: 'existingCompliant', words: words('现有场所达标', 'Existing premises, compliant') },
] as const;

/** Where a project stands between the years. */
export const projectKinds = [
  { value: 'new', words: words('本年新建', 'New this year') },
  { value: 'continued', words: words('续建', 'Continued') },
  { value: 'carried', words: words('上年结转', 'Carried over') },
  { value: 'moved-out', words: words('调出', 'Moved out') },
] as const;

export const fundCategories = [
  { value: 'personnelFund', words: words('人员经费', 'Personnel') },
  { value: 'operatingFund', words: words('工作经费', 'Operating costs') },
  { value: 'constructionFund', words: words('基础建设经费', 'Construction') },
] as const;

/** The sections in their order (domain.md §4.5). */
export const planSectionNames = ['basics', 'goals', 'premises', 'organisation', 'funds', 'informatisation', 'regulations', 'schedule', 'attachments'] as const;
export type PlanSectionName = (typeof planSectionNames)[number];

const wan = words('万元', '×10,000 yuan');

/** @param regulations the rules a platform adopts, as the pack lists them */
function schemasFor(limits: Limits, regulations: readonly Option[]) {
  const q = quantityFields(limits);
  const project = z.object({
    tier: choice(words('平台级别', 'Tier'), tiers), placeCode: text(words('区划代码', 'Division code'), { control: 'text', max: 12 }), name: text(words('平台名称', 'Name'), { control: 'text', max: 80 }),
    kind: choice(words('年度安排', 'Timing'), projectKinds).default('new').meta({ label: words('年度安排', 'Timing'), control: 'choice' }),
    type: choice(words('建设方式', 'Type'), projectTypes),
    grossArea: q.area(words('建筑面积（m²）', 'Gross area (m²)')), usableArea: q.area(words('使用面积（m²）', 'Usable area (m²)')),
    archiveArea: q.area(words('档案室（m²）', 'Archive room (m²)')), archiveIncluded: flag(words('档案室含在上列面积内', 'Archive room is within the area')),
    receptionRoom: flag(words('多功能接待室', 'Reception room')), staffOffice: flag(words('工作人员办公室', 'Staff office')),
    streetFront: flag(words('服务大厅临街', 'Faces the street')), groundFloor: flag(words('服务大厅在一楼', 'On the ground floor')),
    plannedFinish: optionalDay(words('计划完成日期', 'Planned completion')), money: q.optionalMoney(words('投入（万元）', 'Money (×10,000 yuan)')),
    justification: optionalText(words('低于标准的说明', 'Reason for being below standard'), { hint: words('写明分期安排或立项批复', 'Construction in phases, or the project approval') }), approval: optionalText(words('立项批复文号', 'Project approval'), { control: 'text', max: 60 }),
  });
  return {
    basics: z.object({
      planType: choice(words('方案类型', 'Type of plan'), planTypes), currentState: text(words('现状与差距', 'Current situation and gaps'), { max: 8000 }),
      population: q.population(words('常住人口（人）', 'Residents')), populationSource: optionalText(words('人口数来源', 'Source of the figure'), { control: 'text', max: 120 }),
      contactName: text(words('联系人', 'Contact'), { control: 'text', max: 40 }), contactPhone: text(words('联系电话', 'Telephone'), { control: 'text', max: 40 }),
    }),
    goals: z.object({
      guidingIdea: text(words('指导思想和基本原则', 'Guiding principles'), { max: 8000 }), goals: text(words('建设目标', 'Goals'), { max: 8000 }),
      developmentPlan: optionalText(words('纳入的发展规划、年度计划', 'Development plans it belongs to'), { max: 300 }),
    }),
    premises: z.object({
      projects: z.array(project, { error: () => '请至少列一个项目。｜List at least one project.' }).min(1, { error: () => '请至少列一个项目。｜List at least one project.' })
        .max(10_000).meta({ label: words('建设项目', 'Projects'), control: 'sites' }),
      sitingFactors: z.object({
        economy: text(words('经济发展', 'Economic development')), population: text(words('人口规模', 'Population')), revenue: text(words('地方财政收入', 'Local revenue')),
        geography: text(words('地理交通', 'Geography and transport')), serviceRadius: text(words('服务半径', 'Service radius')), serviceContent: text(words('服务内容', 'Range of services')),
      }, { error: () => '请填写选址考虑的六项因素。｜Enter the six siting factors.' }).meta({ label: words('选址综合考虑的因素', 'Siting factors'), control: 'textarea' }),
      spatialPlan: text(words('城乡统筹发展规划依据', 'Urban and rural plan it follows'), { max: 300 }),
    }),
    organisation: z.object({
      coordinationBody: text(words('组织协调机构及成员', 'Co-ordination body and members'), { max: 8000 }), staffing: text(words('人员配备', 'Staffing'), { max: 8000 }),
      hallStaff: q.heads(words('大厅人数', 'Hall staff')), centerStaff: q.heads(words('服务中心人数', 'Centre staff')), stationStaff: q.heads(words('站（点）人数', 'Station staff')),
    }),
    funds: z.object({
      lines: z.array(z.object({
        category: choice(words('经费类别', 'Category'), fundCategories), city: q.money(words('市级', 'City'), wan), district: q.money(words('区县本级', 'District'), wan),
        township: q.money(words('街道乡镇', 'Township'), wan), total: q.money(words('合计', 'Total'), wan),
      }), { error: () => '请填写经费预算。｜Enter the budget.' }).max(20).meta({ label: words('经费预算（万元）', 'Budget (×10,000 yuan)'), control: 'measures' }),
      total: q.money(words('总计（万元）', 'Grand total (×10,000 yuan)')), specialAccount: text(words('专户或专账安排', 'Special account or books'), { max: 500 }),
    }),
    informatisation: z.object({ plan: text(words('信息化建设安排', 'Information systems'), { max: 8000 }), connected: flag(words('接入全市集中式数据库', 'Connected to the city database')) }),
    regulations: z.object({
      plan: text(words('制度建设安排', 'Rules'), { max: 8000 }),
      adopted: optionalList(words('七项制度', 'The seven rules'), 'checklist', z.string()).meta({ label: words('七项制度', 'The seven rules'), control: 'checklist', options: regulations }),
    }),
    schedule: z.object({
      phases: z.array(z.object({
        name: text(words('阶段', 'Phase'), { control: 'text', max: 80 }), from: day(words('开始', 'From')), to: day(words('结束', 'To')), task: optionalText(words('任务', 'Task')),
      }), { error: () => '请至少列一个阶段。｜List at least one phase.' }).min(1, { error: () => '请至少列一个阶段。｜List at least one phase.' }).max(60).meta({ label: words('实施步骤', 'Phases'), control: 'visits' }),
      safeguards: optionalText(words('保障措施', 'Safeguards'), { max: 8000 }),
    }),
    attachments: z.object({
      files: optionalList(words('附件', 'Attachments'), 'files', z.object({
        purpose: text(words('附件类别', 'Kind'), { control: 'choice', max: 40 }), file: optionalReference(words('文件', 'File'), 'file'),
      })),
      classified,
    }),
  };
}

export type PlanSchemas = ReturnType<typeof schemasFor>;
export type PlanContent = { [K in PlanSectionName]?: z.output<PlanSchemas[K]> };
export type PlanProject = z.output<PlanSchemas['premises']>['projects'][number];

const made = new WeakMap<PolicyPack, PlanSchemas>();

/** The schemas of the nine sections under a pack's limits. What was typed goes in as text; 0.01 m², 分 and days come out. */
export function planSchemas(pack: PolicyPack): PlanSchemas {
  const schemas = made.get(pack) ?? schemasFor(inputLimitsOf(pack), valueOf(pack.catalogues.regulations).map(({ id, name }) => ({ value: id, words: name })));
  made.set(pack, schemas);
  return schemas;
}

/** The sections a plan of this type consists of. */
export const planSectionsOf = (planType: PlanType): readonly PlanSectionName[] =>
  planType === 'nothingNew' ? ['basics', 'attachments'] : planSectionNames;

/** The names of the sections as the pack has them. */
export function planSectionWords(pack: PolicyPack, name: PlanSectionName): Words {
  return pack.forms.planSections.value.find((one) => one.id === name)?.name ?? words(name, name);
}
