import { ZipFile } from 'yazl';
import { fromBufferPromise } from 'yauzl';
import { rejected, accepted, type Read } from '../../domain/errors.js';
import { words, type Words } from '../../domain/text.js';

/** Largest workbook taken, as it comes and unpacked. 10,000 full rows are about 1 MB and 8 MB. */
const packedLimit = 10 * 1024 * 1024;
const unpackedLimit = 48 * 1024 * 1024;
const mostParts = 2_000;
/** Cells that may lie in merged ranges of one sheet: a range is walked cell by cell once it is opened. */
const mostMergedCells = 100_000;

/** Only what holds values: no drawings, links, tables, comments or macros are ever looked at. */
const needed = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/sheet\d+\.xml)$/;
const macros = /(^|\/)vbaProject\.bin$/;

const refuse = (code: string, zh: string, en: string) => rejected('file', code, words(zh, en));
const saveAs: Words = words('请在 Excel 或 WPS 中另存为“Excel 工作簿（.xlsx）”后再上传。', 'Save it as an Excel workbook (.xlsx) and upload again.');

/**
 * The parts of an .xlsx that hold values, packed anew without compression: what is parsed afterwards is exactly what was measured here.
 * Refuses, with one sentence, what is no workbook, unpacks to too much, or carries macros.
 */
export async function unpackWorkbook(bytes: Buffer): Promise<Read<Buffer>> {
  const foreign = foreignFormat(bytes);
  if (foreign !== null) return foreign;
  try {
    const parts = await valueParts(bytes);
    return parts.ok ? accepted(await packed(parts.value)) : parts;
  } catch {
    return refuse('broken-archive', `文件损坏，打不开。${saveAs.zh}`, `The file is damaged and cannot be opened. ${saveAs.en}`);
  }
}

function foreignFormat(bytes: Buffer): ReturnType<typeof refuse> | null {
  if (bytes.length === 0) return refuse('empty', '文件是空的（0 字节），请重新选择。', 'The file is empty (0 bytes); choose it again.');
  if (bytes.length > packedLimit) {
    return refuse('too-large', `文件超过 ${packedLimit / 1024 / 1024} MB。方案表格没有这么大，请删去图片等内容。`, `The file is above ${packedLimit / 1024 / 1024} MB; remove pictures and the like.`);
  }
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') {
    return refuse('old-or-locked', `这是旧版 .xls 文件，或是加了打开密码的文件。${saveAs.zh}`, `This is an old .xls file or is locked by a password. ${saveAs.en}`);
  }
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return null;
  return refuse('no-workbook', `这不是 Excel 工作簿（.csv、.txt 等不能导入）。${saveAs.zh}`, `This is no Excel workbook (.csv, .txt and so on cannot be imported). ${saveAs.en}`);
}

type Parts = Map<string, string>;

async function valueParts(bytes: Buffer): Promise<Read<Parts>> {
  const tooMuch = () => refuse('unpacks-too-large', '文件解开后过大，不予导入。请重新下载空表，把内容粘贴进去（只粘贴数值）。', 'The file unpacks to too much. Download an empty workbook and paste the values into it.');
  const zip = await fromBufferPromise(bytes, { validateEntrySizes: true });
  const parts: Parts = new Map();
  let [entries, total] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    entries += 1;
    if (entries > mostParts) return tooMuch();
    if (macros.test(name)) return refuse('macros', `带宏的工作簿不能导入。${saveAs.zh}`, `A workbook with macros cannot be imported. ${saveAs.en}`);
    if (!needed.test(name)) continue;
    // The size an archive declares is a claim: yauzl breaks off a part that turns out larger.
    total += entry.uncompressedSize;
    if (total > unpackedLimit || parts.has(name)) return tooMuch();
    parts.set(name, await textOf(await zip.openReadStreamPromise(entry)));
  }
  if (!parts.has('xl/workbook.xml') || !parts.has('xl/_rels/workbook.xml.rels')) {
    return refuse('no-workbook', `这个压缩文件不是 Excel 工作簿。${saveAs.zh}`, `This archive is no Excel workbook. ${saveAs.en}`);
  }
  return [...parts.values()].some((xml) => mergedCells(xml) > mostMergedCells) ? tooMuch() : accepted(parts);
}

const mergeRange = /<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g;
const columnNumber = (letters: string): number => [...letters].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0);

function mergedCells(xml: string): number {
  let cells = 0;
  for (const [, left, top, right, bottom] of xml.matchAll(mergeRange)) {
    cells += (Math.abs(columnNumber(right!) - columnNumber(left!)) + 1) * (Math.abs(Number(bottom) - Number(top)) + 1);
  }
  return cells;
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** A name may stand for millions of cells, each of which would be made on opening; nothing of ours uses names. */
const definedNames = /<definedNames[\s\S]*?<\/definedNames>/g;
/** A day stored as text (ISO 8601) would be opened as its year; as text it is read like any other. */
const isoDays = /(<c\b[^>]*\bt=)"d"/g;

async function packed(parts: Parts): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, xml] of parts) {
    const kept = xml.replace(definedNames, '').replace(isoDays, '$1"str"');
    zip.addBuffer(Buffer.from(kept, 'utf8'), name, { compress: false, mtime: new Date(0) });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
