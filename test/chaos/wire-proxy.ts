import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A statement on its way to PostgreSQL. */
export interface Sight {
  /** The role that sends it. */
  readonly user: string;
  /** Name of a prepared statement, as `door`; empty for the others. */
  readonly statement: string;
  readonly text: string;
  /** What is bound to it, as bytes. */
  readonly bound: Buffer;
}

/** Where on a statement's way something happens: before it reaches the database; when its answer is on the way back; when the commit's is. */
export type Moment = 'before' | 'answered' | 'committed';

export interface Trap {
  sees(sight: Sight): boolean;
  moment: Moment;
  /** Rows the statement must have brought; one that brought fewer is let go. */
  rows?: number;
  /** The n-th statement that is seen. Default 1. */
  nth?: number;
  /** What happens. The statement or answer is withheld for good, unless `letPass`. */
  spring(): void | Promise<void>;
  letPass?: boolean;
}

/** Stands between the processes and their database and reads the wire, so that the product needs no hooks. */
export interface WireProxy {
  readonly port: number;
  /** Resolves when the trap has sprung; rejects with the reason when it is taken away before. */
  set(trap: Trap): { sprung: Promise<void>; remove(): void };
  /** Ends every connection, as a network that fails does. */
  cut(): void;
  close(): Promise<void>;
}

interface Armed extends Trap {
  seen: number;
  resolve(): void;
}

/** Listens on a port of its own and forwards to `target` of this machine. */
export async function startWireProxy(target: number): Promise<WireProxy> {
  const traps = new Set<Armed>();
  const open = new Set<Socket>();
  const server: Server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: target, host: '127.0.0.1', noDelay: true });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => { open.delete(socket); client.destroy(); upstream.destroy(); });
    }
    watch(client, upstream, traps);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    set: (trap) => {
      let armed!: Armed;
      const sprung = new Promise<void>((resolve) => { armed = { ...trap, seen: 0, resolve }; });
      traps.add(armed);
      return { sprung, remove: () => void traps.delete(armed) };
    },
    cut: () => { for (const socket of open) socket.destroy(); },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    }),
  };
}

/** One connection: both directions message by message (PostgreSQL protocol 3.0). */
function watch(client: Socket, upstream: Socket, traps: Set<Armed>): void {
  const statements = new Map<string, string>();
  let user = '';
  let pending: { trap: Armed; rows: number; phase: 'answer' | 'commit' | 'committing'; held: Buffer[] } | null = null;
  let dead = false;

  const spring = async (trap: Armed): Promise<void> => {
    traps.delete(trap);
    dead = !trap.letPass;
    await trap.spring();
    if (dead) {
      client.destroy();
      upstream.destroy();
    }
    trap.resolve();
  };
  const letGo = (): void => {
    for (const message of pending?.held ?? []) client.write(message);
    pending = null;
  };
  const match = (sight: Sight): Armed | undefined => [...traps].find((trap) => trap.sees(sight) && (trap.seen += 1) >= (trap.nth ?? 1));

  /** Whether the message goes on. */
  const asked = async (type: string, body: Buffer): Promise<boolean> => {
    if (type === 'P') statements.set(cString(body, 0), cString(body, cString(body, 0).length + 1));
    const sight = sightOf(user, type, body, statements);
    if (sight === null) return true;
    if (pending !== null && pending.phase === 'commit') {
      if (/^\s*commit/i.test(sight.text)) pending.phase = 'committing';
      else if (/^\s*rollback/i.test(sight.text)) letGo();
      return true;
    }
    const trap = pending === null ? match(sight) : undefined;
    if (trap === undefined) return true;
    if (trap.moment !== 'before') {
      pending = { trap, rows: 0, phase: 'answer', held: [] };
      return true;
    }
    await spring(trap);
    return !dead;
  };

  const answered = async (type: string, message: Buffer): Promise<void> => {
    if (pending === null || pending.phase === 'commit') return void client.write(message);
    pending.held.push(message);
    if (type === 'D') pending.rows += 1;
    if (type === 'E') return letGo();
    if (type !== 'Z') return;
    const { trap, rows, phase } = pending;
    if (phase === 'answer' && rows < (trap.rows ?? 0)) {
      trap.seen -= 1;
      return letGo();
    }
    if (phase === 'answer' && trap.moment === 'committed') {
      for (const held of pending.held.splice(0)) client.write(held);
      pending.phase = 'commit';
      return;
    }
    if (!traps.has(trap)) return letGo();
    await spring(trap);
    if (!dead) letGo();
  };

  let started = false;
  const fromClient = framed((buffer) => (started ? typed(buffer) : first(buffer)), async (message) => {
    if (dead) return;
    if (!started) {
      started = true;
      user = /user\0([^\0]*)/.exec(message.toString('latin1'))?.[1] ?? '';
      upstream.write(message);
    } else if (await asked(String.fromCharCode(message[0]!), message.subarray(5))) upstream.write(message);
  });
  const fromServer = framed(typed, async (message) => {
    if (!dead) await answered(String.fromCharCode(message[0]!), message);
  });
  client.on('data', fromClient);
  upstream.on('data', fromServer);
}

function sightOf(user: string, type: string, body: Buffer, statements: Map<string, string>): Sight | null {
  if (type === 'Q') return { user, statement: '', text: cString(body, 0), bound: Buffer.alloc(0) };
  if (type !== 'B') return null;
  const portal = cString(body, 0).length + 1;
  const statement = cString(body, portal);
  return { user, statement, text: statements.get(statement) ?? '', bound: body.subarray(portal + statement.length + 1) };
}

const cString = (body: Buffer, from: number): string => body.toString('utf8', from, body.indexOf(0, from));

/** Length of the first message of a connection, which has no type; 0 while it is not there yet. */
const first = (buffer: Buffer): number => (buffer.length < 4 ? 0 : buffer.readInt32BE(0));
const typed = (buffer: Buffer): number => (buffer.length < 5 ? 0 : buffer.readInt32BE(1) + 1);

/** Cuts a stream into messages and hands them on one after another. */
function framed(lengthOf: (buffer: Buffer) => number, take: (message: Buffer) => Promise<void>): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let turn = Promise.resolve();
  const cutOff = async (): Promise<void> => {
    for (let length = lengthOf(rest); length > 0 && rest.length >= length; length = lengthOf(rest)) {
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      await take(message);
    }
  };
  return (chunk) => {
    turn = turn.then(async () => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      await cutOff();
    });
  };
}
