import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { AnyStateMachine } from 'xstate';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import { machineFor, workflows } from '../../workflows/registry.js';
import { checkoutRoot } from '../../src/runtime/checkout.js';

const root = checkoutRoot();

interface Rule {
  /** Rooms it may import beside itself. */
  rooms: string[];
  /** Packages it may import; undefined means that the room's packages are its own affair. */
  packages?: string[];
  because: string;
}

const tool = (...rooms: string[]): Rule => ({ rooms, because: 'a file at the root of src ties rooms together or serves them all, and says here which' });

/** domain ← workflows ← engine ← {web, effects}; everything else stands beside the engine on the domain. */
const rules: Record<string, Rule> = {
  'src/domain': { rooms: [], packages: [], because: 'what is true depends on nothing: no database, no framework, no clock' },
  workflows: { rooms: ['src/domain'], packages: ['xstate', 'zod', 'canonicalize', 'node:crypto'], because: 'a chart is pure: no clock, no environment, no input or output' },
  'src/engine': {
    rooms: ['src/domain', 'workflows', 'src/clock', 'src/database'], packages: ['xstate', 'knex', 'pg', 'canonicalize', 'node:crypto'],
    because: 'the engine moves cases and knows neither pages, papers, content, reads nor sessions; they are given to it',
  },
  'src/effects': {
    rooms: ['src/domain', 'workflows', 'src/engine', 'src/documents', 'src/reads', 'src/content', 'src/register', 'src/clock', 'src/database'],
    because: 'the way out; the way in (web) is its sibling and never imported',
  },
  'src/web': {
    rooms: ['src/domain', 'workflows', 'src/engine', 'src/pictures', 'src/simulation', 'src/register', 'src/reads', 'src/auth', 'src/documents', 'src/upkeep', 'src/clock', 'src/database', 'src/log'],
    because: 'the way in; the way out (effects) is its sibling and never imported, and content is given to it',
  },
  'src/pictures': {
    rooms: ['src/domain', 'workflows', 'src/engine'], packages: ['xstate', '@viz-js/viz'],
    because: 'a picture is derived from chart and pack alone, terms read as the engine reads them; no case, no database, no page',
  },
  'src/register': { rooms: ['src/domain', 'workflows', 'src/clock'], because: 'who and what exists, beside the engine' },
  'src/reads': { rooms: ['src/domain', 'workflows'], packages: ['knex'], because: 'queries of screens: read-only, beside the engine' },
  'src/documents': { rooms: ['src/domain', 'src/clock'], because: 'papers are made from facts; where the facts come from is not their affair' },
  'src/auth': { rooms: ['src/domain', 'src/clock'], because: 'who may, beside the engine' },
  'src/content': { rooms: ['src/domain', 'workflows', 'src/register', 'src/clock'], because: 'what is written, beside the engine: the engine’s types are met, not imported; numbers and places are the register’s' },
  'src/upkeep': {
    rooms: ['src/domain', 'workflows', 'src/engine', 'src/reads', 'src/auth', 'src/clock', 'src/database'], packages: ['knex'],
    because: 'who follows, who stands in and what is set going again: arranged through the engine’s journal, recorded in the audit trail, and no page',
  },
  'src/runtime': { rooms: ['src/domain', 'src/clock'], because: 'database server, browser and files serve any program: they know nothing of this one' },
  'src/journey': {
    rooms: ['src/domain', 'workflows', 'src/documents', 'src/effects', 'src/register', 'src/runtime', 'src/clock'],
    because: 'the journey plays through the API as a stranger would: it never reaches into engine, database, content or pages',
  },
  'src/simulation': {
    rooms: ['src/domain', 'workflows', 'src/engine', 'src/content', 'src/register', 'src/clock'], packages: ['xstate', 'zod', 'node:crypto'],
    because: 'a year that is only tried out goes through the production door and charts; it knows no database, no page, no paper',
  },
  'src/cli': {
    rooms: ['src/domain', 'workflows', 'src/engine', 'src/pictures', 'src/simulation', 'src/auth', 'src/documents', 'src/effects', 'src/register', 'src/runtime', 'src/journey', 'src/web', 'src/clock', 'src/config',
      'src/database', 'src/log', 'src/prepare-database', 'src/services', 'src/calendars', 'src/virtual-clock'],
    because: 'operator commands are thin; nothing imports them but main',
  },
  migrations: { rooms: [], packages: ['knex'], because: 'a migration says the same for ever: it may not change with the code' },
  'src/clock': { ...tool(), packages: ['uuid'] },
  'src/config': tool('src/domain'),
  'src/log': tool(),
  'src/database': tool('src/domain'),
  'src/virtual-clock': tool('src/domain', 'src/clock', 'src/database'),
  'src/calendars': tool('src/domain', 'src/database', 'src/register'),
  'src/migrate': tool('migrations'),
  'src/prepare-database': tool('src/domain', 'src/clock', 'src/auth', 'src/database', 'src/migrate', 'src/register'),
  'src/services': tool(
    'src/domain', 'workflows', 'src/calendars', 'src/clock', 'src/config', 'src/content', 'src/database', 'src/documents', 'src/effects', 'src/engine', 'src/log', 'src/pictures', 'src/register',
    'src/runtime', 'src/simulation', 'src/upkeep', 'src/virtual-clock', 'src/web',
  ),
  'src/main': tool('src/domain', 'src/cli'),
};

