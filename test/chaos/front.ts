import { createServer, request, Agent, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A command the system has acknowledged: it must be in the journal, once, for ever. */
export interface Acknowledged {
  key: string;
  caseId: string;
  version: number;
  at: number;
}

/** One address before several replicas, as an operator's proxy is; keeps the clients' ledger. */
export interface Front {
  readonly address: string;
  readonly ledger: readonly Acknowledged[];
  /** Requests that were answered by an error of the system or by nobody, and had to be sent again. */
  failures(): number;
  requests(): number;
  close(): Promise<void>;
}

/** Spreads requests over these addresses in turn. One that does not accept a connection is passed over; one that dies while it answers is a failure the client sees. */
export async function startFront(targets: () => readonly string[]): Promise<Front> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const ledger: Acknowledged[] = [];
  let turn = 0;
  let failed = 0;
  let count = 0;

  const forward = (req: IncomingMessage, body: Buffer, target: string): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> => new Promise((resolve, reject) => {
    const out = request(`${target}${req.url}`, { agent, method: req.method, headers: { ...req.headers, 'content-length': String(body.length) } }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => (res.complete ? resolve({ status: res.statusCode ?? 502, headers: res.headers, body: Buffer.concat(chunks) }) : reject(new Error('cut off'))));
      res.on('error', reject);
    });
    out.on('error', reject);
    out.end(body);
  });

  const note = (req: IncomingMessage, status: number, body: Buffer): void => {
    const key = req.headers['idempotency-key'];
    if (typeof key !== 'string' || status >= 300) return;
    const { caseId, version } = JSON.parse(body.toString('utf8')) as { caseId?: string; version?: number };
    if (caseId !== undefined && version !== undefined) ledger.push({ key, caseId, version, at: performance.now() });
  };

  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    count += 1;
    let last: unknown;
    const all = targets();
    for (let tried = 0; tried < all.length; tried += 1) {
      turn += 1;
      try {
        const answer = await forward(req, body, all[turn % all.length]!);
        if (answer.status >= 500) failed += 1;
        note(req, answer.status, answer.body);
        const { 'transfer-encoding': _chunked, connection: _own, ...headers } = answer.headers;
        return void res.writeHead(answer.status, headers).end(answer.body);
      } catch (error) {
        last = error;
        // Only where nothing can have been taken is another asked; else the client must hear that he does not know.
        if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') break;
      }
    }
    failed += 1;
    res.writeHead(502, { 'content-type': 'text/plain' }).end(String(last));
  };

  const server: Server = createServer((req, res) => void serve(req, res).catch(() => res.destroy()));
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ledger,
    failures: () => failed,
    requests: () => count,
    close: () => new Promise((resolve) => {
      agent.destroy();
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
