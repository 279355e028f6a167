import { DomainError } from '../domain/errors.js';
import { words, type Words } from '../domain/text.js';

/** Refusals that only the way in knows. They carry their status; those of the domain are mapped in `problem.ts`. */
export class HttpRefusal extends DomainError {
  constructor(
    readonly status: number,
    code: string,
    sentence: Words,
    detail = '',
  ) {
    super(code, sentence, detail);
  }
}

/** Nobody is signed in, or the session has ended. */
export const notSignedIn = (): HttpRefusal =>
  new HttpRefusal(401, 'not-signed-in', words('登录已结束，请重新登录。', 'You are not signed in, or the session has ended.'));

/** The form does not carry this session's token, or was sent from another site. */
export const forgedRequest = (detail: string): HttpRefusal =>
  new HttpRefusal(403, 'forged-request', words('这次提交不是从本系统的页面发出的，没有办理。回到页面刷新后再提交。', 'This request did not come from a page of this system and was not carried out. Reload the page and submit again.'), detail);

/** The post does not carry the permission of this page. */
export const notPermitted = (permission: string): HttpRefusal =>
  new HttpRefusal(403, 'not-permitted', words('您的岗位不办理这项业务。', 'This page is not part of the duties of your post.'), permission);

export const tooManyRequests = (): HttpRefusal =>
  new HttpRefusal(429, 'too-many-requests', words('操作太频繁，一分钟后再试。', 'Too many requests; try again in a minute.'));

export const noSuchPage = (path: string): HttpRefusal =>
  new HttpRefusal(404, 'no-such-page', words('没有这个页面。', 'There is no such page.'), path);

export const tooLarge = (limit: string): HttpRefusal =>
  new HttpRefusal(413, 'too-large', words(`文件或内容超过 ${limit},没有收下。压缩或拆分后再传。`, `The file or text is larger than ${limit} and was not taken. Compress or split it.`));

export const unreadable = (detail: string): HttpRefusal =>
  new HttpRefusal(400, 'unreadable', words('提交的内容读不出来。', 'What was sent cannot be read.'), detail);
