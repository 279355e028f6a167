import { recordAudit } from '../../auth/audit.js';
import { closeSession, openSession } from '../../auth/sessions.js';
import { signIn } from '../../auth/sign-in.js';
import { localDay } from '../../domain/local-day.js';
import { clearSessionCookie, sessionCookie, setSessionCookie } from '../cookies.js';
import type { Exchange, Handler } from '../context.js';
import { keepSealed } from '../unsent/keep-unsent.js';
import { keptSentence } from '../unsent/seal-unsent.js';

/** Where to go after signing in: a path of ours, never an address of somebody else's. */
function safePath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/';
}

const secure = (x: Exchange): boolean => x.services.baseUrl.startsWith('https:');

export const signInPage: Handler = async (x) => {
  if (x.context.viewer !== null) return x.res.redirect(303, safePath(x.req.query.next));
  await x.pages.render(x, 'sign-in', { next: safePath(x.req.query.next), login: '', failed: null, kept: null });
};

/** Opens a session under a new secret, and with it what was written before the last one ended; an old one of the same browser is closed, so that no planted cookie survives. */
export const signInSubmitted: Handler = async (x) => {
  const { services, context, req, res } = x;
  const { login = '', password = '', next, kept } = (req.body ?? {}) as Record<string, string>;
  const name = login.trim();
  const city = services.city;
  const outcome = await services.database.asAuth(city, async (trx) => {
    const tried = await signIn(trx, city, name, password, context.wallNow, localDay(context.now));
    await recordAudit(trx, {
      city, at: context.now, person: tried.ok ? tried.person : null, action: tried.ok ? 'sign-in' : tried.locked ? 'sign-in.locked' : 'sign-in.failed',
      // A failed login may be a password typed into the wrong field: only its length is kept.
      subject: tried.ok ? name : `${name.length} characters`, detail: req.ip ?? '',
    });
    if (!tried.ok) return tried;
    const old = sessionCookie(req);
    if (old !== null) await closeSession(trx, city, old, context.wallNow);
    return { ...tried, secret: await openSession(trx, city, tried.account, context.wallNow) };
  });
  const sealed = typeof kept === 'string' && kept !== '' ? kept : null;
  if (!outcome.ok) {
    return x.pages.render(x, 'sign-in', { next: safePath(next), login: name, failed: outcome, kept: sealed === null ? null : { seal: sealed, sentence: keptSentence([]) } }, 422);
  }
  setSessionCookie(res, outcome.secret, secure(x));
  res.redirect(303, sealed === null ? safePath(next) : await keepSealed(x, outcome, sealed));
};

export const signedOut: Handler = async (x) => {
  const { services, context, res } = x;
  if (context.sessionSecret !== null) await services.database.asAuth(services.city, (trx) => closeSession(trx, services.city, context.sessionSecret!, context.wallNow));
  clearSessionCookie(res, secure(x));
  res.redirect(303, '/sign-in');
};
