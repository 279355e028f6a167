import type { Exchange } from './context.js';
import { actorsFor } from './actors-for.js';

/**
 * Stores the files of a form as attachments of its case and returns their ids under the names of their fields. `_file.<field>` names the
 * field; `_unclassified` is the declaration 不涉密，已审查 that every upload asks for.
 */
export async function takeFiles(x: Exchange, caseId: string): Promise<Record<string, unknown>> {
  const files = ((x.req.files ?? []) as Express.Multer.File[]).filter((file) => file.fieldname.startsWith('_file.') && file.originalname !== '');
  const taken: Record<string, unknown> = {};
  if (files.length === 0) return taken;
  const [actor] = await actorsFor(x, caseId);
  const body = (x.req.body ?? {}) as Record<string, string>;
  for (const file of files) {
    const field = file.fieldname.slice('_file.'.length);
    const stored = await x.services.content.attach(actor!, caseId, {
      purpose: field, name: file.originalname, bytes: file.buffer, declaredUnclassified: body._unclassified === 'on',
    });
    taken[field] = field === 'photos' ? [...((taken[field] as string[] | undefined) ?? []), stored.id] : stored.id;
  }
  return taken;
}