const filesIn = (directory: string): string[] =>
  readdirSync(join(root, directory), { withFileTypes: true, recursive: true }).filter((e) => e.isFile()).map((e) => relative(root, join(e.parentPath, e.name)));
const sources = ['src', 'workflows', 'migrations'].flatMap(filesIn).filter((f) => f.endsWith('.ts') && !f.endsWith('.d.ts'));
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const roomOf = (file: string): string => /^(src\/[^/.]+|workflows|migrations)/.exec(file)?.[0] ?? file;

interface Import {
  file: string;
  line: number;
  from: string;
}

/** Static imports and re-exports (over several lines too), bare imports, dynamic imports. */
function importsOf(file: string): Import[] {
  const text = textOf(file);
  const shapes = [/^(?:import|export)\s[^;]*?\sfrom\s+'([^']+)'/gm, /^import\s+'([^']+)'/gm, /\bimport\(\s*'([^']+)'/g];
  return shapes.flatMap((shape) => [...text.matchAll(shape)].map((m) => ({
    file, from: m[1]!, line: text.slice(0, m.index + m[0].length).split('\n').length,
  })));
}

const packageOf = (from: string): string => from.split('/').slice(0, from.startsWith('@') ? 2 : 1).join('/');

/** Why an import is not allowed, or null. */
function violation({ file, line, from }: Import): string | null {
  const room = roomOf(file);
  const rule = rules[room];
  if (!rule) return `${file}:${line}: the room '${room}' has no arrows yet: say in this test what it may import, and why`;
  if (!from.startsWith('.')) {
    const name = packageOf(from);
    return rule.packages === undefined || rule.packages.includes(name)
      ? null
      : `${file}:${line} imports '${name}': ${room} may import ${rule.packages.length > 0 ? `only ${rule.packages.join(', ')}` : 'no package'} – ${rule.because}`;
  }
  const target = roomOf(relative(root, resolve(root, dirname(file), from)));
  return target === room || rule.rooms.includes(target)
    ? null
    : `${file}:${line} imports '${target}': ${room} may import ${rule.rooms.length > 0 ? `only ${rule.rooms.join(', ')}` : 'nothing'} – ${rule.because}`;
}

/** Every line of these files in which a pattern occurs outside a comment. */
function linesWith(files: string[], pattern: RegExp, rule: string): string[] {
  return files.flatMap((file) => textOf(file).split('\n').flatMap((line, index) => {
    const code = line.replace(/^\s*(\/\/|\/?\*).*$/, '').replace(/\s\/\/ .*$/, '');
    return pattern.test(code) ? [`${file}:${index + 1}: ${rule}\n    ${line.trim()}`] : [];
  }));
}

