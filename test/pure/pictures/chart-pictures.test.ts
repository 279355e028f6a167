import { commandForms } from '../../../workflows/forms/commands.js';
import { guardWords } from '../../../workflows/chart-words.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { machineFor, workflows } from '../../../workflows/registry.js';
import { connectionsOf } from '../../../src/pictures/connections.js';
import { drawChart } from '../../../src/pictures/draw-chart.js';
import { prepareChart, type PreparedChart } from '../../../src/pictures/prepare-chart.js';
import { widthOf } from '../../../src/pictures/text-size.js';
import { joined, readPicture, xmlFaults } from './read-picture.js';

const pinned = policyPack('jinan-2011-61');
const charts = workflows.flatMap((w) => Object.keys(w.versions).map((v) => [`${w.id}.v${v}`, machineFor(w.id, Number(v), pinned)] as const));
const asList = (value: unknown): any[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** A chart as it was written, read here without the code under test. */
interface Raw { path: string[]; config: any }
const rawStates = (config: any, path: string[]): Raw[] => [{ path, config }, ...Object.entries(config.states ?? {}).flatMap(([key, child]) => rawStates(child, [...path, key]))];
interface RawMove { event: string; from: Raw; to: Raw | null; guard: string | null }
function rawMoves(states: Raw[]): RawMove[] {
  const at = (path: string[]): Raw => states.find((one) => one.path.join('.') === path.join('.'))!;
  const target = (name: string, from: Raw): Raw => (name.startsWith('#') ? (states.find((one) => `#${one.config.id}` === name) ?? at(name.slice(1).split('.'))) : name.startsWith('.') ? at([...from.path, name.slice(1)]) : at([...from.path.slice(0, -1), name]));
  return states.flatMap((from) => [...Object.entries(from.config.on ?? {}), ['', from.config.always] as const].flatMap(([event, ways]) => asList(ways).flatMap((way) => (way.target === undefined ? [null] : asList(way.target)).map((name): RawMove => ({
    event, from, to: name === null ? null : target(name, from), guard: typeof way.guard === 'string' ? way.guard : (way.guard?.type ?? null),
  })))));
}
const nameOf = ({ config }: Raw): string => config.meta?.words?.zh ?? '◇';
const said = ({ event, guard }: RawMove): string => joined(event in commandForms ? commandForms[event]!.words.zh : event === '' ? (guard === null ? '其余' : guardWords[guard]!.zh) : event.endsWith('.due') ? '期限届满' : '');

describe.each(charts)('%s', (_name, machine) => {
  const states = rawStates(machine.config, [machine.id]);
  let zh: PreparedChart;
  let en: PreparedChart;
  beforeAll(async () => {
    zh = await prepareChart(machine, pinned.pack, 'zh');
    en = await prepareChart(machine, pinned.pack, 'en');
  });

  it('no state is missing: each stage is a card with its words, who acts, its term and its clauses; an end has a double frame', () => {
    for (const [chart, language] of [[zh, 'zh'], [en, 'en']] as const) {
      const { cards } = readPicture(drawChart(chart, language, 't', null));
      for (const { config: { meta } } of states.filter(({ config }) => config.meta?.stage !== undefined)) {
        const card = cards.filter(({ title }) => title === `${meta.words.zh} ${meta.words.en}`);
        expect([meta.stage, card.length]).toEqual([meta.stage, 1]);
        expect(card[0]!.text).toContain(joined(meta.words[language]));
        for (const clause of meta.clauses) expect(card[0]!.text).toContain(clause);
        expect([meta.stage, card[0]!.frames]).toEqual([meta.stage, meta.final ? 2 : 1]);
        if (meta.term !== undefined && language === 'zh') expect([meta.stage, /个工作日|\d日|24时/.test(card[0]!.text)]).toEqual([meta.stage, true]);
      }
    }
  });

  it('no transition is missing: each is a line that names what happens, or is written on the card it does not leave', () => {
    const { cards, lines, text } = readPicture(drawChart(zh, 'zh', 't', null));
    for (const move of rawMoves(states)) {
      const { event, from, to } = move;
      const meta = from.config.meta;
      // Where a region goes on as it was, the picture has a sign and no card.
      if (to?.config.type === 'history') continue;
      // A way from a whole group into one of its own states has no line to run along: it is written.
      const into = to !== null && to !== from && to.path.join('.').startsWith(`${from.path.join('.')}.`);
      if (to !== null && to !== from && !into) {
        const found = lines.filter((line) => (line.from === nameOf(from) && line.to === nameOf(to)) || (line.both && line.from === nameOf(to) && line.to === nameOf(from)));
        expect([event, nameOf(from), nameOf(to), found.some(({ label }) => label.includes(said(move)))]).toEqual([event, nameOf(from), nameOf(to), true]);
      } else if (event !== `term.${meta?.term}.due` && event !== `term.${meta?.term}.remind`) {
        const where = meta?.stage === undefined ? text : cards.find(({ title }) => title.startsWith(`${nameOf(from)} `))!.text;
        expect([event, nameOf(from), where.includes(said(move))]).toEqual([event, nameOf(from), true]);
      }
    }
  });

  it('every transition is drawn once: as a line, on a card, or for a group', () => {
    const { lines, stays, around } = connectionsOf(zh.graph);
    const shown = [...lines.flatMap((line) => [...line.moves, ...line.opposite]), ...[...stays.values()].flat(), ...[...around.values()].flat()];
    expect(new Set(shown).size).toBe(zh.graph.moves.length);
    expect(shown.length).toBe(zh.graph.moves.length);
    expect(zh.graph.moves.length).toBe(rawMoves(states).length);
  });

  it('nothing hides anything: no card lies on another, no text of a line on a card, all within the picture, which is no wider than A4 on its side can carry', () => {
    for (const { layout, graph, labels, connections } of [zh, en]) {
      const leaves = graph.states.filter(({ children }) => children.length === 0).map(({ id }) => ({ id, ...layout.boxes.get(id)! }));
      const texts = connections.lines.map((line, index) => {
        const [x, y] = layout.routes.get(index)!.label;
        const [width, height] = [Math.max(...labels[index]!.map((one) => widthOf(one, 12))), labels[index]!.length * 15];
        return { id: `${line.from} → ${line.to}`, x: x - width / 2, y: y - height / 2, width, height };
      });
      const meets = (a: typeof leaves[number], b: typeof leaves[number]): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
      const all = [...leaves, ...texts];
      expect(all.flatMap((a, i) => all.slice(i + 1).filter((b) => meets(a, b)).map((b) => `${a.id} | ${b.id}`))).toEqual([]);
      expect(all.filter((one) => one.x < -1 || one.y < -1 || one.x + one.width > layout.width + 1 || one.y + one.height > layout.height + 1)).toEqual([]);
      expect(layout.width).toBeLessThan(1100);
    }
  });

  it('stands under a strict policy and stays small: well-formed, no style, no script, nothing from outside', () => {
    for (const [chart, language] of [[zh, 'zh'], [en, 'en']] as const) {
      const svg = drawChart(chart, language, 't', null);
      expect(xmlFaults(svg)).toEqual([]);
      expect(svg).not.toMatch(/\sstyle=|<style|<script|\son[a-z]+=|<foreignObject|<image|href="(?!#)|url\((?!#)/i);
      expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="t d"[\s\S]*<title id="t">[^<]+<\/title>\n<desc id="d">[^<]+<\/desc>/);
      expect(Buffer.byteLength(svg)).toBeLessThan(80_000);
    }
  });

  it('is the same every time it is made', async () => {
    expect(drawChart(await prepareChart(machine, pinned.pack, 'zh'), 'zh', 't', null)).toBe(drawChart(zh, 'zh', 't', null));
  });
});
