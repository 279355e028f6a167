import { z } from 'zod';
import type { WebServices } from '../services.js';
import { commandFormOf } from '../command-form-of.js';

/** The fields of a command as JSON Schema, made from the schema that judges them; null for a command without a form. */
export function formSchema(services: WebServices, command: string): object | null {
  const form = commandFormOf(services, command);
  return form === undefined ? null : z.toJSONSchema(form.schema, { io: 'input', unrepresentable: 'any' });
}

/** A body's schema without the dialect line, for use inside an OpenAPI 3.1 document. */
export function bodySchema(schema: z.ZodType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as { $schema?: string };
  return rest;
}
