import { policyPack } from '../../../workflows/policies/pack-registry.js';

export const { pack } = policyPack('jinan-2011-61');

/** A plan of the sample district as typed: every figure is text. */
export const typedPlan = (): Record<string, Record<string, any>> => ({
  basics: { planType: 'construction', currentState: '现有大厅 1 处。', population: '754,136', contactName: '䶮堃', contactPhone: '0531-00000000' },
  goals: { guidingIdea: '公益性。', goals: '年底前建成。' },
  premises: {
    projects: [
      { tier: 'hall', placeCode: '370102', name: '示例区大厅', type: 'new', grossArea: '４０００', money: '300' },
      {
        tier: 'center', placeCode: '370102001', name: '示例街道服务中心', type: 'renovateExpand', usableArea: '200', archiveArea: '30.00', money: '80',
        receptionRoom: 'on', staffOffice: 'on', streetFront: true, groundFloor: 'true', plannedFinish: '2026年12月1日',
      },
    ],
    sitingFactors: { economy: 'a', population: 'b', revenue: 'c', geography: 'd', serviceRadius: 'e', serviceContent: 'f' }, spatialPlan: '规划〔2026〕1号',
  },
  organisation: { coordinationBody: '组长…', staffing: '每处 3 人' },
  funds: {
    lines: [
      { category: 'personnelFund', city: '0', district: '10', township: '2.5', total: '12.5' }, { category: 'operatingFund', city: '1', district: '1', township: '1', total: '3' },
      { category: 'constructionFund', city: '100', district: '280', township: '0', total: '380' },
    ], total: '395.5', specialAccount: '专账',
  },
  informatisation: { plan: '接入' },
  regulations: { plan: '七项制度上墙' },
  schedule: { phases: [{ name: '建设', from: '2026-10-01', to: '2026-12-20' }] },
  attachments: {},
});

export const register = {
  unit: { code: '370102', population: 754_136 },
  townships: new Map([['370102001', { name: '示例街道', population: 60_000 }], ['370102002', { name: '另一街道', population: 95_000 }]]),
  villages: new Map([['370102001001', { name: '示例社区', township: '370102001' }]]),
};
