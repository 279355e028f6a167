import { readFile } from 'node:fs/promises';
import { Refused } from '../domain/errors.js';
import { words, type Words } from '../domain/text.js';

const reasons: Readonly<Record<string, Words>> = {
  ENOENT: words('没有这个文件', 'there is no such file'),
  EISDIR: words('这是文件夹，不是文件', 'this is a folder, not a file'),
  EACCES: words('没有读取的权限', 'you may not read it'),
};

/** The bytes of a file named on the command line. @throws Refused with the reason, when it cannot be read */
export async function namedFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const why = reasons[code] ?? words(`读不出来（${code}）`, `it cannot be read (${code})`);
    throw new Refused('file-unreadable', words(`${path}：${why.zh}。`, `${path}: ${why.en}.`));
  }
}