describe('the arrows between rooms', () => {
  it('point one way: domain ← workflows ← engine ← web and effects', () => {
    expect(sources.flatMap(importsOf).map(violation).filter((v) => v !== null)).toEqual([]);
  });

  it('are found wherever an import hides: over several lines, as a re-export, loaded on demand', () => {
    expect(importsOf('src/main.ts').map((i) => i.from)).toContain('./cli/start.js');
    expect(importsOf('src/services.ts').length).toBeGreaterThan(20);
    expect(violation({ file: 'src/web/page.ts', line: 1, from: '../effects/notify.js' })).toMatch(/src\/web may import only .* never imported/);
    expect(violation({ file: 'src/engine/store.ts', line: 1, from: '../auth/sessions.js' })).toMatch(/knows neither pages/);
    expect(violation({ file: 'src/domain/money.ts', line: 1, from: 'zod' })).toMatch(/no package/);
    expect(violation({ file: 'src/helpers/x.ts', line: 1, from: 'zod' })).toMatch(/has no arrows yet/);
  });

  it('the launcher runs before anything is installed: built-ins only', () => {
    expect(importsOf('src/launch.mjs').filter((i) => !i.from.startsWith('node:'))).toEqual([]);
  });
});

describe('time and chance', () => {
  it('come from clock.ts alone, so that a virtual clock moves everything', () => {
    const rule = 'time and chance come from src/clock.ts alone';
    const elsewhere = sources.filter((f) => f !== 'src/clock.ts');
    expect(linesWith(elsewhere, /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\brandomUUID\(|\bfrom 'uuid'/, rule)).toEqual([]);
  });

  it('do not exist in a workflow', () => {
    const rule = 'a chart reads context.now and nothing else of time';
    expect(linesWith(sources.filter((f) => f.startsWith('workflows/')), /\bperformance\b|\bsetTimeout\b|\bsetInterval\b|\bprocess\.|\brandomBytes\b/, rule)).toEqual([]);
  });
});

describe('charts', () => {
  const charts = sources.filter((f) => /^workflows\/([^/]+\.v\d+|patterns\/[^/]+)\.ts$/.test(f));

  it('name no delay, no invoked service and no clock', () => {
    const rule = 'terms are rows of the engine, effects are rows of the outbox: no after, delays, invoke or Date in a chart, and one raise alone, of the decision that waited (Date.parse of an instant that was given is arithmetic)';
    expect(charts.length).toBeGreaterThan(5);
    expect(linesWith(charts, /\b(after|delays|invoke)\s*:|\bfromPromise\b|\bsendTo\b|\bnew Date\(|\bDate\.(?!parse\b)/, rule)).toEqual([]);
  });

  it('and what they compile to has none either', () => {
    type Node = AnyStateMachine['root'];
    const below = (node: Node): Node[] => [node, ...Object.values(node.states).flatMap((child) => below(child as Node))];
    const pinned = policyPack('jinan-2011-61');
    for (const { id, versions } of workflows) {
      for (const version of Object.keys(versions)) {
        const machine = machineFor(id, Number(version), pinned);
        expect(Object.keys(machine.implementations.delays)).toEqual([]);
        for (const node of below(machine.root)) {
          expect({ node: node.id, after: node.after.length, invoke: node.invoke.length }).toEqual({ node: node.id, after: 0, invoke: 0 });
        }
      }
    }
  });
});

describe('names', () => {
  it('say what is inside: no utils, helpers, common or manager', () => {
    const named = [...sources, ...filesIn('test')].filter((f) => /(^|[/.-])(utils?|helpers?|commons?|managers?)([/.-]|$)/i.test(f));
    expect(named).toEqual([]);
  });

  it('are kebab-case', () => {
    expect(sources.filter((f) => !f.split('/').every((part) => /^[a-z0-9]+([.-][a-z0-9]+)*$/.test(part)))).toEqual([]);
  });
});
