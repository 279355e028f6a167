/** Something that will happen at an instant. */
export interface Appointment {
  at: number;
  /** Of what happens at one instant the smaller rank comes first. */
  rank: number;
  happen: () => Promise<void>;
}

type Kept = Appointment & { order: number };

const earlier = (a: Kept, b: Kept): boolean => (a.at !== b.at ? a.at < b.at : a.rank !== b.rank ? a.rank < b.rank : a.order < b.order);

/** What is still to happen, nearest first: a binary heap. Of equals whatever was noted first happens first, so a run is repeatable. */
export class Agenda {
  readonly #heap: Kept[] = [];
  #order = 0;

  note(appointment: Appointment): void {
    const heap = this.#heap;
    heap.push({ ...appointment, order: this.#order++ });
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!earlier(heap[at]!, heap[parent]!)) break;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  /** Takes out what happens next. */
  next(): Appointment | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < heap.length && earlier(heap[left]!, heap[least]!)) least = left;
      if (right < heap.length && earlier(heap[right]!, heap[least]!)) least = right;
      if (least === at) return first;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}
