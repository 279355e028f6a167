import type { HTTPResponse, Page } from 'puppeteer';
import type { ScreenedCity } from './screened-city.js';

/** A page in one state, as one person meets it. */
export interface Screen {
  name: string;
  /** Login; null for somebody who is not signed in. */
  who: string | null;
  /** Leads there; what it returns is the answer whose status counts. */
  open(page: Page, city: ScreenedCity): Promise<HTTPResponse | null>;
  /** 200 unless the state is a refusal. */
  status?: number;
  /** What is written on the way there and shown again as it is. */
  written?: readonly string[];
}

type Path = string | ((city: ScreenedCity) => Promise<string>);

/** A screen that has an address. */
export function at(name: string, who: string | null, path: Path, status = 200): Screen {
  return { name, who, status, open: async (page, city) => page.goto(`${city.address}${typeof path === 'string' ? path : await path(city)}`, { waitUntil: 'load' }) };
}

/** A screen that is the answer to something done on another. */
export function after(screen: Screen, name: string, status: number, act: (page: Page, city: ScreenedCity) => Promise<unknown>): Screen {
  return {
    name, who: screen.who, status,
    open: async (page, city) => {
      await screen.open(page, city);
      const [answer] = await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), act(page, city)]);
      return answer;
    },
  };
}

/** Follows the first link that fits; whoever sees no such link fails aloud. */
export const follow = (selector: string) => (page: Page): Promise<unknown> => page.$eval(selector, (link) => (link as unknown as { click(): void }).click());

export const caseOf = (unit: string, workflow: string, suffix = '') => async (city: ScreenedCity): Promise<string> => `/cases/${await city.caseOf(unit, workflow)}${suffix}`;

/** A page about one duty of a case: a form of its own, or the registration of a decision on paper. */
export const dutyOf = (unit: string, workflow: string, who: string, stage: string, path: (task: string) => string) => async (city: ScreenedCity): Promise<string> => {
  const id = await city.caseOf(unit, workflow);
  const { tasks } = await city.ask<{ tasks: { id: string; kind: string; state: string }[] }>(who, `/cases/${id}`);
  const duty = tasks.find((task) => task.kind === 'duty' && task.state === stage);
  if (duty === undefined) throw new Error(`${who} has no duty '${stage}' on ${workflow} of ${unit}: ${tasks.map((task) => task.state).join(', ')}`);
  return `/cases/${id}${path(duty.id)}`;
};
