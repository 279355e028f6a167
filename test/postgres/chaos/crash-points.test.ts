import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playSteps } from '../../../src/journey/play-year.js';
import { checkoutRoot } from '../../../src/runtime/checkout.js';
import { compiledProgram } from '../../chaos/compiled-program.js';
import { install, type Installation } from '../../chaos/installation.js';
import { KillBook } from '../../chaos/kills.js';
import { namedPoints } from '../../chaos/named-points.js';
import { ask, playerOf, stepsOf } from '../../chaos/played-year.js';
import { verdict, type Verdict } from '../../chaos/verdict.js';
import { freshDatabase, type FreshDatabase } from '../../cluster/fresh-database.js';

// The places that need no second database server and no printed paper; `npm run check:chaos` has them all, at random too, and with three replicas.
const points = ['before the door’s statement reaches PostgreSQL', 'after its commit, before the answer', 'the answer of the door is lost, the process lives'];

describe('a server killed while a plan is on its way through the API', () => {
  const directory = mkdtempSync(join(tmpdir(), 'yanshou-crash-'));
  let fresh: FreshDatabase;
  let on: Installation;
  let found: Verdict;
  const struck: string[] = [];

  beforeAll(async () => {
    chmodSync(directory, 0o711);
    // No paper is printed on the way, and a browser that is never started need not be unpacked: it only has to say who it is.
    const browser = join(directory, 'browser.sh');
    writeFileSync(browser, '#!/bin/sh\necho Chromium 1.0\n', { mode: 0o755 });
    fresh = await freshDatabase('crash_points');
    on = await install({
      database: fresh, port: Number(new URL(fresh.adminUrl).port), directory, program: compiledProgram(checkoutRoot(), join(directory, 'program')), env: { PUPPETEER_EXECUTABLE_PATH: browser },
    });
    const tokens = await on.tokens();
    await on.replicas[0]!.ready();
    const book = new KillBook(on, tokens.get('auditor')!);
    const attack = (async () => {
      for (const point of namedPoints.filter(({ name }) => points.includes(name))) {
        await point.strike({ installation: on, cluster: null, book });
        struck.push(point.name);
      }
    })();
    await playSteps(stepsOf(['lixia'], '2026-08-22'), playerOf(on, tokens), () => undefined);
    await attack;
    await book.settled();
    found = await verdict(on, async () => (await ask<{ alarms: { kind: string; caseNumber: string; about: string }[] }>(on, tokens.get('admin')!, '/alarms')).alarms);
  });
  afterAll(async () => {
    await on?.close();
    await fresh?.drop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });

  it('was killed at every named place', () => expect(struck).toEqual(points));

  it('loses nothing that was acknowledged and does nothing twice', () => {
    expect(found).toMatchObject({ lost: [], doubled: [], broken: [] });
    expect(found.acknowledged).toBeGreaterThan(4);
  });
});
