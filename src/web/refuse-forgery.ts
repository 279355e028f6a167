import { timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { contextOf } from './context.js';
import { forgedRequest } from './refusals.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Two locks against forged requests: the page's origin must be ours, and a form of a session carries the session's token. A program with
 * a bearer token needs neither, because no browser sends that header by itself. Signing in has no session yet; the origin is its lock.
 */
export const refuseForgery: RequestHandler = (req, res, next) => {
  if (SAFE.has(req.method)) return next();
  const context = contextOf(res);
  if (req.headers.authorization !== undefined && context.viewer !== null && context.sessionSecret === null) return next();
  const origin = req.headers.origin;
  if (origin !== undefined && hostOf(origin) !== req.headers.host) throw forgedRequest(`origin ${origin}`);
  if (req.headers['sec-fetch-site'] === 'cross-site') throw forgedRequest('cross-site');
  if (context.csrf !== null && req.path !== '/sign-in' && !carriesToken(req, context.csrf)) throw forgedRequest('token');
  next();
};

/** Whether a form was made by the session with this token. */
export const carriesToken = (req: { headers: Record<string, unknown>; body?: unknown }, expected: string): boolean => sameToken(sentToken(req), expected);

function sentToken(req: { headers: Record<string, unknown>; body?: unknown }): string {
  const header = req.headers['x-csrf-token'];
  const field = (req.body as Record<string, unknown> | undefined)?._csrf;
  return typeof header === 'string' ? header : typeof field === 'string' ? field : '';
}

function sameToken(sent: string, expected: string): boolean {
  const [a, b] = [Buffer.from(sent), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
