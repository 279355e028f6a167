import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { caseIn, type Grounds } from './grounds.js';

/** The same rows as one step of ours writes, in six statements; read and written past every wall, by a superuser. */
async function statements(at: Grounds): Promise<string[]> {
  const [model] = await at.city.rows(`select s.snapshot, p.body, t.role, t.org, t.unit, t.commands, c.outcome, f.city
    from case_file f join case_snapshot s on s.id = f.id join journal_payload p on p.case_id = f.id join task t on t.case_id = f.id join command c on c.case_id = f.id
   where f.case_number not like 'B%' order by p.seq desc limit 1`) as [Record<string, any>];
  // pgbench takes `:name` for a variable wherever it stands, in a text too.
  const text = (value: unknown): string => `'${String(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''").replaceAll(/:(?=\w)/g, ': ')}'`;
  const id = caseIn(':n::int');
  const city = text(model.city);
  const hash = `encode(sha256((:n::text || ' ' || :v::text)::bytea), 'hex')`;
  return [
    'begin',
    `select f.version + 1 as v, f.head_hash as h, s.snapshot as held from case_file f join case_snapshot s on s.city = f.city and s.id = f.id where f.city = ${city} and f.id = ${id} for update of f`,
    `with a as (update case_file set version = version + 1, stage = 'governmentApproval', head_hash = ${hash}, moved_at = now() where city = ${city} and id = ${id})
     update case_snapshot set snapshot = ${text(model.snapshot)} where city = ${city} and id = ${id}`,
    `with a as (insert into journal (city, year, case_id, seq, unit, visibility, at, person, origin, command, state, chart, pack_hash, calendar_version, payload_hash, prev_hash, hash)
       values (${city}, 2026, ${id}, :v, ${text(model.unit)}, 'unit', now(), null, 'system', 'approve', 'headReview', 'plan.v1', ${hash}, 'c', ${hash}, ${hash}, ${hash})),
     b as (insert into command (city, principal, key, request_hash, case_id, outcome, at) values (${city}, 'p', gen_random_uuid()::text, ${hash}, ${id}, ${text(model.outcome)}, now()))
     insert into journal_payload (city, year, case_id, seq, unit, visibility, body) values (${city}, 2026, ${id}, :v, ${text(model.unit)}, 'unit', ${text(model.body)})`,
    `with a as (update task set status = 'done', closed_at = now(), closed_command = 'approve' where city = ${city} and case_id = ${id} and status = 'open'),
     b as (insert into task (city, id, year, case_id, unit, side, key, kind, state, role, org, commands, term_key, status, opened_at)
       values (${city}, gen_random_uuid(), 2026, ${id}, ${text(model.unit)}, 'unit', 'governmentApproval#' || :v::text, 'duty', 'governmentApproval', ${text(model.role)}, ${text(model.org)}, '{consent,returnTo}', 'plan.governmentApproval', 'open', now())),
     c as (update case_stage set left_at = now() where city = ${city} and case_id = ${id} and left_at is null),
     d as (insert into case_stage (city, case_id, year, unit, seq, stage, entered_at) values (${city}, ${id}, 2026, ${text(model.unit)}, :v, 'governmentApproval', now())),
     e as (insert into outbox (city, id, year, case_id, unit, key, seq, effect, params, run_after)
       values (${city}, gen_random_uuid(), 2026, ${id}, ${text(model.unit)}, :n::text || '-' || :v::text, :v, 'notify', ${text({ template: 'consentWanted', to: 'consent' })}, now()))
     insert into term (city, case_id, key, year, unit, side, term, entry, status, started_at, budget_workdays, due_at, calendar_version)
       select ${city}, ${id}, k, 2026, ${text(model.unit)}, 'unit', k, :v::int, s, now(), 10, now() + interval '10 days', 'c' from (values ('plan.headReview', 'cancelled'), ('plan.governmentApproval', 'armed')) as x(k, s)
       on conflict (city, case_id, key) do update set entry = excluded.entry, status = excluded.status, started_at = excluded.started_at, due_at = excluded.due_at`,
    'commit',
  ].map((one) => one.replace(/\s+/g, ' '));
}

export interface PlainRun {
  /** Transactions a second at so many clients for so many seconds. */
  run(clients: number, seconds: number): Promise<number>;
  by: 'pgbench' | 'pg';
  stop(): Promise<void>;
}

/** What the plain statements do on cases `from` to `to - 1`, driven by pgbench; where it is missing, by a plain driver of this program. */
export async function plainStatements(at: Grounds, from: number, to: number): Promise<PlainRun> {
  const six = await statements(at);
  if (spawnSync('pgbench', ['--version']).status === 0) return byPgbench(at, six, from, to, 'pgbench');
  for (const version of [18, 17, 16, 15]) {
    const found = `/usr/lib/postgresql/${version}/bin/pgbench`;
    if (spawnSync(found, ['--version']).status === 0) return byPgbench(at, six, from, to, found);
  }
  return byDriver(at, six, from, to);
}

function byPgbench(at: Grounds, six: readonly string[], from: number, to: number, program: string): PlainRun {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const script = join(folder, 'six.sql');
  const [begin, read, ...rest] = six;
  writeFileSync(script, `\\set n random(${from}, ${to - 1})\n${begin};\n${read!.replace(', f.head_hash as h, s.snapshot as held', ', length(s.snapshot) as held')} \\gset\n${rest.map((one) => `${one};`).join('\n')}\n`);
  const url = new URL(at.city.fresh.adminUrl);
  return {
    by: 'pgbench',
    run: async (clients, seconds) => {
      const { spawn } = await import('node:child_process');
      const child = spawn(program, ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', script, '-h', url.hostname, '-p', url.port, '-U', url.username, url.pathname.slice(1)],
        { env: { PATH: process.env.PATH, PGPASSWORD: decodeURIComponent(url.password) }, stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      child.stdout.on('data', (data: Buffer) => (said += String(data)));
      child.stderr.on('data', (data: Buffer) => (said += String(data)));
      await new Promise((resolve) => child.once('exit', resolve));
      const found = /^tps = ([\d.]+)/m.exec(said);
      if (found === null || / [1-9]\d* clients? .*aborted/.test(said)) throw new Error(`pgbench failed:\n${said}`);
      return Number(found[1]);
    },
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The same statements, named and prepared, by the driver the product uses. */
async function byDriver(at: Grounds, six: readonly string[], from: number, to: number): Promise<PlainRun> {
  const pool = new pg.Pool({ connectionString: at.city.fresh.adminUrl, max: 32 });
  const prepared = six.map((text, index) => {
    const wantsVersion = /:v\b/.test(text);
    return { name: `plain${index}`, text: text.replaceAll(':n', '$1::int').replaceAll(/:v\b/g, '$2::int'), wants: /:n\b/.test(text) ? (wantsVersion ? 2 : 1) : 0 };
  });
  return {
    by: 'pg',
    run: async (clients, seconds) => {
      const until = performance.now() + seconds * 1000;
      let done = 0;
      const client = async (): Promise<void> => {
        const connection = await pool.connect();
        try {
          while (performance.now() < until) {
            const n = from + Math.floor(Math.random() * (to - from));
            let version = 0;
            for (const { name, text, wants } of prepared) {
              const { rows } = await connection.query({ name, text, values: [n, version].slice(0, wants) });
              if (rows[0]?.v !== undefined) version = rows[0].v;
            }
            done += 1;
          }
        } finally {
          connection.release();
        }
      };
      await Promise.all(Array.from({ length: clients }, client));
      return done / seconds;
    },
    stop: () => pool.end(),
  };
}
