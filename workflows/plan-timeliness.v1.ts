import { named, stage, type ChartState, type ChartTransition } from './patterns/chart.js';
import { FILING } from './plan-states.v1.js';

const grantExtension: ChartTransition = {
  target: 'waiting', reenter: true, guard: 'extensionIsLater', actions: [{ type: 'set.extended' }, { type: 'exception', params: { kind: 'extension' } }],
};
/** A corrected delivery is judged anew, whichever way it points. */
const confirmDelivery = [
  { guard: 'correctedInTime', target: 'onTime' }, { guard: 'correctedInExtension', target: 'extended' }, { guard: 'secondPerson', target: 'late' },
];

function settled(name: string, zh: string, en: string): ChartState {
  return stage({
    stage: name, words: { zh, en }, clauses: ['C-7.7'], visibility: 'both', duties: [], noTermBecause: { zh: '报送后不再计时', en: 'settled by the filing' },
  }, { on: { confirmDelivery } });
}

/** Whether the plan came in time: the earliest proven delivery against 30 September 24:00, Beijing time. An amendment has no yearly date. */
export const timeliness = named('报送时限', 'Timeliness', {
  initial: 'deciding',
  states: {
    was: { type: 'history', history: 'deep' },
    deciding: { always: [{ guard: 'amendment', target: 'notCounted' }, { target: 'waiting' }] },
    waiting: stage({
      stage: 'waiting', words: { zh: '未到期', en: 'Not yet due' }, clauses: ['C-7.7'], visibility: 'both', duties: [], term: FILING,
    }, {
      on: {
        report: [{ guard: 'inTime', target: 'onTime' }, { guard: 'inExtension', target: 'extended' }, { guard: 'consented', target: 'late' }],
        [`term.${FILING}.due`]: {
          target: 'overdue', actions: (['clerk', 'head', 'office'] as const).map((to) => ({ type: 'notify' as const, params: { template: 'filingMissed', to } })),
        },
        [`term.${FILING}.remind`]: { actions: [{ type: 'notify', params: { template: 'filingReminder', to: 'clerk' } }] },
        grantExtension,
      },
    }),
    overdue: stage({
      stage: 'overdue', words: { zh: '逾期未报', en: 'Overdue' }, clauses: ['C-7.7', 'C-7.13'], visibility: 'both', duties: [], term: 'plan.missed',
    }, {
      on: {
        report: { guard: 'consented', target: 'late' },
        'term.plan.missed.due': { actions: [{ type: 'notify', params: { template: 'supervisionDue', to: 'director' } }] },
        grantExtension,
      },
    }),
    onTime: settled('onTime', '按期', 'On time'),
    extended: settled('extended', '延期报送', 'Filed within the extension'),
    late: ((late: ChartState): ChartState => ({
      ...late,
      on: {
        ...late.on,
        register: [
          { guard: 'provenInTime', target: 'onTime', actions: [{ type: 'exception', params: { kind: 'earlier-delivery' } }] },
          { guard: 'provenInExtension', target: 'extended', actions: [{ type: 'exception', params: { kind: 'earlier-delivery' } }] },
        ],
      },
    }))(settled('late', '逾期报送', 'Filed late')),
    notCounted: stage({
      stage: 'notCounted', words: { zh: '方案调整，不计报送期限', en: 'Amendment, no filing date' }, clauses: ['C-7.7'], visibility: 'both', duties: [],
      noTermBecause: { zh: '年度报送期限不适用于方案调整', en: 'the yearly date is the yearly plan’s' },
    }),
  },
});

const registrar = { side: 'city' as const, org: 'office' as const, role: 'office.registrar' as const };

/** The delivery as registered may turn out wrong: one person says so with evidence, a second compares, and both values are kept. */
export const delivery = named('送达登记', 'Delivery', {
  initial: 'unregistered',
  states: {
    was: { type: 'history', history: 'deep' },
    unregistered: named('未登记', 'Not registered', { on: { register: { target: 'standing' } } }),
    standing: {
      meta: { words: { zh: '已登记', en: 'Registered' }, powers: [{ ...registrar, commands: ['correctDelivery'] }] },
      on: { correctDelivery: { target: 'comparing', actions: [{ type: 'set.correctionProposed' }] } },
    },
    comparing: stage({
      stage: 'deliveryCorrection', words: { zh: '核对送达时间', en: 'Comparing the delivery' }, clauses: ['C-7.7'], visibility: 'both', term: 'plan.paperComparison',
      duties: [{ side: 'city', org: 'office', role: 'office.clerk', commands: ['confirmDelivery', 'rejectDelivery'] }],
    }, {
      on: {
        confirmDelivery: {
          guard: 'secondPerson', target: 'standing',
          actions: [{ type: 'set.deliveryCorrected' }, { type: 'correctIncoming', params: {} }, { type: 'exception', params: { kind: 'delivery-corrected' } }],
        },
        rejectDelivery: { guard: 'secondPerson', target: 'standing', actions: [{ type: 'set.correctionDropped' }] },
      },
    }),
  },
});
