import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);

const unitStory = z.strictObject({
  unit: z.string(),
  story: z.string(),
  drafted: day,
  /** Departments asked for their opinion before the bureau's head decides. */
  cosigned: z.array(z.string()).default([]),
  consented: day,
  /** Local time of filing; the deadline is 30 September 24:00. */
  reported: moment,
  /** Tries to file before the government has consented and must be refused. */
  withoutConsent: z.boolean().default(false),
  nothingNew: z.boolean().default(false),
  carriedHall: z.boolean().default(false),
  consentOnPaper: z.strictObject({ wording: z.string(), keptAt: z.string() }).optional(),
  onPaper: z.strictObject({ deliveredAt: moment, evidence: z.string() }).optional(),
  correction: z.strictObject({ remarks: z.array(z.strictObject({ section: z.string(), text: z.string() })), answer: z.string(), on: moment }).optional(),
  inspected: day,
  finding: z.strictObject({ clause: z.string(), text: z.string(), proposal: z.string(), days: z.int() }).optional(),
  accepted: day.optional(),
  /** One archive room is measured below the standard: conditional, rectified, inspected again. */
  short: z.boolean().default(false),
  veto: z.string().optional(),
  /** The score the team arrives at, about. */
  score: z.int().min(0).max(100).optional(),
});

const scenario = z.strictObject({ year: z.int(), units: z.array(unitStory).min(1) });

export type UnitStory = z.infer<typeof unitStory>;
export type Scenario = z.infer<typeof scenario>;

/** The story of a year, unit by unit. @throws ZodError naming the line that is wrong */
export function readScenario(checkout: string, year: number): Scenario {
  return scenario.parse(JSON.parse(readFileSync(join(checkout, 'src', 'journey', 'data', `${year}.json`), 'utf8')));
}
