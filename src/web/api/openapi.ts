import type { z } from 'zod';
import type { Handler } from '../context.js';
import { disposalForm, isolationForm } from '../../../workflows/forms/isolation-forms.js';
import { refusalForm, repairForm } from '../../../workflows/forms/repair-forms.js';
import { absenceForm, deputyForm, handOverForm } from '../../../workflows/forms/staff-forms.js';
import { advanceBody, batchBody, commandBody, compareBody, confirmationBody, openBody, paperBody, sectionBody } from './api-bodies.js';
import { apiTable, type ApiOperation } from './api-table.js';
import { questionShape } from '../../simulation/question.js';
import { bodySchema, formSchema } from './json-schemas.js';
import type { WebServices } from '../services.js';

const bodies: Readonly<Record<string, z.ZodType>> = {
  open: openBody, batch: batchBody, command: commandBody, section: sectionBody, paper: paperBody, compare: compareBody, advance: advanceBody,
  isolation: isolationForm, disposal: disposalForm, confirmation: confirmationBody, handOver: handOverForm, deputy: deputyForm, absence: absenceForm, repair: repairForm, refusal: refusalForm, question: questionShape,
};

/** OpenAPI 3.1 of the API, made from the table of routes and the schemas that judge the bodies. */
export function openApi(services: WebServices): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const one of apiTable) (paths[one.path.replace(/:(\w+)/g, '{$1}')] ??= {})[one.method] = operation(one);
  const forms = Object.fromEntries(Object.keys(services.forms).map((name) => [`command.${name}`, formSchema(services, name)]));
  return {
    openapi: '3.1.0',
    info: { title: 'Yanshou (验收) API', version: '1', description: 'The same commands as the pages. Commands carry Idempotency-Key; errors are problem+json.' },
    servers: [{ url: services.baseUrl }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { ...forms, problem },
      responses: { problem: { description: 'A refusal', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } } } } },
    },
  };
}

const bilingual = { type: 'object', required: ['zh', 'en'], properties: { zh: { type: 'string' }, en: { type: 'string' } } };

const problem = {
  type: 'object',
  required: ['type', 'status', 'title', 'code', 'sentence'],
  properties: {
    type: { type: 'string' }, status: { type: 'integer' }, title: { type: 'string' }, code: { type: 'string' }, instance: { type: 'string' }, sentence: bilingual,
    defects: { type: 'array', items: { type: 'object', properties: { field: { type: 'string' }, code: { type: 'string' }, sentence: bilingual } } },
  },
};

function operation(one: ApiOperation): object {
  const header = (name: string) => ({ name, in: 'header', required: true, schema: { type: 'string' } });
  return {
    operationId: one.operationId, summary: one.summary, ...(one.permission === 'public' ? { security: [] } : {}),
    parameters: [
      ...[...one.path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...(one.query ?? []).map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } })),
      ...(one.keyed ? [header('Idempotency-Key')] : []), ...(one.revision ? [header('If-Match')] : []),
    ],
    ...(one.body === undefined ? {} : { requestBody: { required: true, content: requestBody(one.body) } }),
    responses: { [one.body === 'open' || one.body === 'paper' || one.body === 'file' || one.body === 'handOver' || one.body === 'repair' || one.body === 'deputy' || one.body === 'absence' ? '201' : '200']: { description: one.answer }, default: { $ref: '#/components/responses/problem' } },
  };
}

const requestBody = (name: string): object =>
  name === 'workbook'
    ? { 'multipart/form-data': { schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } } } }
    : name === 'file'
    ? { 'multipart/form-data': { schema: { type: 'object', required: ['file', 'unclassified'], properties: { file: { type: 'string', format: 'binary' }, purpose: { type: 'string' }, unclassified: { type: 'string', const: 'true' } } } } }
    : { 'application/json': { schema: bodySchema(bodies[name]!) } };

export const apiDescription: Handler = (x) => void x.res.json(openApi(x.services));
