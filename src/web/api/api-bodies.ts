import { z } from 'zod';
import { paperForm } from '../../../workflows/forms/paper-form.js';

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'not an id');

/** Bodies of the API. Fields of a command are read by the command's own form afterwards. */
export const openBody = z.object({
  // Left out for one's own: the unit's, or the city's office's.
  workflow: z.string().min(1), unit: uuid.optional(), year: z.int().min(2000).max(2060), detail: z.record(z.string(), z.unknown()).optional(),
});

export const commandBody = z.object({
  type: z.string().min(1), taskId: uuid.optional(), fields: z.record(z.string(), z.unknown()).default({}), shown: z.string().optional(),
});

/** One command for many duties; `shown` is what the case says is shown, as it was read. */
export const batchBody = z.object({
  type: z.string().min(1), fields: z.record(z.string(), z.unknown()).default({}),
  items: z.array(z.object({ caseId: uuid, taskId: uuid, shown: z.string().nullish() })).min(1).max(200),
});

export const sectionBody = z.record(z.string(), z.unknown());

/** Without `taskId` the paper exercises a right that has no task (an extension, an exemption). */
export const paperBody = z.object({ taskId: uuid.optional(), command: z.string().min(1), fields: z.record(z.string(), z.unknown()).default({}), paper: paperForm });

export const compareBody = z.object({ taskId: uuid.optional(), mismatches: z.array(z.object({ field: z.string(), seen: z.string() })).default([]) });

/** `proposedAt` of the attachment, as the case shows it: what is confirmed is that proposal and no other. */
export const confirmationBody = z.object({ proposedAt: z.iso.datetime({ offset: true }) });

/** A day ('2026-09-30', nine o'clock), a day and a time, or a day and '24:00'. */
export const advanceBody = z.object({ to: z.string() });
