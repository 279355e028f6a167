import { request as httpRequest } from 'node:http';
import { expectProblem, type Answer } from '../exits/answers.js';
import { LivingCity } from '../exits/living-city.js';
import { openYear } from '../exits/plan-life.js';

let city: LivingCity;
let plan: string;
beforeAll(async () => {
  city = await LivingCity.found('bad-uploads');
  ({ plan } = await openYear(city, 'lixia'));
});
afterAll(() => city.close());

const nothingMoved = async (run: () => Promise<Answer>): Promise<Answer> => {
  const before = await city.imprint(plan);
  const answer = await run();
  expect(await city.imprint(plan)).toEqual(before);
  expectProblem(answer);
  return answer;
};

describe('a file', () => {
  const upload = (name: string, bytes: Uint8Array, over: Record<string, string> = {}) => {
    const form = new FormData();
    for (const [field, value] of Object.entries({ purpose: 'consent', unclassified: 'true', ...over })) form.set(field, value);
    form.set('file', new Blob([bytes as never]), name);
    return city.call('lixia.clerk', 'POST', `/cases/${plan}/attachments`, form);
  };
  const pdf = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF');
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');

  it.each([
    ['of no bytes', 'a.pdf', Buffer.alloc(0), {}, 'empty'], ['of a picture behind a PDF’s name', 'a.pdf', png, {}, 'name-and-content'],
    ['of text behind a PDF’s name', 'a.pdf', Buffer.from('hello world, no pdf at all'), {}, 'wrong-type'], ['of a program', 'a.exe', Buffer.from('MZ\x90\0\x03'.padEnd(200, '\0'), 'latin1'), {}, 'wrong-type'],
    ['not declared unclassified', 'a.pdf', pdf, { unclassified: 'no' }, 'not-declared'], ['without a purpose', 'a.pdf', pdf, { purpose: ' ' }, 'missing'],
  ] as const)('%s is refused with its reason', async (_name, name, bytes, over, code) => {
    const answer = await nothingMoved(() => upload(name, bytes, over));
    expect([answer.status, answer.body.defects.map((d: { code: string }) => d.code)]).toEqual([422, [code]]);
  });

  it('that is missing, or sent as something else than a form, is asked for', async () => {
    const form = new FormData();
    form.set('purpose', 'consent');
    expect((await nothingMoved(() => city.call('lixia.clerk', 'POST', `/cases/${plan}/attachments`, form))).status).toBe(422);
    expect((await nothingMoved(() => city.call('lixia.clerk', 'POST', `/cases/${plan}/attachments`, { file: 'x' }))).status).toBe(422);
    expect((await nothingMoved(() => city.call('lixia.clerk', 'POST', `/cases/${plan}/attachments`, 'no multipart at all', { 'content-type': 'multipart/form-data' }))).status).toBe(400);
  });

  it('with a dangerous name is kept under a harmless one', async () => {
    const answer = await upload('../../etc/<b>批复‮fdp.pdf', pdf);
    expect([answer.status, answer.body.name]).toEqual([201, expect.stringMatching(/^[^<>/\\‮]*批复fdp\.pdf$/)]);
  });

  it('of 200 MB is refused while it arrives, without being held in memory', async () => {
    const before = await city.imprint(plan);
    const token = await city.token('lixia.clerk');
    for (const announced of [true, false]) {
      const { status, code, peak } = await pour(`${city.base}/api/v1/cases/${plan}/attachments`, token, 200, announced);
      expect([status, code]).toEqual([413, 'too-large']);
      expect(peak).toBeLessThan(130);
    }
    expect(await city.imprint(plan)).toEqual(before);
    expect((await upload('a.pdf', pdf)).status).toBe(201);
  });
});

/** Sends so many megabytes as one file and looks at what the process holds meanwhile, in MB above the start. */
async function pour(url: string, token: string, megabytes: number, announced: boolean): Promise<{ status: number; code: string; peak: number }> {
  const head = Buffer.from('--B\r\nContent-Disposition: form-data; name="unclassified"\r\n\r\ntrue\r\n--B\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n');
  const tail = Buffer.from('\r\n--B--\r\n');
  const chunk = Buffer.alloc(1024 * 1024, 32);
  const held = () => process.memoryUsage().arrayBuffers / 1024 / 1024;
  const start = held();
  let peak = 0;
  return new Promise((resolve, reject) => {
    let gone = (): void => undefined;
    const closed = new Promise<void>((done) => { gone = done; });
    let answered: { status: number; code: string } | null = null;
    const request = httpRequest(url, {
      method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=B', ...(announced ? { 'content-length': head.length + tail.length + megabytes * chunk.length } : {}) },
    }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        answered = { status: response.statusCode!, code: JSON.parse(Buffer.concat(parts).toString()).code };
        request.destroy();
        resolve({ ...answered, peak });
      });
    });
    request.on('error', (error) => { if (!answered) reject(error); });
    request.on('close', () => gone());
    void (async () => {
      request.write(head);
      for (let sent = 0; sent < megabytes && !answered && !request.destroyed; sent += 1) {
        peak = Math.max(peak, held() - start);
        if (!request.write(chunk)) await Promise.race([new Promise((free) => request.once('drain', free)), closed]);
      }
      if (!answered) request.end(tail);
    })();
  });
}

describe('a session that ends over a form', () => {
  it('gives every text back, whether the form carries files or not', async () => {
    const text = '写了半小时的意见䶮堃';
    const form = new FormData();
    for (const [name, value] of Object.entries({ _command: 'submit', _csrf: 'gone', note: text })) form.set(name, value);
    form.set('_file.scan', new Blob([Buffer.alloc(100_000, 1)]), 'scan.pdf');
    const withFiles = await fetch(`${city.base}/cases/${plan}/commands`, { method: 'POST', body: form, headers: { cookie: 'yanshou_session=ended' } });
    const plain = await fetch(`${city.base}/cases/${plan}/commands`, { method: 'POST', body: new URLSearchParams({ _command: 'submit', note: text }), headers: { cookie: 'yanshou_session=ended' } });
    for (const answer of [withFiles, plain]) {
      expect(answer.status).toBe(401);
      expect(await answer.text()).toContain(text);
    }
  });
});
