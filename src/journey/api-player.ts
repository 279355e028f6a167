import { setTimeout as pause } from 'node:timers/promises';
import type { CaseRef, Moved, PaperAct, Player } from './player.js';

interface ApiAction { taskId: string | null; subject: Record<string, unknown> | null; command: string }
interface ApiCase { caseId: string; stage: string; final: boolean; outcome: string | null; shown: string | null; actions: ApiAction[]; choices: Record<string, { value: string; words: string | { zh: string } }[]>; tasks: { id: string; kind: string; state: string; subject: Record<string, unknown> | null }[] }

/** How long a call is tried again while the server is away: it may have been killed and be starting anew. */
const PATIENCE_MS = 120_000;
const RETRY_MS = 250;
const POLL_MS = 150;

/** A refusal of the API: its status and stable code. */
export class ApiRefusal extends Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

export interface ApiPlayerOptions {
  baseUrl: () => string;
  /** Bearer token of a person. */
  tokenOf: (login: string) => string;
  /** Value of a choice by what a person would read: organisations, posts, projects. */
  year: number;
  onCommand: () => void;
}

/**
 * A player over HTTP. Every command carries a key that follows from what is done, so a call repeated after a crash is carried out once.
 */
export function apiPlayer(options: ApiPlayerOptions): Player {
  const caseIds = new Map<string, string>();
  const counters = new Map<string, number>();

  async function call<T>(login: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        const response = await fetch(`${options.baseUrl()}/api/v1${path}`, {
          method, headers: { authorization: `Bearer ${options.tokenOf(login)}`, 'content-type': 'application/json', ...headers }, body: body === undefined ? undefined : JSON.stringify(body),
        });
        if (response.status === 429 || response.status >= 500) throw new TypeError(`server answered ${response.status}: ${await response.text()}`);
        const json = (await response.json()) as T & { code?: string; sentence?: { zh: string }; detail?: string; defects?: { field: string; sentence: { zh: string } }[] };
        if (response.ok) return json;
        const defects = (json.defects ?? []).map((d) => `${d.field}: ${d.sentence.zh}`).join(' ');
        throw new ApiRefusal(response.status, json.code ?? String(response.status), `${method} ${path}: ${json.sentence?.zh ?? json.detail ?? ''} ${defects}`);
      } catch (error) {
        if (error instanceof ApiRefusal || performance.now() > until) throw error;
        await pause(RETRY_MS);
      }
    }
  }

  async function idOf(login: string, at: CaseRef): Promise<string> {
    const key = `${at.unitCode}.${at.workflow}`;
    const known = caseIds.get(key);
    if (known) return known;
    const { units } = await call<{ units: { id: string; code: string }[] }>(login, 'GET', `/units?year=${options.year}`);
    const unit = units.find((u) => u.code === at.unitCode);
    const until = performance.now() + PATIENCE_MS;
    while (performance.now() < until) {
      const { cases } = await call<{ cases: { caseId: string }[] }>(login, 'GET', `/cases?year=${options.year}&workflow=${at.workflow}&unit=${unit?.id}`);
      const last = cases.at(-1);
      if (last) {
        caseIds.set(key, last.caseId);
        return last.caseId;
      }
      await pause(POLL_MS);
    }
    throw new Error(`no ${at.workflow} case of ${at.unitCode}`);
  }

  const read = async (login: string, at: CaseRef): Promise<ApiCase> => call<ApiCase>(login, 'GET', `/cases/${await idOf(login, at)}`);

  /** The n-th time this very thing is done: repeated after a crash it has the same key, done again later another. */
  function keyFor(...parts: string[]): string {
    const name = parts.join(':');
    const count = (counters.get(name) ?? 0) + 1;
    counters.set(name, count);
    return `journey:${name}:${count}`;
  }

  async function moved(login: string, at: CaseRef): Promise<Moved> {
    const { stage, final, outcome } = await read(login, at);
    return { stage, final, outcome };
  }

  async function act(login: string, at: CaseRef, command: string, fields: Record<string, unknown> = {}, subject?: (s: Record<string, unknown>) => boolean): Promise<Moved> {
    const found = await read(login, at);
    const action = found.actions.find((a) => a.command === command && (!subject || (a.subject !== null && subject(a.subject))));
    if (!action) throw new ApiRefusal(403, 'not-offered', `${login} is not offered '${command}' on ${at.workflow} of ${at.unitCode} (stage ${found.stage})`);
    const key = keyFor(at.unitCode, at.workflow, login, command);
    const outcome = await call<{ stage: string; final: boolean }>(login, 'POST', `/cases/${found.caseId}/commands`, { type: command, taskId: action.taskId ?? undefined, fields: choose(fields, found.choices) }, { 'idempotency-key': key });
    options.onCommand();
    return { stage: outcome.stage, final: outcome.final, outcome: null };
  }

  return {
    act,
    openYear: async (login, unitCode, year) => {
      const { units } = await call<{ units: { id: string; code: string }[] }>(login, 'GET', `/units?year=${year}`);
      const body = { workflow: 'programme', unit: units.find((u) => u.code === unitCode)?.id, year };
      await call(login, 'POST', '/cases', body, { 'idempotency-key': keyFor(unitCode, 'programme', login, 'open') }).catch((error: unknown) => {
        // A demonstration opens its year at the first start.
        if (!(error instanceof ApiRefusal && error.code === 'already-open')) throw error;
      });
      options.onCommand();
    },
    write: async (login, at, section, body) => {
      const id = await idOf(login, at);
      const choices = choosesIn(body) ? (await read(login, at)).choices : {};
      const { revision } = await call<{ revision: number }>(login, 'GET', `/cases/${id}/sections/${section}`);
      await call(login, 'PUT', `/cases/${id}/sections/${section}`, choose(body, choices), { 'if-match': `"${revision}"` });
    },
    refused: async (login, at, command, fields) => {
      try {
        await act(login, at, command, fields);
      } catch (error) {
        if (error instanceof ApiRefusal) return `拒绝 ${error.code}`;
        throw error;
      }
      throw new Error(`'${command}' should have been refused`);
    },
    subjects: async (login, at, command) => (await read(login, at)).actions.filter((a) => a.command === command).map((a) => a.subject ?? {}),
    registerPaper: async (login, at, paper: PaperAct) => {
      const found = await read(login, at);
      const task = found.tasks.find((t) => t.kind === 'duty');
      const { command, fields, ...act } = paper;
      await call(login, 'POST', `/cases/${found.caseId}/paper`, { taskId: task?.id, command, fields, paper: { ...act, scan: '' } }, { 'idempotency-key': keyFor(at.unitCode, at.workflow, login, 'paper') });
      options.onCommand();
    },
    comparePaper: async (login, at) => {
      const found = await read(login, at);
      const compare = found.tasks.find((t) => t.kind === 'compare');
      await call(login, 'POST', `/paper/${String(compare?.subject?.paperId)}/compare`, { taskId: compare?.id, mismatches: [] }, { 'idempotency-key': keyFor(at.unitCode, at.workflow, login, 'compare') });
      options.onCommand();
      return moved(login, at);
    },
    until: async (login, at, stages) => {
      const end = performance.now() + PATIENCE_MS;
      for (;;) {
        const now = await moved(login, at);
        if (stages.includes(now.stage)) return now;
        if (performance.now() > end) throw new Error(`${at.workflow} of ${at.unitCode} stays in ${now.stage}, expected ${stages.join(' or ')}`);
        await pause(POLL_MS);
      }
    },
    advanceTo: async (localTime) => {
      await call('admin', 'POST', '/clock/advance', { to: localTime }).catch((error: unknown) => {
        // A repeated call after a crash finds the clock already there.
        if (!(error instanceof ApiRefusal && error.code === 'clock-backwards')) throw error;
      });
    },
  };
}

/** Whether anything in it is picked from a list by what is read. */
const choosesIn = (body: unknown): boolean => JSON.stringify(body).includes('"choice":');

/** Replaces `{choice: what is read}` by the value behind it, as a person picks from a list. */
function choose(value: unknown, choices: ApiCase['choices']): never {
  if (Array.isArray(value)) return value.map((v) => choose(v, choices)) as never;
  if (value === null || typeof value !== 'object') return value as never;
  const pick = value as { choice?: string; from?: string };
  if (typeof pick.choice === 'string' && typeof pick.from === 'string') {
    const text = (o: { words: string | { zh: string } }): string => (typeof o.words === 'string' ? o.words : o.words.zh);
    const offered = choices[pick.from] ?? [];
    const option = offered.find((o) => text(o).endsWith(pick.choice!)) ?? offered.find((o) => text(o).includes(pick.choice!));
    if (!option) throw new Error(`nothing named '${pick.choice}' among ${pick.from}`);
    return option.value as never;
  }
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, choose(v, choices)])) as never;
}
