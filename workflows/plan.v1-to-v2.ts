import { words } from '../src/domain/text.js';
import type { VersionMove } from './patterns/version-move.js';

/**
 * 形式审查 of one person becomes 初审; the days it has used are kept. A plan the director is deciding stays under v1: led over it would go on
 * record without the second look v2 demands, and to have it looked at again would take the decision from him.
 */
export const planV1ToV2: VersionMove = {
  workflow: 'plan', from: 1, to: 2,
  landings: {
    drafting: 'drafting', preReview: 'preReview', headReview: 'headReview', coSign: 'coSign', governmentApproval: 'governmentApproval', reporting: 'reporting',
    registered: 'registered', officeReview: 'firstCheck', correcting: 'correcting',
    directorDecision: {
      stage: 'directorDecision',
      refused: words('主任正在审定，新版要求的复核没有做过；按原版办完，或退回经办后再迁。', 'The director is deciding and the second check of the new version has not been made: finish under the old one, or send it back first.'),
    },
    filed: 'filed', exempted: 'exempted', dropped: 'dropped',
    waiting: 'waiting', overdue: 'overdue', onTime: 'onTime', extended: 'extended', late: 'late', notCounted: 'notCounted', deliveryCorrection: 'deliveryCorrection',
    held: 'held', jumpProposed: 'jumpProposed', supplement: 'supplement',
  },
  terms: { 'plan.officeReview': 'plan.firstCheck' },
  adds: { checkedBy: null },
};
