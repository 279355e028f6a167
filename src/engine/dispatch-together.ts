import type { Actor } from '../domain/actor.js';
import { dispatch, noSuchCase, readRequest, readyStep, repeated, settled, type ReadyStep } from './dispatch.js';
import type { CommandOutcome, CommandRequest, ManyParts } from './engine.js';
import type { DoorResult, LoadedCase } from './store.js';

/** What came of one request of many: its outcome, or the refusal it would have met alone. */
export type Answer = { caseId: string } & ({ outcome: CommandOutcome } | { refusal: unknown });

/** How many cases are written in one transaction. Larger ones hold their locks longer and gain nothing. */
const TOGETHER = 50;
/** While one group is being written the next is being reckoned. */
const AT_ONCE = 2;

/** Whether a request may go on, asked of the case as it was read for it; throws where it may not. */
type Judge = (request: CommandRequest, loaded: LoadedCase) => void;

/**
 * Many requests of one person, each a step of its own case with its own key, journal entry and answer, written in groups: a hundred
 * approvals cost a few transactions. A refusal concerns its own case only; what others were faster at, and a group that could not be
 * written as one, goes through the door case by case.
 */
export async function dispatchTogether(parts: ManyParts, actors: Actor[], requests: readonly CommandRequest[], judge: Judge = () => undefined): Promise<Answer[]> {
  const answers = new Map<CommandRequest, Answer>();
  const first = [...new Map(requests.toReversed().map((request) => [request.caseId, request])).values()].toReversed();
  const groups = Array.from({ length: Math.ceil(first.length / TOGETHER) }, (_, index) => first.slice(index * TOGETHER, (index + 1) * TOGETHER));
  const lane = async (): Promise<void> => {
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) await writeGroup(parts, actors, group, judge, answers);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  // A second request for a case follows the first.
  for (const request of requests.filter((one) => !first.includes(one))) answers.set(request, await alone(parts, actors, request, judge));
  return requests.map((request) => answers.get(request)!);
}

async function writeGroup(parts: ManyParts, actors: Actor[], group: readonly CommandRequest[], judge: Judge, answers: Map<CommandRequest, Answer>): Promise<void> {
  const loaded = new Map((await parts.store.loadMany(actors, group)).map((one) => [one.id, one]));
  const ready: { request: CommandRequest; step: ReadyStep }[] = [];
  for (const request of group) {
    try {
      const asked = readRequest(parts, request);
      const found = loaded.get(request.caseId);
      if (found === undefined) throw noSuchCase(request.caseId);
      if (found.known) {
        answers.set(request, { caseId: request.caseId, outcome: repeated<CommandOutcome>(found.known, asked.requestHash) });
        continue;
      }
      judge(request, found);
      ready.push({ request, step: await readyStep(parts, actors, asked, found) });
    } catch (refusal) {
      answers.set(request, { caseId: request.caseId, refusal });
    }
  }
  for (const actor of new Set(ready.map(({ step }) => step.actor))) {
    const steps = ready.filter(({ step }) => step.actor === actor);
    const results = await parts.store.writeMany(actor, steps.map(({ step }) => step.write)).catch(() => []);
    for (const [index, { request, step }] of steps.entries()) answers.set(request, await settledOrAlone(parts, actors, request, judge, step, results[index]));
  }
}

/** Where another was faster, or nothing of the group was written, the request goes through the door by itself. */
async function settledOrAlone(parts: ManyParts, actors: Actor[], request: CommandRequest, judge: Judge, step: ReadyStep, result: DoorResult | undefined): Promise<Answer> {
  try {
    const outcome = result === undefined ? null : settled(parts, step, result);
    return outcome === null ? await alone(parts, actors, request, judge) : { caseId: request.caseId, outcome };
  } catch (refusal) {
    return { caseId: request.caseId, refusal };
  }
}

async function alone(parts: ManyParts, actors: Actor[], request: CommandRequest, judge: Judge): Promise<Answer> {
  try {
    const loaded = await parts.store.load(actors, request.caseId, request.key);
    if (loaded !== null && !loaded.known) judge(request, loaded);
    return { caseId: request.caseId, outcome: await dispatch(parts, actors, request) };
  } catch (refusal) {
    return { caseId: request.caseId, refusal };
  }
}
