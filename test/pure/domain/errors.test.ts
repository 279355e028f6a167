import { Forbidden, InvalidInput } from '../../../src/domain/errors.js';
import { halfWidth, inLanguage, words } from '../../../src/domain/text.js';

describe('errors', () => {
  const defect = (field: string) => ({ field, code: 'missing', sentence: words(`请填写${field}。`, `Enter ${field}.`) });
  it('one defect speaks for itself, several are counted, and all stay pinned to their fields', () => {
    expect(new InvalidInput([defect('面积')]).sentence.zh).toBe('请填写面积。');
    const several = new InvalidInput([defect('a'), defect('b')]);
    expect([several.sentence.zh, several.code, several.defects.map(({ field }) => field)]).toEqual(['有 2 处要改。', 'invalid-input', ['a', 'b']]);
    expect(several.detail).toBe('a: missing; b: missing');
  });

  it('the detail for the log never enters the sentence for the clerk', () => {
    const error = new Forbidden('not-yours', words('这件不由你办。', 'This is not your task.'), 'post 17 of org 3');
    expect(JSON.stringify(error.sentence)).not.toContain('17');
    expect([error.name, error.message]).toEqual(['Forbidden', 'not-yours: This is not your task. (post 17 of org 3)']);
    expect(inLanguage(error.sentence, 'zh')).toBe('这件不由你办。');
  });
});

it('full-width signs become plain ones and Chinese text stays as it is', () => {
  expect(halfWidth('２，０００．５０　ｍ－−济〔2026〕')).toBe('2,000.50 m--济〔2026〕');
});
