import type { FilingUnit, Township, Village } from '../register/jinan-records.js';
import type { UnitStory } from './scenario.js';

/** The sections of a plan as a clerk would type them: everything as text, areas in m², money in 万元. */
export type TypedSections = Record<string, Record<string, unknown>>;

const STATIONS = 12;

/** Floor area a township centre is planned with: the standard of its class and a little more. */
function centreOf(township: Township): { area: number; archive: number } {
  if (township.population >= 90_000) return { area: 320, archive: 42 };
  if (township.population >= 60_000) return { area: 230, archive: 32 };
  return { area: 165, archive: 22 };
}

function hallOf(unit: FilingUnit): number {
  const bands: [number, number][] = [[200_000, 2100], [500_000, 3150], [1_000_000, 4200], [Infinity, 5200]];
  return bands.find(([upTo]) => unit.judgedPopulation <= upTo)![1];
}

/** A plan for a unit that names every township once, its hall and its first stations. Deterministic. */
export function planSections(unit: FilingUnit, townships: readonly Township[], villages: readonly Village[], story: UnitStory, year: number): TypedSections {
  const basics = {
    planType: story.nothingNew ? 'nothingNew' : 'construction', population: String(unit.judgedPopulation), populationSource: unit.populationSource,
    currentState: `${unit.name}现有街道（乡镇）服务中心 ${townships.length} 处、社区和行政村站（点） ${villages.length} 处，部分场所面积偏小。${story.story}。`,
    contactName: '王某某', contactPhone: '0531-00000000',
  };
  if (story.nothingNew) return { basics, attachments: { files: [], classified: [] } };
  const room = { receptionRoom: true, staffOffice: true, streetFront: true, groundFloor: true, archiveIncluded: false };
  const projects = [
    {
      tier: 'hall', placeCode: unit.code, name: `${unit.name}人力资源和社会保障综合服务大厅`, kind: story.carriedHall ? 'carried' : 'new', type: story.carriedHall ? 'renovateExpand' : 'new',
      grossArea: String(hallOf(unit)), usableArea: '', archiveArea: '', ...room, plannedFinish: `${year}-10-31`, money: '320.00', justification: '', approval: '',
    },
    ...townships.map((t) => {
      const { area, archive } = centreOf(t);
      return {
        tier: 'center', placeCode: t.code, name: `${t.name}人力资源和社会保障服务中心`, kind: 'new', type: 'renovateExpand', grossArea: '', usableArea: String(area), archiveArea: String(archive),
        ...room, plannedFinish: `${year}-10-20`, money: '18.50', justification: '', approval: '',
      };
    }),
    ...villages.slice(0, STATIONS).map((v) => ({
      tier: 'station', placeCode: v.code, name: `${v.name}服务${v.kind === 'village' ? '点' : '站'}`, kind: 'new', type: 'renovateExpand', grossArea: '', usableArea: '56', archiveArea: '', ...room,
      plannedFinish: `${year}-09-30`, money: '2.00', justification: '', approval: '',
    })),
  ];
  const building = 320 + townships.length * 18.5 + Math.min(STATIONS, villages.length) * 2;
  const line = (category: string, city: number, district: number, township: number) => ({
    category, city: city.toFixed(2), district: district.toFixed(2), township: township.toFixed(2), total: (city + district + township).toFixed(2),
  });
  const lines = [line('personnelFund', 0, townships.length * 6, townships.length * 2), line('operatingFund', 20, townships.length * 3, townships.length), line('constructionFund', 80, building - 80, 0)];
  return {
    basics,
    goals: {
      guidingIdea: '以方便群众就近办事为出发点，整合现有资源，补齐场所和设施短板，三级平台同标准、同流程。',
      goals: `年底前建成综合服务大厅 1 处、服务中心 ${townships.length} 处、站（点） ${Math.min(STATIONS, villages.length)} 处。`, developmentPlan: `${unit.name}国民经济和社会发展年度计划`,
    },
    premises: {
      projects,
      sitingFactors: {
        economy: '财力可以保障。', population: `常住人口 ${unit.judgedPopulation} 人。`, revenue: '一般公共预算安排专项。', geography: '各处均在公交站 500 米内。',
        serviceRadius: '步行 15 分钟。', serviceContent: '六类服务集中办理。',
      },
      spatialPlan: `${unit.name}城乡统筹发展规划`,
    },
    organisation: {
      coordinationBody: '由分管负责人牵头，人社、财政、编办、发改、民政参加，办公室设在人社局。', staffing: '大厅按窗口定员，中心和站点从现有人员中调剂。',
      hallStaff: '36', centerStaff: String(townships.length * 5), stationStaff: String(Math.min(STATIONS, villages.length) * 2),
    },
    funds: { lines, total: lines.reduce((sum, l) => sum + Number(l.total), 0).toFixed(2), specialAccount: '各街道（乡镇）设专户，专款专用' },
    informatisation: { plan: '统一接入市级系统，窗口与后台同库。', connected: true },
    regulations: { plan: '七项制度上墙，按季检查。', adopted: ['jobDuties', 'baseLedger', 'serviceDisclosure', 'abRole', 'firstContact', 'serviceCommitment', 'timeLimit'] },
    schedule: {
      phases: [
        { name: '动员部署', from: `${year}-08-15`, to: `${year}-08-31`, task: '摸清底数，落实责任。' }, { name: '全面建设', from: `${year}-09-01`, to: `${year}-10-31`, task: '完成建设和改造。' },
        { name: '自查迎检', from: `${year}-11-01`, to: `${year}-11-30`, task: '自查自评，申请验收。' },
      ],
      safeguards: '按月调度，纳入年度考核。',
    },
    attachments: { files: [], classified: [] },
  };
}
