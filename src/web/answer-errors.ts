import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Words } from '../domain/text.js';
import { errorNumber } from './bind-request.js';
import { commandFormOf } from './command-form-of.js';
import { contextOf, type Exchange, type PageRenderer } from './context.js';
import { fieldShape } from './form-schema.js';
import { asksInPlace, standsAbove } from './in-place.js';
import { problemOf, type Problem } from './problem.js';
import { noSuchPage } from './refusals.js';
import type { WebServices } from './services.js';
import { sealUnsent } from './unsent/seal-unsent.js';

export const answerNotFound: RequestHandler = (req, _res, next) => next(noSuchPage(req.path));

/**
 * The one place where errors are answered: problem+json for programs, a page for people. The number on the page stands in the log
 * beside the detail. A person whose session has ended is asked to sign in and comes back to the same page,
 * with what was written in it.
 */
export function answerErrors(services: WebServices, pages: PageRenderer): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return async (error, req, res, _next) => {
    const problem = problemOf(error);
    const context = contextOf(res);
    const number = context === undefined ? 'E-0000' : errorNumber(context.id);
    services.log(problem.status >= 500 ? 'error' : 'info', problem.code, { number, request: context?.id, method: req.method, path: req.path, status: problem.status, detail: problem.detail });
    if (res.headersSent) return void res.end();
    const program = context === undefined || context.api || (req.headers.accept?.startsWith('application/json') ?? false);
    if (program) return void answerProgram(res, problem, number);
    if (asksInPlace(req)) {
      standsAbove(res, '.errsum');
      return pages.render({ req, res, services, context, pages }, 'error-note', { problem: { ...problem, number, signedOut: problem.status === 401 } }, problem.status);
    }
    if (problem.status === 401 && req.method === 'GET') return res.redirect(303, `/sign-in?next=${encodeURIComponent(req.originalUrl)}`);
    const x: Exchange = { req, res, services, context, pages };
    const { status, sentence, defects } = problem;
    const sealed = status === 401 ? sealUnsent(req, context) : null;
    if (sealed !== null) return pages.render(x, 'sign-in', { next: sealed.address, login: '', failed: null, kept: sealed }, 401);
    await pages.render(x, 'error', { problem: { sentence, defects, number, signedOut: status === 401, lost: status === 404, helpKey: `error.help.${nextStep(status)}`, kept: keptText(services, req.body) } }, status);
  };
}

/** Which advice goes with a refusal; the sentence itself says what happened. */
function nextStep(status: number): string {
  const known: Record<number, string> = { 401: 'signIn', 403: 'post', 404: 'find', 429: 'wait' };
  return known[status] ?? (status >= 500 ? 'wait' : 'back');
}

function answerProgram(res: Parameters<ErrorRequestHandler>[2], problem: Problem, number: string): void {
  res.status(problem.status).type('application/problem+json').send(JSON.stringify({
    type: `urn:yanshou:problem:${problem.code}`, status: problem.status, title: problem.sentence.en, code: problem.code, sentence: problem.sentence,
    defects: problem.defects, instance: number,
  }));
}

/** What a person had written when the session ended: shown so that it can be copied, never lost with the page. */
function keptText(services: WebServices, body: unknown): { label: Words | string | null; text: string }[] {
  if (typeof body !== 'object' || body === null) return [];
  const shape = commandFormOf(services, String((body as Record<string, unknown>)._command ?? ''))?.schema.shape ?? {};
  const labelOf = (name: string): Words | string | null => (Object.hasOwn(shape, name) ? (fieldShape(shape[name] as never).meta.label ?? null) : null);
  return Object.entries(body)
    .filter(([name, value]) => !name.startsWith('_') && !/password|shown|key|taskId/i.test(name) && typeof value === 'string' && value.trim().length > 1)
    .map(([name, text]) => ({ label: labelOf(name.split('.')[0]!), text: text as string }));
}
