import { InvalidInput } from '../../domain/errors.js';
import { endOfLocal, instantOfLocal, isDay } from '../../domain/local-day.js';
import { halfWidth, words } from '../../domain/text.js';
import type { Exchange, Handler } from '../context.js';
import { noSuchPage } from '../refusals.js';

const NINE = '09:00';

/**
 * Moves the demonstration's clock. A day means nine o'clock of its morning; `24:00` means its end. In production there is no such page.
 * @throws InvalidInput for what is no day, Refused for the past
 */
export async function advanceClock(x: Exchange, to: unknown): Promise<{ now: Date; fired: number }> {
  const { demonstration } = x.services;
  if (demonstration === null) throw noSuchPage(x.req.path);
  const [day = '', time = NINE] = halfWidth(String(to ?? '')).trim().split(/[T ]/);
  if (!isDay(day)) {
    throw new InvalidInput([{ field: 'to', code: 'no-such-day', sentence: words('日期写成 2026-09-30 的样子。', 'Write the day as 2026-09-30.') }]);
  }
  return demonstration.advance(time === '24:00' ? endOfLocal(day) : instantOfLocal(day, time));
}

export const clockAdvanced: Handler = async (x) => {
  await advanceClock(x, (x.req.body as Record<string, string> | undefined)?.to);
  x.res.redirect(303, '/');
};
