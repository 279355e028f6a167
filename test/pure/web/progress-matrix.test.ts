import { allStages } from '../../../src/engine/case-step.js';
import type { FilingUnit } from '../../../src/reads/filing-units.js';
import { planOnRecord } from '../../../src/reads/plan-on-record.js';
import { yearFigures } from '../../../src/reads/year-figures.js';
import type { CaseProgress } from '../../../src/reads/year-progress.js';
import { matrixColumns, progressMatrix } from '../../../src/web/progress-matrix.js';
import type { WebServices } from '../../../src/web/services.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { machineFor } from '../../../workflows/registry.js';

const services = { stagesOf: (workflow: string, version: number, pack: string) => allStages(machineFor(workflow, version, policyPack(pack))) } as unknown as WebServices;
const day = (n: number): Date => new Date(Date.UTC(2026, 8, n));

/** A case that has been in these stages one after the other, and is in the last. */
const been = (workflow: string, stages: string[], over: Partial<CaseProgress> = {}): CaseProgress => ({
  caseId: `${workflow}:${stages.join()}`, unit: 'u', workflow, caseNumber: '', title: '', chartVersion: 1, pack: 'jinan-2011-61', stage: stages.at(-1)!, completeness: 40, released: false,
  final: false, outcome: null, openedAt: day(1), movedAt: day(stages.length),
  stages: stages.map((stage, index) => ({ stage, seq: index + 1, enteredAt: day(index + 1), leftAt: index + 1 < stages.length ? day(index + 2) : null })), ...over,
});

const line = ['drafting', 'headReview', 'governmentApproval', 'reporting', 'registered', 'officeReview', 'directorDecision'];
const filed = been('plan', [...line, 'filed'], { final: true, outcome: 'filed' });
const row = (...cases: CaseProgress[]) => {
  const { caseId, cells } = progressMatrix(services, [{ id: 'u' } as FilingUnit], cases)[0]!;
  const shown = Object.fromEntries(cells.map((cell, index) => [matrixColumns[index]!.zh, cell.done !== null ? '✓' : (cell.current?.words.zh ?? '')]));
  return { caseId, shown, cells };
};

describe('a unit’s row of the year', () => {
  it('shows the plan on record while it is being amended, and says that it is', () => {
    const amendment = been('plan', ['drafting']);
    const { caseId, shown, cells } = row(filed, amendment);
    expect([caseId, shown]).toEqual([filed.caseId, expect.objectContaining({ 起草: '✓', 备案: '✓' })]);
    expect(cells.map((cell) => cell.amendment)).toEqual([null, null, null, null, null, amendment.caseId, null, null]);
  });

  it('shows the amendment once it is itself on record, and nothing of one that was dropped', () => {
    const amended = been('plan', [...line, 'filed'], { caseId: 'amended', final: true, outcome: 'filed' });
    expect(row(filed, amended).caseId).toBe('amended');
    const dropped = been('plan', ['drafting', 'dropped'], { final: true, outcome: 'dropped' });
    expect([row(filed, dropped).caseId, row(filed, dropped).cells[5]!.amendment]).toEqual([filed.caseId, null]);
    expect(yearFigures(13, [filed, dropped])).toMatchObject({ filed: 1, reported: 1, notReported: 12 });
    expect(planOnRecord([filed, amended, dropped])).toEqual({ plan: amended, amendment: undefined });
  });

  it('ticks off nothing that a return has led back before', () => {
    const back = been('plan', ['drafting', 'headReview', 'governmentApproval', 'reporting', 'registered', 'officeReview', 'correcting', 'governmentApproval']);
    expect(row(back).shown).toMatchObject({ 起草: '✓', 政府同意: '本级政府审定', 报送收文: '', 形式审查: '', 备案: '' });
    expect(row(been('plan', ['drafting', 'headReview', 'coSign', 'headReview'])).shown).toMatchObject({ 起草: '人社局审核', 区内会签: '✓', 政府同意: '' });
    expect(row(been('plan', ['drafting', 'headReview', 'coSign', 'headReview', 'drafting'])).shown).toMatchObject({ 起草: '起草', 区内会签: '' });
  });

  it('an exemption is told in the last step, not as a plan that never came', () => {
    expect(row(been('plan', ['drafting', 'exempted'], { final: true, outcome: 'exempted' })).shown).toMatchObject({ 起草: '', 备案: '经批准免报' });
  });

  it('an acceptance that failed is not ticked off, one given up leaves the cell open, a passed one stays', () => {
    const failed = been('acceptance', ['applying', 'failed'], { final: true, outcome: 'failed' });
    const passed = been('acceptance', ['applying', 'passed'], { final: true, outcome: 'passed' });
    const abandoned = been('acceptance', ['applying', 'abandoned'], { final: true, outcome: 'abandoned' });
    expect([row(failed), row(abandoned), row(failed, passed), row(passed, abandoned)].map(({ shown }) => shown.验收)).toEqual(['验收不合格', '', '✓', '✓']);
  });
});
