import { newId } from '../../../src/clock.js';
import { databaseStore } from '../../../src/engine/database-store.js';
import { dispatchTogether } from '../../../src/engine/dispatch-together.js';
import type { CommandRequest, ManyParts } from '../../../src/engine/engine.js';
import type { Actor } from '../../../src/domain/actor.js';
import { caseAt, type Grounds } from './grounds.js';

/** The two decisions a case goes to and fro by: the head agrees, the government's office sends it back for another look. */
export class OwnSteps {
  readonly #agreed = new Set<number>();
  private readonly parts: ManyParts;

  private constructor(private readonly at: Grounds, private readonly head: Actor[], private readonly consent: Actor[], private readonly from: number, private readonly to: number) {
    this.parts = { ...at.city.parts, store: databaseStore(at.city.parts) };
  }

  /** On the cases `from` to `to - 1`, which nobody else moves. */
  static async of(at: Grounds, from: number, to: number): Promise<OwnSteps> {
    return new OwnSteps(at, await at.city.actors('shizhong.head'), await at.city.actors('shizhong.consent'), from, to);
  }

  /** Steps of cases chosen at random by `clients` people at once for so many seconds. Returns how many, and their times in ms, sorted. */
  async run(clients: number, seconds: number): Promise<{ steps: number; times: number[] }> {
    const until = performance.now() + seconds * 1000;
    const times: number[] = [];
    const person = async (): Promise<void> => {
      while (performance.now() < until) {
        const n = this.from + Math.floor(Math.random() * (this.to - this.from));
        const began = performance.now();
        await this.step(n);
        times.push(performance.now() - began);
      }
    };
    await Promise.all(Array.from({ length: clients }, person));
    return { steps: times.length, times: times.sort((a, b) => a - b) };
  }

  private async step(n: number): Promise<void> {
    const agreed = this.#agreed.has(n);
    const request = agreed ? this.sendBack(n) : this.agree(n);
    // Two people who meet on one case: one wins, the other is told; both count as answered.
    await this.at.city.engine.dispatch(agreed ? this.consent : this.head, request).then(
      () => void (agreed ? this.#agreed.delete(n) : this.#agreed.add(n)), () => undefined);
  }

  /** Mass approval: a hundred cases of one person at a time, to and fro. Returns how many steps were taken. */
  async runMany(seconds: number, size = 100): Promise<number> {
    const until = performance.now() + seconds * 1000;
    let steps = 0;
    for (let start = this.from; performance.now() < until; start = start + 2 * size > this.to ? this.from : start + size) {
      const numbers = Array.from({ length: size }, (_, index) => start + index);
      for (const [actors, chosen, make] of [[this.head, numbers.filter((n) => !this.#agreed.has(n)), this.agree], [this.consent, numbers.filter((n) => this.#agreed.has(n)), this.sendBack]] as const) {
        if (chosen.length === 0) continue;
        const answers = await dispatchTogether(this.parts, actors, chosen.map((n) => make.call(this, n)));
        for (const [index, answer] of answers.entries()) {
          if ('refusal' in answer) throw answer.refusal;
          steps += 1;
          if (make === this.agree) this.#agreed.add(chosen[index]!);
          else this.#agreed.delete(chosen[index]!);
        }
      }
    }
    return steps;
  }

  private agree(n: number): CommandRequest {
    return { caseId: caseAt(n), type: 'approve', fields: { opinion: '同意' }, key: newId() };
  }

  private sendBack(n: number): CommandRequest {
    return { caseId: caseAt(n), type: 'returnTo', fields: { target: 'headReview', then: 'stepByStep', remarks: [{ section: 'goals', text: '再核对一次。' }] }, key: newId() };
  }
}
