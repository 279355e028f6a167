import { brokenLink, canonical, chainedFields, GENESIS, linkHash, sha256, type JournalEntry } from '../../../src/engine/journal.js';

interface Link {
  seq: number;
  prevHash: string;
  hash: string;
  fields: string;
}

const entry = (seq: number, payload: unknown): JournalEntry => ({
  city: '370100', caseId: 'case', seq, at: `2026-08-17T01:00:0${seq}.000Z`, person: `p${seq}`, post: null, actingFor: null, origin: 'system', command: `c${seq}`, state: 's',
  chart: 'plan.v1', packHash: 'pack', calendarVersion: 'calendar', payloadHash: sha256(canonical(payload)),
});

function chainOf(count: number): { chain: Link[]; head: string } {
  const chain: Link[] = [];
  let prevHash = GENESIS;
  for (let seq = 1; seq <= count; seq++) {
    const fields = chainedFields(entry(seq, { seq }));
    const hash = linkHash(prevHash, fields);
    chain.push({ seq, prevHash, hash, fields });
    prevHash = hash;
  }
  return { chain, head: prevHash };
}

const whole = chainOf(6);
const without = (seq: number): Link[] => whole.chain.filter((l) => l.seq !== seq);
/** An entry altered by somebody who also makes its own hash right. */
const forged = (seq: number, fields: string): Link[] => whole.chain.map((l) => (l.seq === seq ? { ...l, fields, hash: linkHash(l.prevHash, fields) } : l));

describe('the chain of a case', () => {
  it('holds from the first entry to the head', () => {
    expect(brokenLink(whole.chain, whole.head)).toBeNull();
  });

  it.each([
    ['who', (e: JournalEntry) => ({ ...e, person: 'somebody else' })],
    ['when', (e: JournalEntry) => ({ ...e, at: '2026-08-17T01:00:03.001Z' })],
    ['for whom', (e: JournalEntry) => ({ ...e, actingFor: 'p9' })],
    ['what', (e: JournalEntry) => ({ ...e, command: 'approve' })],
    ['from paper or not', (e: JournalEntry) => ({ ...e, origin: 'paper' as const })],
    ['under which rules', (e: JournalEntry) => ({ ...e, packHash: 'another' })],
    ['with what content', (e: JournalEntry) => ({ ...e, payloadHash: sha256('{}') })],
  ])('an entry edited in %s is named', (_what, edit) => {
    const edited = whole.chain.map((l) => (l.seq === 3 ? { ...l, fields: chainedFields(edit(entry(3, { seq: 3 }))) } : l));
    expect(brokenLink(edited, whole.head)).toEqual({ seq: 3, why: 'changed' });
  });

  it('an edit with its own hash recomputed is found at the entry after it', () => {
    expect(brokenLink(forged(3, chainedFields({ ...entry(3, {}), command: 'approve' })), whole.head)).toEqual({ seq: 4, why: 'not chained to the entry before' });
  });

  it('an edit of the last entry with its hash recomputed is found at the head', () => {
    expect(brokenLink(forged(6, chainedFields({ ...entry(6, {}), command: 'file' })), whole.head)).toMatchObject({ seq: 6 });
  });

  it('an entry cut out of the middle is named as missing', () => {
    expect(brokenLink(without(3), whole.head)).toEqual({ seq: 3, why: 'missing' });
  });

  it('an entry cut out and the rest renumbered is named', () => {
    const closed = without(3).map((l, index) => ({ ...l, seq: index + 1 }));
    expect(brokenLink(closed, whole.head)).toMatchObject({ seq: 3 });
  });

  it('a cut-off end is named, although what is left is a chain in itself', () => {
    expect(brokenLink(without(6), whole.head)).toEqual({ seq: 5, why: 'the end is missing' });
    expect(brokenLink([], whole.head)).toMatchObject({ why: 'the end is missing' });
  });

  it('a cut-off beginning is named', () => {
    expect(brokenLink(without(1), whole.head)).toEqual({ seq: 1, why: 'missing' });
  });

  it('two entries that change places are named', () => {
    const swapped = [...whole.chain];
    [swapped[2], swapped[3]] = [swapped[3]!, swapped[2]!];
    expect(brokenLink(swapped, whole.head)).toMatchObject({ seq: 3 });
  });

  it('two entries that change their contents are named', () => {
    const swapped = whole.chain.map((l) => (l.seq === 3 ? { ...whole.chain[3]!, seq: 3 } : l.seq === 4 ? { ...whole.chain[2]!, seq: 4 } : l));
    expect(brokenLink(swapped, whole.head)).toMatchObject({ seq: 3 });
  });

  it('an entry of another case, valid there, does not fit here', () => {
    const other = chainedFields({ ...entry(3, { seq: 3 }), caseId: 'another' });
    expect(brokenLink(forged(3, other), whole.head)).not.toBeNull();
  });

  it('a payload may be removed and the chain still holds: it covers hashes only', () => {
    const payloads = new Map(whole.chain.map((l) => [l.seq, canonical({ seq: l.seq })]));
    payloads.delete(3);
    expect(brokenLink(whole.chain, whole.head)).toBeNull();
    for (const [seq, body] of payloads) expect(whole.chain[seq - 1]!.fields).toContain(sha256(body));
  });

  it('a field that ends where the next begins cannot be moved over the border', () => {
    const left = chainedFields({ ...entry(1, {}), person: 'ab', post: 'c' });
    const right = chainedFields({ ...entry(1, {}), person: 'a', post: 'bc' });
    expect(left).not.toBe(right);
  });
});

describe('the text a payload is hashed as', () => {
  it('is one text for one value, whatever the order of its keys', () => {
    expect(canonical({ b: 1, a: { d: [2, 1], c: '䶮' } })).toBe(canonical({ a: { c: '䶮', d: [2, 1] }, b: 1 }));
  });

  it('keeps the order of lists, for there it means something', () => {
    expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
  });
});
