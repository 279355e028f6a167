import type { AttachmentLine } from '../../reads/case-content.js';
import { mayDispose, mayIsolate } from '../../domain/isolation.js';
import type { Viewer } from '../context.js';

/** A file of the case with what this person may do about it. */
export interface FileView extends AttachmentLine {
  mayIsolate: boolean;
  mayPropose: boolean;
  /** Somebody else's proposal waits for a second person. */
  mayConfirm: boolean;
  /** Names the proposal that is shown. */
  proposal: string | null;
}

export function fileList(files: readonly AttachmentLine[], viewer: Viewer): FileView[] {
  return files.map((file) => {
    const open = file.isolatedAt !== null && file.removedAt === null;
    const disposes = open && viewer.actors.some((actor) => mayDispose(actor, file));
    return {
      ...file, mayIsolate: file.isolatedAt === null && viewer.actors.some(mayIsolate), mayPropose: disposes,
      mayConfirm: disposes && file.disposal !== null && file.proposer !== viewer.person, proposal: file.proposedAt?.toISOString() ?? null,
    };
  });
}
