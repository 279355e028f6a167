import { ZipFile } from 'yazl';
import { fromBufferPromise } from 'yauzl';

/** A file of a package: its path with forward slashes, and its bytes. */
export type PackedFile = [path: string, bytes: Buffer];

/**
 * Files as one ZIP, the same bytes for the same input on every machine: order, time, mode and compression are fixed.
 * ZIP stores wall-clock time without a zone, so the instant is written as Beijing time wherever the process runs.
 */
export function zipFiles(files: PackedFile[], writtenAt: Date): Promise<Buffer> {
  const zip = new ZipFile();
  const beijing = new Date(writtenAt.getTime() + 8 * 3_600_000);
  const mtime = new Date(
    beijing.getUTCFullYear(), beijing.getUTCMonth(), beijing.getUTCDate(), beijing.getUTCHours(), beijing.getUTCMinutes(), beijing.getUTCSeconds(),
  );
  for (const [path, bytes] of files) zip.addBuffer(bytes, path, { mtime, mode: 0o100644, compress: !path.endsWith('.pdf'), forceDosTimestamp: true });
  zip.end();
  return collect(zip.outputStream);
}

/**
 * The files of a ZIP in the order they stand in it.
 * @throws when it is no ZIP, a name leaves the folder, or it unpacks to more than `limit` bytes
 */
export async function unzipFiles(bytes: Buffer, limit = 2 ** 31): Promise<PackedFile[]> {
  const zip = await fromBufferPromise(bytes, { strictFileNames: true, validateEntrySizes: true });
  const files: PackedFile[] = [];
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    total += entry.uncompressedSize;
    if (total > limit) throw new RangeError(`package unpacks to more than ${limit} bytes`);
    files.push([entry.fileName, await collect(await zip.openReadStreamPromise(entry))]);
  }
  return files;
}

async function collect(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
