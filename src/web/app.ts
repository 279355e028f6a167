import express, { type Express } from 'express';
import { answerErrors, answerNotFound } from './answer-errors.js';
import { bindRequest } from './bind-request.js';
import { limitRate } from './limit-rate.js';
import { loadMessages } from './messages.js';
import { mountRoutes } from './mount-routes.js';
import { pageRenderer } from './page-renderer.js';
import { readBody } from './read-body.js';
import { refuseForgery } from './refuse-forgery.js';
import { routes } from './routes.js';
import { securityHeaders } from './security-headers.js';
import type { WebServices } from './services.js';
import { loadAssets } from './static-files.js';
import { loadTemplates } from './templates.js';

/** The way in. Read from top to bottom it is the order in which a request is trusted a little more. */
export function createApp(services: WebServices): Express {
  const assets = loadAssets();
  const pages = pageRenderer(loadTemplates(assets.urlOf), loadMessages());
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', 'loopback');
  app.set('query parser', 'simple');

  app.use(securityHeaders(services.baseUrl.startsWith('https:')));
  app.use(assets.serve);
  app.use(bindRequest(services));
  app.use(limitRate(services));
  app.use(readBody());
  app.use(refuseForgery);
  app.use(mountRoutes(routes, services, pages));
  app.use(answerNotFound);
  app.use(answerErrors(services, pages));
  return app;
}
