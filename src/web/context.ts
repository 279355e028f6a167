import type { Request, Response } from 'express';
import type { Actor } from '../domain/actor.js';
import type { Language } from '../domain/text.js';
import type { EndedSession } from '../auth/sessions.js';
import type { Permission } from '../auth/permissions.js';
import { notSignedIn } from './refusals.js';
import type { WebServices } from './services.js';

/** Who is signed in, with every post held today. */
export interface Viewer {
  person: string;
  name: string;
  actors: Actor[];
}

/** What one request is bound to: its number, language, times and reader. */
export interface RequestContext {
  id: string;
  language: Language;
  /** Business time, bound once. */
  now: Date;
  wallNow: Date;
  viewer: Viewer | null;
  /** The session's secret as the cookie carried it, for sign-out only. */
  sessionSecret: string | null;
  /** Token every form of the session carries; null without a session. */
  csrf: string | null;
  /** The session the form was written in, when it ended before the form was sent; never shown, its key never sent. */
  ended: EndedSession | null;
  /** Names of the files of such a form: they were not taken and have to be chosen again. */
  filesLeft: string[];
  api: boolean;
}

/** One request on its way through a handler. */
export interface Exchange {
  req: Request;
  res: Response;
  services: WebServices;
  context: RequestContext;
  pages: PageRenderer;
}

export interface PageRenderer {
  /** Renders a page of `templates/pages` inside its layout. */
  render(x: Exchange, page: string, model: object, status?: number): Promise<void>;
}

export type Handler = (x: Exchange) => Promise<void> | void;

/** One line of the table of routes. `audit` names the event that is recorded when the answer succeeds; null records nothing. */
export interface Route {
  method: 'get' | 'post' | 'put';
  path: string;
  permission: Permission;
  audit: string | null;
  handle: Handler;
}

export function contextOf(res: Response): RequestContext {
  return res.locals.context as RequestContext;
}

/** The signed-in reader. @throws HttpRefusal 401 */
export function viewerOf(x: Exchange): Viewer {
  if (x.context.viewer === null || x.context.viewer.actors.length === 0) throw notSignedIn();
  return x.context.viewer;
}
