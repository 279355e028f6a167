import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderBlobStore, sha256Of } from '../../../src/documents/blob-store.js';

const folder = mkdtempSync(join(tmpdir(), 'yanshou blobs '));
const store = folderBlobStore(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const pathOf = (hash: string): string => join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);

describe('the blob store', () => {
  it('the same bytes from many writers at once are one read-only file', async () => {
    const bytes = Buffer.from('验收报告');
    const kept = await Promise.all(Array.from({ length: 8 }, () => store.put(bytes)));
    expect(new Set(kept.map((one) => one.sha256))).toEqual(new Set([sha256Of(bytes)]));
    expect(kept[0]!.size).toBe(12);
    expect(await store.get(kept[0]!.sha256)).toEqual(bytes);
    expect(statSync(pathOf(kept[0]!.sha256)).mode & 0o222).toBe(0);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('a file changed on disk is never handed out, and is healed by the same bytes', async () => {
    const { sha256 } = await store.put(Buffer.from('原件'));
    chmodSync(pathOf(sha256), 0o600);
    writeFileSync(pathOf(sha256), '改件');
    await expect(store.get(sha256)).rejects.toMatchObject({ code: 'blob-damaged' });
    await store.put(Buffer.from('原件'));
    expect(readFileSync(pathOf(sha256), 'utf8')).toBe('原件');
  });

  it('removed, is gone from the disk, and removing it once more is no error', async () => {
    const { sha256 } = await store.put(Buffer.from('误传'));
    await store.remove(sha256);
    expect([await store.has(sha256), existsSync(pathOf(sha256))]).toEqual([false, false]);
    await store.remove(sha256);
  });

  it('a name that is no hash opens nothing', async () => {
    for (const name of ['../../etc/passwd', '', 'ab', `${'a'.repeat(63)}/`]) {
      await expect(store.get(name)).rejects.toMatchObject({ code: 'blob-missing' });
    }
    await expect(store.get(sha256Of('never stored'))).rejects.toMatchObject({ code: 'blob-missing' });
    expect(await store.has(sha256Of('never stored'))).toBe(false);
  });

  it('an empty file is a blob too', async () => {
    const { sha256, size } = await store.put(Buffer.alloc(0));
    expect([size, await store.has(sha256), (await store.get(sha256)).length]).toEqual([0, true, 0]);
  });
});
