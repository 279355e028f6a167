import fc from 'fast-check';
import { slipCodeOf, taskTailOf } from '../../../src/documents/slip-code.js';

describe('the code of a 呈批件', () => {
  it('leads back to the task it was printed for, typed in any way', () => {
    fc.assert(fc.property(fc.uuid(), (id) => {
      const code = slipCodeOf(id);
      const tail = id.replaceAll('-', '').slice(-10);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      expect([taskTailOf(code), taskTailOf(`P-${code}`), taskTailOf(code.toLowerCase().replace('-', ''))]).toEqual([tail, tail, tail]);
    }));
  });

  it('anything else is no code, so that nothing is looked up by it', () => {
    for (const text of ['', 'P-', '7K4P-92X', "7K4P-92X'", 'ILOU-ILOU', '7K4P-92XD-1']) expect(taskTailOf(text)).toBeNull();
  });
});
