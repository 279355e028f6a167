import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Grounds } from './grounds.js';

/** Systems we are compared with, at the newest version that runs on Node 20. They are no dependency: the benchmark installs them into a folder of its own. */
const versions = { 'pg-boss': '10.4.2', 'graphile-worker': '0.16.6', '@dbos-inc/dbos-sdk': '5.3.0' };
const programs = { 'pg-boss': 'pg-boss.mjs', 'graphile-worker': 'graphile-worker.mjs', '@dbos-inc/dbos-sdk': 'dbos.mjs' };

export type Peer = keyof typeof versions;
export const peerNames = Object.keys(versions) as Peer[];

export interface Peers {
  /** What a peer does a second, by name of the figure, at so many clients for so many seconds. */
  run(peer: Peer, clients: number, seconds: number): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

/** Installs the peers and gives each a database of its own in the same cluster. */
export async function installPeers(at: Grounds): Promise<Peers> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-peers-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies: versions }));
  const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, encoding: 'utf8' });
  if (installed.status !== 0) throw new Error(`the peers could not be installed:\n${installed.stderr}`);
  const urls = new Map<Peer, string>();
  for (const peer of peerNames) {
    const name = `peer_${peer.replaceAll(/\W+/g, '_')}`;
    await at.city.rows(`create database ${name}`);
    const url = new URL(at.city.fresh.adminUrl);
    url.pathname = `/${name}`;
    urls.set(peer, url.href);
    copyFileSync(fileURLToPath(new URL(`./peers/${programs[peer]}`, import.meta.url)), join(folder, programs[peer]));
  }
  return {
    run: async (peer, clients, seconds) => {
      const child = spawn(process.execPath, [join(folder, programs[peer]), String(clients), String(seconds)], { cwd: folder, env: { ...process.env, BENCH_DATABASE: urls.get(peer)! }, stdio: ['ignore', 'pipe', 'pipe'] });
      let [out, err] = ['', ''];
      child.stdout.on('data', (data: Buffer) => (out += String(data)));
      child.stderr.on('data', (data: Buffer) => (err += String(data)));
      const code = await new Promise((resolve) => child.once('exit', resolve));
      const line = out.trim().split('\n').at(-1) ?? '';
      if (code !== 0 || !line.startsWith('{')) throw new Error(`${peer} failed:\n${out}\n${err}`);
      return JSON.parse(line) as Record<string, number>;
    },
    stop: async () => {
      const admin = new pg.Client({ connectionString: at.city.fresh.adminUrl });
      await admin.connect();
      for (const peer of peerNames) await admin.query(`drop database if exists peer_${peer.replaceAll(/\W+/g, '_')} with (force)`);
      await admin.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
