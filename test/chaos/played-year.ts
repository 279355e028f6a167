import { apiPlayer } from '../../src/journey/api-player.js';
import { stepsOfYear } from '../../src/journey/play-year.js';
import type { Player, Step } from '../../src/journey/player.js';
import { readScenario } from '../../src/journey/scenario.js';
import { checkoutRoot } from '../../src/runtime/checkout.js';
import type { Installation } from './installation.js';

const YEAR = 2026;

/** The steps of the year of some filing units, up to a local day. */
export function stepsOf(units: readonly string[], until = '2099'): Step[] {
  const scenario = readScenario(checkoutRoot(), YEAR);
  return stepsOfYear(checkoutRoot(), { ...scenario, units: scenario.units.filter((one) => units.includes(one.unit)) }).filter((step) => step.at < until);
}

/** Somebody who works through the installation's one address and tries again, under the same key, whenever he got no answer. */
export const playerOf = (on: Installation, tokens: Map<string, string>): Player =>
  apiPlayer({ baseUrl: () => on.front.address, tokenOf: (login) => tokens.get(login)!, year: YEAR, onCommand: () => undefined });

/** Asks the API as somebody, for as long as it takes. */
export async function ask<T>(on: Installation, token: string, path: string): Promise<T> {
  for (;;) {
    const answer = await fetch(`${on.front.address}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } }).catch(() => null);
    if (answer?.ok) return (await answer.json()) as T;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
