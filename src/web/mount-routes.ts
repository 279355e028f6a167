import { Router, type RequestHandler } from 'express';
import { recordAudit } from '../auth/audit.js';
import { may } from '../auth/permissions.js';
import { contextOf, type Exchange, type PageRenderer, type Route } from './context.js';
import { notPermitted, notSignedIn } from './refusals.js';
import type { WebServices } from './services.js';

/** Mounts the table of routes: permission first, then the handler, then the record in the audit trail. Default deny. */
export function mountRoutes(routes: readonly Route[], services: WebServices, pages: PageRenderer): Router {
  const router = Router({ strict: false });
  for (const route of routes) {
    // A table written by hand can lie; a route that names no permission never starts.
    if (!route.permission) throw new Error(`${route.method} ${route.path} has no permission`);
    router[route.method](route.path, guard(route), run(route, services, pages));
  }
  return router;
}

function guard(route: Route): RequestHandler {
  return (_req, res, next) => {
    const { viewer } = contextOf(res);
    if (route.permission === 'public') return next();
    if (viewer === null) throw notSignedIn();
    if (!may(viewer.actors, route.permission)) throw notPermitted(`${route.method} ${route.path} needs ${route.permission}`);
    next();
  };
}

function run(route: Route, services: WebServices, pages: PageRenderer): RequestHandler {
  return async (req, res) => {
    const context = contextOf(res);
    const x: Exchange = { req, res, services, context, pages };
    // Recorded before the answer goes out: what cannot be recorded is not handed over.
    if (route.audit !== null) {
      await services.database.asAuth(services.city, (trx) => recordAudit(trx, {
        city: services.city, at: context.now, person: context.viewer?.person ?? null, action: route.audit!, subject: req.path,
      }));
    }
    await route.handle(x);
  };
}
