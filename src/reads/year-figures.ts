import { planOnRecord } from './plan-on-record.js';
import type { CaseProgress } from './year-progress.js';

/** The figures of a year's plans. The same on the page, in papers and over the API, because they are counted here only. */
export interface YearFigures {
  units: number;
  /** Plans that have been filed with the city (报送), on record or not. */
  reported: number;
  filed: number;
  exempted: number;
  correcting: number;
  underReview: number;
  notReported: number;
}

const reviewing = new Set(['registered', 'officeReview', 'firstCheck', 'secondCheck', 'directorDecision']);

/** Whether a plan has reached the city: it has been in 收文登记 or its case has ended. A draft sent for preliminary remarks has not. */
export function isReported(plan: CaseProgress): boolean {
  return plan.final || plan.stages.some((visit) => visit.stage === 'registered');
}

/** Counts the plans of a year, one per unit: the one on record, whatever amendment is under way beside it, else the latest. */
export function yearFigures(units: number, cases: readonly CaseProgress[]): YearFigures {
  const plans = [...new Set(cases.map((one) => one.unit))].flatMap((unit) => planOnRecord(cases.filter((one) => one.unit === unit)).plan ?? []);
  const count = (test: (plan: CaseProgress) => boolean): number => plans.filter(test).length;
  const exempted = count((plan) => plan.outcome === 'exempted');
  const reported = count((plan) => isReported(plan) && plan.outcome !== 'exempted');
  return {
    units,
    reported,
    filed: count((plan) => plan.outcome === 'filed'),
    exempted,
    correcting: count((plan) => plan.stage === 'correcting'),
    underReview: count((plan) => reviewing.has(plan.stage)),
    notReported: units - reported - exempted,
  };
}

/** How far the year has come after the plans: inspections and acceptances, each case once. */
export interface LaterFigures {
  inspecting: number;
  inspected: number;
  accepting: number;
  passed: number;
  failed: number;
}

export function laterFigures(cases: readonly CaseProgress[]): LaterFigures {
  const count = (workflow: string, test: (one: CaseProgress) => boolean): number => cases.filter((one) => one.workflow === workflow && test(one)).length;
  return {
    inspecting: count('inspection', (one) => !one.final), inspected: count('inspection', (one) => one.final), accepting: count('acceptance', (one) => !one.final),
    passed: count('acceptance', (one) => one.outcome === 'passed'), failed: count('acceptance', (one) => one.outcome === 'failed'),
  };
}
