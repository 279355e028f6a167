import { csv } from '../../../src/web/csv.js';

describe('a list for a spreadsheet', () => {
  it('keeps commas, quotes and breaks inside their cell, and hands over nothing that a spreadsheet would carry out', () => {
    expect(csv([['甲,乙', '说“"好"”', '一\n二'], ['=1+1', '-3', '@x']])).toBe('\uFEFF"甲,乙","说“""好""”","一\n二"\r\n\'=1+1,\'-3,\'@x\r\n');
  });
});
