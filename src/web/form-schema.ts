import type { z } from 'zod';
import type { FieldMeta } from '../../workflows/forms/fields.js';

interface Def {
  type: string;
  innerType?: z.ZodType;
  in?: z.ZodType;
  element?: z.ZodType;
  shape?: Record<string, z.ZodType>;
  valueType?: z.ZodType;
  options?: z.ZodType[];
}

const defOf = (schema: z.ZodType): Def => (schema as unknown as { _zod: { def: Def } })._zod.def;

/** What a form has to know of a field, whatever transforms and defaults are wrapped around it. */
export interface FieldShape {
  kind: string;
  optional: boolean;
  meta: Partial<FieldMeta>;
  /** Schema of a list's entries. */
  element: z.ZodType | null;
  /** Fields of an object. */
  shape: Record<string, z.ZodType> | null;
}

/** Unwraps a field to its bare type; the outermost label wins. */
export function fieldShape(schema: z.ZodType): FieldShape {
  const meta = (schema.meta() ?? {}) as Partial<FieldMeta>;
  const def = defOf(schema);
  const inner = def.innerType ?? (def.type === 'pipe' ? def.in : undefined);
  if (inner !== undefined) {
    const found = fieldShape(inner);
    const optional = found.optional || ['optional', 'nullable', 'default', 'prefault'].includes(def.type);
    return { ...found, optional, meta: { ...found.meta, ...meta } };
  }
  return { kind: def.type, optional: false, meta, element: def.element ?? null, shape: def.shape ?? null };
}

/**
 * Fits the text of a plain form to a schema: one ticked box of a list is a list, a row nobody filled in is none, an optional field left
 * empty is left out. What is typed is judged by the schema alone.
 */
export function fittedFields(schema: z.ZodType, typed: unknown): unknown {
  const { kind, shape, element } = fieldShape(schema);
  if (kind === 'object' && shape !== null) {
    const given = typeof typed === 'object' && typed !== null && !Array.isArray(typed) ? (typed as Record<string, unknown>) : {};
    return Object.fromEntries(Object.entries(shape).flatMap(([name, field]) => {
      const value = given[name] === undefined ? undefined : fittedFields(field, given[name]);
      return value === undefined || (value === '' && fieldShape(field).optional) ? [] : [[name, value]];
    }));
  }
  if (kind === 'array' && element !== null) {
    const rows = Array.isArray(typed) ? typed : typed === undefined || typed === '' ? [] : [typed];
    return rows.map((row) => fittedFields(element, row)).filter((row) => !isBlank(row));
  }
  return typed;
}

/** A row with nothing typed in it. A hidden name of the row (`item`, `site`) is no entry of its own. */
function isBlank(row: unknown): boolean {
  if (row === undefined || row === '') return true;
  if (typeof row !== 'object' || row === null) return false;
  return Object.entries(row).every(([name, value]) => name === 'item' || name === 'site' || (Array.isArray(value) ? value.every(isBlank) : isBlank(value)));
}
