import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { newId, type Clock } from '../clock.js';
import type { Actor } from '../domain/actor.js';
import { InvalidInput, type Defect } from '../domain/errors.js';
import { words } from '../domain/text.js';
import type { Knex } from 'knex';
import { caseRecord } from './case-record.js';
import { holdContent } from './held-content.js';

/** The store of bytes by their hash. */
interface Blobs {
  put(bytes: Uint8Array): Promise<{ sha256: string; size: number }>;
}

interface AttachParts {
  database: { asActor<T>(actor: Actor, run: (trx: Knex.Transaction) => Promise<T>): Promise<T> };
  blobs: Blobs;
  clock: Clock;
}

export interface UploadedFile {
  purpose: string;
  name: string;
  bytes: Buffer;
  /** 不涉密，已审查. */
  declaredUnclassified: boolean;
}

/** The largest file taken, in bytes. */
export const uploadLimit = 50 * 1024 * 1024;

/** What a file may be, found from its first bytes, and the endings its name may have. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'], 'image/jpeg': ['jpg', 'jpeg'], 'image/png': ['png'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
};
const allowedWords = words('PDF、JPG、PNG、DOCX、XLSX', 'PDF, JPG, PNG, DOCX, XLSX');

/** A name as it may stand in a list, a header and a package: no folders, no control signs or signs that turn text round, 120 signs at most. */
export function safeName(name: string): string {
  const bare = name.split(/[\\/]/).at(-1)!.replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '').replace(/\p{Surrogate}/gu, '').replace(/\s+/g, ' ').replace(/^[. ]+|[. ]+$/g, '');
  const signs = [...bare];
  if (signs.length === 0) return '附件';
  const dot = bare.lastIndexOf('.');
  const ending = dot > 0 ? bare.slice(dot) : '';
  return signs.length <= 120 ? bare : [...bare.slice(0, bare.length - ending.length)].slice(0, 120 - [...ending].length).join('') + ending;
}

/** Everything that keeps a file from being taken; empty when it may be. Its type is what its bytes say, whatever its name claims. */
export async function uploadDefects(file: UploadedFile): Promise<{ defects: Defect[]; mediaType: string }> {
  const defects: Defect[] = [];
  const refuse = (field: string, code: string, zh: string, en: string) => defects.push({ field, code, sentence: words(zh, en) });
  if (!file.declaredUnclassified) refuse('declaredUnclassified', 'not-declared', '请确认文件不涉密，并已审查。', 'Confirm that the file is unclassified and has been checked.');
  if (file.purpose.trim() === '') refuse('purpose', 'missing', '请选择附件类别。', 'Choose what the file is.');
  if (file.bytes.length === 0) refuse('file', 'empty', '文件是空的（0 字节），请重新选择。', 'The file is empty (0 bytes); choose it again.');
  if (file.bytes.length > uploadLimit) refuse('file', 'too-large', `文件超过 ${uploadLimit / 1024 / 1024} MB，请压缩或分开上传。`, `The file is above ${uploadLimit / 1024 / 1024} MB; compress or split it.`);
  if (defects.some((one) => one.field === 'file')) return { defects, mediaType: '' };
  const mediaType = (await fileTypeFromBuffer(file.bytes))?.mime ?? '';
  const endings = Object.hasOwn(allowed, mediaType) ? allowed[mediaType]! : null;
  const ending = safeName(file.name).split('.').at(-1)!.toLowerCase();
  if (endings === null) refuse('file', 'wrong-type', `只收 ${allowedWords.zh}；这个文件的内容不是其中一种。`, `Only ${allowedWords.en} are taken; the content of this file is none of them.`);
  else if (!endings.includes(ending)) {
    refuse('file', 'name-and-content', `文件名是 .${ending}，内容是 ${endings[0]!.toUpperCase()}。请用原来的格式上传。`, `The name says .${ending}, the content is ${endings[0]!.toUpperCase()}. Upload it in its own format.`);
  }
  return { defects, mediaType };
}

/**
 * Takes a file into a case: checked first, then stored by its content, then listed. It belongs to the side of who uploads it and is seen
 * by the other side only once released. What was isolated in this case does not come back by being sent once more.
 * @throws InvalidInput with every reason, NotFound for a case that is not there for this actor
 */
export async function attachTo(parts: AttachParts, actor: Actor, caseId: string, file: UploadedFile): Promise<{ id: string; name: string; sha256: string }> {
  // A case that is not this actor's to know is refused before anything is said about the file.
  const record = await parts.database.asActor(actor, (trx) => caseRecord(trx, caseId));
  const { defects, mediaType } = await uploadDefects(file);
  if (defects.length > 0) throw new InvalidInput(defects);
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const id = newId();
  const name = safeName(file.name);
  await parts.database.asActor(actor, async (trx) => {
    await holdContent(trx, sha256);
    if (await trx('attachment').where({ city: record.city, case_id: caseId, sha256 }).whereNotNull('isolated_at').first('id')) throw isolated();
    const { size } = await parts.blobs.put(file.bytes);
    await trx('attachment').insert({
      city: record.city, id, case_id: caseId, year: record.year, unit: record.unit, side: actor.scope === 'unit' ? 'unit' : 'city', purpose: file.purpose.trim(), name,
      media_type: mediaType, size, sha256, declared_unclassified: true, uploaded_by: actor.person, uploaded_at: parts.clock.now(),
    });
  });
  return { id, name, sha256 };
}

const isolated = (): InvalidInput =>
  new InvalidInput([{ field: 'file', code: 'isolated', sentence: words('这个文件的内容在本案卷里已被隔离，不能再上传。涉密材料只登记文号、份数和存放处。', 'The content of this file has been isolated in this case and is not taken again. Of a classified paper only number, copies and place are entered.') }]);
