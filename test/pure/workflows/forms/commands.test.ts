import { z } from 'zod';
import { commandForms } from '../../../../workflows/forms/commands.js';
import { readForm } from '../../../../workflows/forms/command-form.js';
import { InvalidInput } from '../../../../src/domain/errors.js';
import { paperForm } from '../../../../workflows/forms/paper-form.js';

const id = '018f3a00-0000-7000-8000-000000000001';
const read = (command: string, fields: unknown): any => readForm(commandForms[command]!.schema, fields);
const defects = (command: string, fields: unknown): { field: string; zh: string }[] => {
  try {
    read(command, fields);
    return [];
  } catch (error) {
    return (error as InvalidInput).defects.map((d) => ({ field: d.field, zh: d.sentence.zh }));
  }
};

describe('command forms', () => {
  it('every field has a label in both languages and a control, and every form an API description', () => {
    for (const [command, form] of Object.entries({ ...commandForms, paper: { schema: paperForm, words: { zh: '登', en: 'r' } } as never })) {
      for (const [name, field] of Object.entries((form as any).schema.shape)) {
        const meta = (field as z.ZodType).meta() as any;
        expect([command, name, Boolean(meta?.label?.zh && meta?.label?.en && meta?.control)]).toEqual([command, name, true]);
      }
      expect(z.toJSONSchema((form as any).schema, { io: 'input' })).toMatchObject({ type: 'object' });
    }
  });

  it('the words of the office never claim a power to approve', () => {
    const said = JSON.stringify(Object.values(commandForms).map((f) => [f.words, f.done, f.hint]));
    for (const wrong of ['审批', '督办', '一票否决', '催办', '责令']) expect(said).not.toContain(wrong);
  });

  it('nothing sent at all gets one sentence per required field', () => {
    expect(defects('consent', {}).map((d) => d.field)).toEqual(['kind', 'number', 'date']);
    expect(defects('consent', {})[1]!.zh).toBe('请填写文号。');
    expect(defects('consent', { kind: 'nod', number: ' ', date: '2026-02-30' }).map((d) => d.field)).toEqual(['kind', 'number', 'date']);
  });

  it.each(['历下政复[2026]12号', '历下政复（2026）12号', '历下政复(2026) 12号', '历下政复【２０２６】12号', '历下政复〔2026〕12号'])('%s is set right as 〔〕', (number) => {
    expect(read('consent', { kind: 'reply', number, date: '2026年9月8日' })).toMatchObject({ number: '历下政复〔2026〕12号', date: '2026-09-08' });
  });

  it('minutes have no 发文字号 and are taken as they are; a broken 发文字号 is refused', () => {
    expect(read('consent', { kind: 'minutes', number: '第14次常务会议纪要', date: '2026-09-08' }).number).toBe('第14次常务会议纪要');
    expect(defects('report', { documentNumber: '历下人社报〔2026〕第08号' })[0]!.field).toBe('documentNumber');
  });

  it('full-width digits become half-width, Chinese punctuation stays', () => {
    expect(read('dissent', { reason: '　面积１２０ｍ，应再测。\r\n见图　' }).reason).toBe('面积120m，应再测。\n见图');
  });

  it('rare characters survive', () => {
    expect(read('dissent', { reason: '䶮堃镕𠮷' }).reason).toBe('䶮堃镕𠮷');
    expect(defects('dissent', { reason: '𠮷'.repeat(2001) })).toHaveLength(1);
    expect(defects('dissent', { reason: '𠮷'.repeat(2000) })).toHaveLength(0);
  });

  it('a time without a zone is Beijing time, the second before midnight is kept', () => {
    const fields = { theirNumber: '历下人社报〔2026〕8号', channel: 'paper', dated: '2026-09-29' };
    expect(read('register', { ...fields, deliveredAt: '2026-09-30T23:59:59' }).deliveredAt).toBe('2026-09-30T15:59:59.000Z');
    expect(read('register', { ...fields, deliveredAt: '2026-09-30T23:59:59+08:00' }).deliveredAt).toBe('2026-09-30T15:59:59.000Z');
    expect(read('register', { ...fields, deliveredAt: '２０２６-09-29' }).deliveredAt).toBe('2026-09-28T16:00:00.000Z');
    expect(defects('register', { ...fields, deliveredAt: '2026-09-31 10:00' })[0]!.field).toBe('deliveredAt');
  });

  it('an extension ends at 24:00 of its day in Beijing', () => {
    expect(read('grantExtension', { until: '2026-10-15', basis: '组长2026年9月28日批示', reason: '洪水' }).until).toBe('2026-10-15T16:00:00.000Z');
  });

  it('remarks are numbered, pinned to a section, and may not be empty', () => {
    expect(read('returnForCorrection', { remarks: [{ section: 'funds', text: '合计不符' }] }).remarks).toEqual([{ id: 'r1', section: 'funds', text: '合计不符' }]);
    expect(defects('returnForCorrection', { remarks: [] })).toHaveLength(1);
    expect(defects('returnForCorrection', { remarks: [{ section: 'funds', text: '' }] })[0]!.field).toBe('remarks.0.text');
  });

  it('what a body carries beside the form is dropped, so nobody types a total', () => {
    expect(read('submitDraft', { conclusion: 'passed', total: 1000, grade: 'excellent', type: 'issue' })).not.toHaveProperty('total');
  });

  it('a plain form’s "on" is a tick, and an id that is no id is refused', () => {
    const team = (leader: unknown) => read('formTeam', { team: [{ post: id, leader }] }).team;
    expect(team('on')).toEqual([{ post: id, leader: true }]);
    expect(team(undefined)).toEqual([{ post: id, leader: false }]);
    expect(defects('formTeam', { team: [{ post: "' or 1=1", leader: true }] })[0]!.field).toBe('team.0.post');
  });

  it('days to rectify are a whole number, also when typed full-width', () => {
    const finding = { clause: 'C-9.2', text: 'x', severity: 'major', proposal: 'y' };
    expect(read('recordSite', { findings: [{ ...finding, days: '１５' }], counterSigned: true }).findings[0].days).toBe(15);
    for (const days of ['0', '1.5', '', '366', 'abc', -1]) expect(defects('recordSite', { findings: [{ ...finding, days }] })).toHaveLength(1);
  });
});
