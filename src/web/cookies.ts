import type { Request, Response } from 'express';

export const SESSION_COOKIE = 'yanshou_session';
const LANGUAGE = 'yanshou_lang';
const YEAR_MS = 31_536_000_000;

/** One cookie of a request; the last of a name wins. */
function cookieOf(req: Request, name: string): string | null {
  let found: string | null = null;
  for (const part of (req.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) found = value.join('=');
  }
  return found;
}

export const sessionCookie = (req: Request): string | null => cookieOf(req, SESSION_COOKIE);

/** The session's secret: out of reach of scripts, never sent along from another site, over https only where there is https. */
export function setSessionCookie(res: Response, secret: string, secure: boolean): void {
  res.cookie(SESSION_COOKIE, secret, { httpOnly: true, sameSite: 'lax', secure, path: '/' });
}

export function clearSessionCookie(res: Response, secure: boolean): void {
  res.clearCookie(SESSION_COOKIE, { httpOnly: true, sameSite: 'lax', secure, path: '/' });
}

export const languageCookie = (req: Request): string | null => cookieOf(req, LANGUAGE);

export function setLanguageCookie(res: Response, language: string): void {
  res.cookie(LANGUAGE, language, { sameSite: 'lax', path: '/', maxAge: YEAR_MS, httpOnly: true });
}
