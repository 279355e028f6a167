import { newId } from '../clock.js';
import { localDay } from '../domain/local-day.js';
import type { Language } from '../domain/text.js';
import { personOfToken } from '../auth/api-tokens.js';
import { resolveActors } from '../auth/resolve-actors.js';
import { endedSession, resumeSession } from '../auth/sessions.js';
import type { Request, RequestHandler, Response } from 'express';
import { languageCookie, sessionCookie, setLanguageCookie } from './cookies.js';
import type { RequestContext, Viewer } from './context.js';
import { notSignedIn } from './refusals.js';
import type { WebServices } from './services.js';

/** A short number a person can read out on the telephone: E-7Q31. It stands in the log beside the detail. */
export function errorNumber(requestId: string): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bytes = Buffer.from(requestId.replaceAll('-', '').slice(-8), 'hex');
  return `E-${[...bytes].map((byte) => letters[byte % 32]).join('')}`;
}

/**
 * Binds number, language, times and reader to a request, in that order. Reading a session renews it. A virtual clock another replica has moved
 * shows its new time here too: whoever moved it may go on anywhere.
 */
export function bindRequest(services: WebServices): RequestHandler {
  return async (req, res, next) => {
    await services.demonstration?.catchUp();
    const context: RequestContext = {
      id: newId(), language: languageOf(req, res), now: services.clock.now(), wallNow: services.wallClock.now(), viewer: null, sessionSecret: null,
      csrf: null, ended: null, filesLeft: [], api: req.path.startsWith('/api/'),
    };
    res.locals.context = context;
    res.set('x-request-id', context.id);
    if (context.api) await bindToken(req, services, context);
    else await bindSession(req, services, context);
    next();
  };
}

/** `?lang=` wins and is remembered; else the cookie; else Chinese. */
function languageOf(req: Request, res: Response): Language {
  const asked = req.query.lang;
  if (asked === 'en' || asked === 'zh') {
    setLanguageCookie(res, asked);
    return asked;
  }
  return languageCookie(req) === 'en' ? 'en' : 'zh';
}

async function bindSession(req: Request, services: WebServices, context: RequestContext): Promise<void> {
  const secret = sessionCookie(req);
  if (secret === null) return;
  await services.database.asAuth(services.city, async (trx) => {
    const session = await resumeSession(trx, services.city, secret, context.wallNow, localDay(context.now));
    if (session === null) {
      if (req.method === 'POST') context.ended = await endedSession(trx, services.city, secret, context.wallNow);
      return;
    }
    const actors = await resolveActors(trx, services.city, session.person, localDay(context.now));
    Object.assign(context, { sessionSecret: secret, csrf: session.csrf, viewer: viewer(session.person, actors, session.login) });
  });
}

/** A program's token stands in the header only: an address or a body would leave it in logs. A wrong one is refused at once. */
async function bindToken(req: Request, services: WebServices, context: RequestContext): Promise<void> {
  const header = req.headers.authorization;
  if (header === undefined) return bindSession(req, services, context);
  const token = /^Bearer (\S+)$/.exec(header)?.[1];
  await services.database.asAuth(services.city, async (trx) => {
    const person = token === undefined ? null : await personOfToken(trx, services.city, token, context.wallNow, localDay(context.now));
    if (person === null) throw notSignedIn();
    const actors = await resolveActors(trx, services.city, person, localDay(context.now));
    context.viewer = viewer(person, actors, '');
  });
}

const viewer = (person: string, actors: Viewer['actors'], login: string): Viewer => ({ person, name: actors[0]?.personName ?? login, actors });
