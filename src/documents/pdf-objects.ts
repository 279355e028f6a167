/** A PDF as the bytes of its numbered objects, in the order of the file, with its trailer. */
export interface PdfObjects {
  header: Buffer;
  objects: Map<number, Buffer>;
  trailer: string;
}

/**
 * Reads a PDF that has one plain cross-reference table, as Chromium writes it.
 * @throws for any other make: nothing is guessed about a file we did not print
 */
export function readPdfObjects(pdf: Buffer): PdfObjects {
  const offset = Number(/startxref\s+(\d+)\s+%%EOF/.exec(pdf.subarray(-64).toString('latin1'))?.[1] ?? Number.NaN);
  const table = Number.isNaN(offset) ? '' : pdf.subarray(offset).toString('latin1');
  const head = /^xref\s+0 \d+\s+/.exec(table);
  const trailer = table.indexOf('trailer');
  if (head === null || trailer === -1) throw new Error('PDF has no plain cross-reference table');
  const entries: [number: number, start: number][] = [];
  (table.slice(head[0].length, trailer).match(/\d{10} \d{5} [nf]/g) ?? []).forEach((line, number) => {
    if (line.endsWith('n')) entries.push([number, Number(line.slice(0, 10))]);
  });
  entries.sort(([, left], [, right]) => left - right);
  return {
    header: pdf.subarray(0, entries[0]?.[1] ?? 0),
    objects: new Map(entries.map(([number, start], index) => [number, pdf.subarray(start, entries[index + 1]?.[1] ?? offset)])),
    trailer: table.slice(trailer, table.lastIndexOf('startxref')),
  };
}

/** Writes the objects with a new cross-reference table. */
export function writePdfObjects({ header, objects, trailer }: PdfObjects): Buffer {
  const starts = new Map<number, number>();
  let position = header.length;
  for (const [number, bytes] of objects) {
    starts.set(number, position);
    position += bytes.length;
  }
  const size = Math.max(...objects.keys()) + 1;
  const lines = Array.from({ length: size }, (_, number) => {
    const start = starts.get(number);
    return start === undefined ? '0000000000 65535 f \n' : `${String(start).padStart(10, '0')} 00000 n \n`;
  });
  const end = Buffer.from(`xref\n0 ${size}\n${lines.join('')}${trailer}startxref\n${position}\n%%EOF\n`, 'latin1');
  return Buffer.concat([header, ...objects.values(), end]);
}

/** One object by number. @throws when the file has none of that number */
export function pdfObject({ objects }: PdfObjects, number: number): Buffer {
  const found = objects.get(number);
  if (found === undefined) throw new Error(`PDF has no object ${number}`);
  return found;
}

/** References in a dictionary; literal strings are skipped, for a title may hold "5 0 R" too. */
const referenceOrString = /\((?:\\[\s\S]|[^\\()])*\)|\b(\d+) 0 R\b/g;

/** What stands before the bytes of a stream. */
function dictionaryOf(bytes: Buffer): string {
  const stream = bytes.indexOf('stream');
  return (stream === -1 ? bytes : bytes.subarray(0, stream)).toString('latin1');
}

/**
 * Numbers the objects anew in the order the trailer leads to them. The browser numbers some by chance, so that the same
 * page printed twice would differ; what nothing leads to is left out.
 */
export function renumbered(pdf: PdfObjects): PdfObjects {
  const numbers = new Map<number, number>();
  const waiting: string[] = [pdf.trailer];
  const order: number[] = [];
  for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
    for (const [, reference] of text.matchAll(referenceOrString)) {
      const old = Number(reference);
      if (reference === undefined || numbers.has(old)) continue;
      numbers.set(old, numbers.size + 1);
      order.push(old);
      waiting.push(dictionaryOf(pdfObject(pdf, old)));
    }
  }
  const rename = (text: string): string =>
    text.replace(referenceOrString, (whole, reference?: string) => (reference === undefined ? whole : `${numbers.get(Number(reference))} 0 R`));
  const objects = new Map(order.map((old, index): [number, Buffer] => {
    const bytes = pdfObject(pdf, old);
    const dictionary = dictionaryOf(bytes);
    const head = Buffer.from(rename(dictionary).replace(/^\d+ 0 obj/, `${index + 1} 0 obj`), 'latin1');
    return [index + 1, Buffer.concat([head, bytes.subarray(dictionary.length)])];
  }));
  return { header: pdf.header, objects, trailer: rename(pdf.trailer).replace(/\/Size \d+/, `/Size ${order.length + 1}`) };
}
