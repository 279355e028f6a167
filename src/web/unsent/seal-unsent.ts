import type { Request } from 'express';
import { sealText } from '../../auth/seal.js';
import { words, type Words } from '../../domain/text.js';
import type { RequestContext } from '../context.js';
import { carriesToken } from '../refuse-forgery.js';
import { unsentForm } from './unsent-form.js';

/** A form that waits for its writer to sign in: carried by the sign-in form of the answer itself. */
export interface SealedForm {
  seal: string;
  address: string;
  sentence: Words;
}

/** The most text of one form that is carried through a sign-in. */
const UNSENT_BYTES = 512 * 1024;

/**
 * Seals what was written in a session that has ended. Only a form that this very session made is sealed: without its token anybody could
 * have words put into somebody's form. null leaves the answer as it is.
 */
export function sealUnsent(req: Request, { ended, filesLeft, wallNow }: RequestContext): SealedForm | null {
  if (ended === null || typeof req.body !== 'object' || req.body === null || !carriesToken(req, ended.csrf)) return null;
  const form = unsentForm(req.path, req.body as Record<string, unknown>, filesLeft);
  if (form === null) return null;
  const text = JSON.stringify(form);
  if (Buffer.byteLength(text) > UNSENT_BYTES) return null;
  return { seal: sealText(ended.sealKey, { session: ended.id, account: ended.account }, wallNow, text), address: form.address, sentence: keptSentence(form.files) };
}

/** Said beside the sign-in form. */
export function keptSentence(files: readonly string[]): Words {
  const [zh, en] = files.length === 0 ? ['', ''] : [`文件没有留下，须重新选：${files.join('、')}。`, ` Files were not kept and have to be chosen again: ${files.join(', ')}.`];
  return words(`登录已结束，您填写的内容还在，还没有提交。用同一账号登录，就回到填好的页面。${zh}`,
    `The session has ended. What you wrote is kept and has not been submitted. Sign in with the same account to return to the form as you filled it in.${en}`);
}
