import type { GlyphAliases } from './glyph-aliases.js';
import { pdfObject, readPdfObjects, renumbered, writePdfObjects, type PdfObjects } from './pdf-objects.js';
import { restoreTextLayer } from './pdf-text-layer.js';

/**
 * What the browser leaves undone: the words can be searched and copied, and the file says nothing of the machine or the
 * hour it was printed, so that the same paper printed twice is the same bytes – a repeated effect stores one blob.
 */
export function finishPdf(printed: Buffer, source: string, aliases: GlyphAliases): Buffer {
  const pdf = readPdfObjects(printed);
  restoreTextLayer(pdf, source, aliases);
  neutralInformation(pdf);
  neutralTagNames(pdf);
  return writePdfObjects(renumbered(pdf));
}

/** The dates of an issued paper are printed on it; the browser's clock is not the clock of the procedure. */
function neutralInformation(pdf: PdfObjects): void {
  const number = Number(/\/Info (\d+) 0 R/.exec(pdf.trailer)?.[1] ?? Number.NaN);
  const text = pdfObject(pdf, number).toString('latin1');
  const title = /\/Title (<[0-9A-Fa-f]*>|\((?:\\.|[^\\)])*\))/.exec(text)?.[1];
  if (title === undefined) throw new Error('PDF has no title');
  pdf.objects.set(number, Buffer.from(`${number} 0 obj\n<</Title ${title}\n/Creator (Yanshou)>>\nendobj\n`, 'latin1'));
}

/**
 * Header cells are named after the browser's internal node numbers, which grow with every page it has shown. The names
 * only repeat what /Scope of each header cell says, so they go; so do spans of one, which is what no span means.
 */
function neutralTagNames(pdf: PdfObjects): void {
  for (const [number, bytes] of pdf.objects) {
    if (bytes.includes('stream') || !/\/(?:StructElem|IDTree)/.test(bytes.toString('latin1'))) continue;
    const text = bytes.toString('latin1')
      .replace(/\s*\/IDTree \d+ 0 R/g, '')
      .replace(/\s*\/ID \(node\d+\)/g, '')
      .replace(/\s*<<\/O \/Table\s*\/Headers \[(?:\s*\(node\d+\))*\s*\]>>/g, '')
      .replace(/\s*<<\/O \/Table\s*\/(?:Row|Col)Span 1>>/g, '')
      .replace(/\s*\/A \[\s*\]/g, '');
    pdf.objects.set(number, Buffer.from(text, 'latin1'));
  }
}
