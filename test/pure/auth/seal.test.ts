import { newSealKey, openSeal, SEAL_LIFE_MS, sealText, sessionOfSeal } from '../../../src/auth/seal.js';

const key = newSealKey();
const owner = { session: '019a0000-0000-7000-8000-000000000001', account: '019a0000-0000-7000-8000-00000000000a' };
const at = new Date('2026-09-29T08:00:00Z');
const text = '写了半小时的意见䶮堃𠮷';
const seal = sealText(key, owner, at, text);
const later = (ms: number): Date => new Date(at.getTime() + ms);

describe('a sealed text', () => {
  it('opens for its owner as it was written, says which session it is of and nothing of what it holds', () => {
    expect(openSeal(key, owner, later(60_000), seal)).toBe(text);
    expect(sessionOfSeal(seal)).toBe(owner.session);
    expect(Buffer.from(seal.split('.')[2]!, 'base64url').toString('utf8')).not.toContain('意见');
  });

  it('of the same words is another one every time: two cannot be compared', () => {
    expect(sealText(key, owner, at, text)).not.toBe(seal);
  });

  it('does not open once a single byte of it was altered, wherever it stands', () => {
    const [session, instant, body] = seal.split('.') as [string, string, string];
    const bytes = Buffer.from(body, 'base64url');
    for (let place = 0; place < bytes.length; place += 1) {
      const altered = Buffer.from(bytes);
      altered[place]! ^= 1;
      expect(openSeal(key, owner, at, [session, instant, altered.toString('base64url')].join('.'))).toBeNull();
    }
  });

  it('does not open for another account, in another session, or under another session’s key', () => {
    const other = '019a0000-0000-7000-8000-00000000000b';
    expect(openSeal(key, { ...owner, account: other }, at, seal)).toBeNull();
    expect(openSeal(key, { ...owner, session: other }, at, seal)).toBeNull();
    // Renamed to that session it is not its seal either.
    expect(openSeal(key, { ...owner, session: other }, at, seal.replace(owner.session, other))).toBeNull();
    expect(openSeal(newSealKey(), owner, at, seal)).toBeNull();
  });

  it('does not open when it is too old, nor when its date was made younger', () => {
    expect(openSeal(key, owner, later(SEAL_LIFE_MS), seal)).toBe(text);
    expect(openSeal(key, owner, later(SEAL_LIFE_MS + 1), seal)).toBeNull();
    const young = seal.replace(`.${at.getTime()}.`, `.${later(SEAL_LIFE_MS).getTime()}.`);
    expect(openSeal(key, owner, later(SEAL_LIFE_MS + 1), young)).toBeNull();
  });

  it('that is none, or is cut off, is refused quietly', () => {
    for (const none of ['', 'x', `${owner.session}.1`, `${owner.session}.${at.getTime()}.AAAA`, seal.slice(0, -8), `${seal}AAAA`, seal.replace('.', '')]) expect(openSeal(key, owner, at, none)).toBeNull();
  });
});
