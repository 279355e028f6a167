import type { Knex } from 'knex';

/** What a 呈批件 was printed for: a task of a case, or a right of it that has no task. `open` while it may still be registered. */
export interface SlipTarget {
  caseId: string;
  taskId: string | null;
  open: boolean;
}

/** By the last ten hexadecimal figures of the id of the task or the case; null when this reader may see neither. An open task comes first. */
export async function slipTarget(trx: Knex.Transaction, city: string, tail: string): Promise<SlipTarget | null> {
  const ends = `right(replace(id::text, '-', ''), 10) = ?`;
  const task = await trx('task').where({ city }).whereRaw(ends, [tail]).orderByRaw(`status = 'open' desc, opened_at desc`).first('id', 'case_id as caseId', 'status');
  if (task !== undefined) return { caseId: task.caseId, taskId: task.id, open: task.status === 'open' };
  const found = await trx('case_file').where({ city }).whereRaw(ends, [tail]).first('id', 'final');
  return found === undefined ? null : { caseId: found.id, taskId: null, open: !found.final };
}
