import { composeDocument } from '../../../src/documents/compose-document.js';
import { DocumentRefusal } from '../../../src/documents/document-refusal.js';
import { openGlyphGate, requireGlyphs } from '../../../src/documents/glyph-gate.js';
import { documentContext, shippedFontFiles } from './document-context.js';
import { sampleFacts } from './sample-facts.js';

const gate = openGlyphGate(shippedFontFiles);

describe('the glyph gate', () => {
  it('𠮷 is in no shipped font: it is named with its place, not printed as an empty box', () => {
    expect(gate.missing('成员：𠮷田\n组长：陈志刚')).toEqual([{ character: '𠮷', codePoint: 'U+20BB7', places: ['成员：【𠮷】田'] }]);
  });

  it('䶮 堃 镕 喆 are rare but there', () => {
    expect(gate.missing('䶮堃镕喆玥昇赟龘〔〕〇Ⅱ²')).toEqual([]);
  });

  it('every place of a missing character is listed, each character once', () => {
    const found = gate.missing('甲𠮷\n乙𠮷𪚥');
    expect(found.map((one) => [one.codePoint, one.places.length])).toEqual([['U+20BB7', 2], ['U+2A6A5', 1]]);
  });

  it('a member called 𠮷 stops the report, and the clerk is told who', () => {
    const facts = structuredClone(sampleFacts.acceptanceReport);
    facts.organization.team[1]!.name = '刘𠮷';
    const { title, missingGlyphs } = composeDocument('acceptanceReport', facts, documentContext());
    expect(missingGlyphs.map((one) => one.character)).toEqual(['𠮷']);
    expect(() => requireGlyphs(title, missingGlyphs)).toThrow(DocumentRefusal);
    expect(() => requireGlyphs(title, missingGlyphs)).toThrow(/U\+20BB7/);
  });

  it('the sample papers pass whole', () => {
    const context = documentContext();
    for (const [kind, facts] of Object.entries(sampleFacts)) {
      expect(composeDocument(kind as 'acknowledgement', facts as never, context).missingGlyphs).toEqual([]);
    }
  });
});
