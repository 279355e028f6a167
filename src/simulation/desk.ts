import type { WorkCalendar } from '../domain/calendar.js';
import { Refused } from '../domain/errors.js';
import { words, type Words } from '../domain/text.js';
import { valueOf } from '../../workflows/policies/policy-pack.js';
import { assumedSentences } from './assumed-facts.js';
import { readQuestion } from './question.js';
import type { Scenario } from './scenario.js';
import { simulatedNames, whatIf, type WhatIf, type WhatIfParts } from './what-if.js';

/** What one run on a server may take. */
export interface Limits {
  /** Years in one question. */
  seeds: number;
  /** Seconds after which it is given up. */
  seconds: number;
  /** Milliseconds after which others get their turn. */
  slice: number;
}

/** Where a server answers what-if questions: one at a time, between its other work. */
export interface WhatIfDesk {
  limits: Limits;
  /** What is asked when nothing is changed. */
  plain: { year: number; seed: number; inspectors: number; deadline: string };
  scenario: { name: Words; sample: boolean };
  assumed: Words[];
  /** Everybody who may be on leave. */
  names(): { key: string; name: Words; unit: string | null }[];
  /**
   * @param gone whether whoever asked has left; the run ends then
   * @throws InvalidInput for what cannot be asked; Refused for too much at once, while another run is under way, or when it takes too long
   */
  ask(sent: unknown, gone?: () => boolean): Promise<WhatIf>;
}

const LIMITS: Limits = { seeds: 20, seconds: 90, slice: 8 };

export function whatIfDesk(parts: Omit<WhatIfParts, 'calendar'> & { scenario: Scenario; calendar: () => Promise<WorkCalendar> }, limits: Limits = LIMITS): WhatIfDesk {
  const { scenario, data, pack } = parts;
  const { month, day } = valueOf(pack.pack.deadlines.planFiling);
  const pad = (number: number): string => String(number).padStart(2, '0');
  let underWay = false;
  return {
    limits, assumed: assumedSentences(), scenario: { name: scenario.name, sample: scenario.sample },
    plain: { year: 2026, seed: 1, inspectors: scenario.inspectors.count, deadline: `${pad(month)}-${pad(day)}` },
    names: () => simulatedNames({ data }, scenario),
    ask: async (sent, gone = () => false) => {
      const question = readQuestion(sent);
      if (question.seeds > limits.seeds) throw tooMany(limits.seeds);
      if (underWay) throw busy();
      underWay = true;
      try {
        return await whatIf({ data, pack, calendar: await parts.calendar() }, scenario, question, breathing(limits, gone));
      } finally {
        underWay = false;
      }
    },
  };
}

/** Gives the server its turn after every slice, and ends what takes too long or is waited for by nobody. */
function breathing({ seconds, slice }: Limits, gone: () => boolean): () => Promise<void> | void {
  const began = performance.now();
  let turn = began;
  return () => {
    if (performance.now() - turn < slice) return undefined;
    if (gone()) throw leftAlone();
    if (performance.now() - began > seconds * 1000) throw tooLong(seconds);
    return new Promise((resolve) => setImmediate(() => {
      turn = performance.now();
      resolve();
    }));
  };
}

const tooMany = (seeds: number): Refused => new Refused('what-if-too-many', words(`一次最多试算 ${seeds} 年。更多的用命令行：yanshou simulate。`, `At most ${seeds} years at once. For more use the command line: yanshou simulate.`));
const busy = (): Refused => new Refused('what-if-busy', words('另一项试算正在进行，请稍候再试。', 'Another run is under way; try again shortly.'));
const tooLong = (seconds: number): Refused => new Refused('what-if-too-long', words(`${seconds} 秒内没有算完，请减少次数。`, `Not done within ${seconds} seconds; ask for fewer years.`));
const leftAlone = (): Refused => new Refused('what-if-left', words('请求已中断，试算停止。', 'The request was broken off; the run has stopped.'));
