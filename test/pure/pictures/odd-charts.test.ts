import { createMachine, type AnyStateMachine } from 'xstate';
import { chartGraph } from '../../../src/pictures/chart-graph.js';
import { connectionsOf } from '../../../src/pictures/connections.js';
import { drawChart } from '../../../src/pictures/draw-chart.js';
import { prepareChart } from '../../../src/pictures/prepare-chart.js';
import { waysBack } from '../../../src/pictures/ways-back.js';
import { widthOf, wrap, wrapEvenly } from '../../../src/pictures/text-size.js';
import { named, stage, type ChartState } from '../../../workflows/patterns/chart.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import type { StageMeta } from '../../../workflows/vocabulary.js';
import { readPicture, xmlFaults } from './read-picture.js';

const { pack } = policyPack('jinan-2011-61');
const work = (name: string, config: Omit<ChartState, 'meta'> = {}, over: Partial<StageMeta> = {}): ChartState =>
  stage({ stage: name, words: { zh: name, en: name }, clauses: ['C-7.7'], visibility: 'both', duties: [], noTermBecause: { zh: '无', en: 'none' }, ...over }, config);
const end = (name: string): ChartState => work(name, {}, { final: { outcome: name, words: { zh: name, en: name } } });
const machine = (root: object): AnyStateMachine => createMachine({ id: 'odd', ...root } as never) as unknown as AnyStateMachine;
const picture = async (root: object): Promise<string> => drawChart(await prepareChart(machine(root), pack, 'zh'), 'zh', 't', null);
const pairs = (svg: string): string[] => readPicture(svg).lines.map(({ from, to, both, dashed }) => `${from} ${both ? '↔' : dashed ? '⇠' : '→'} ${to}`).sort();

describe('words from outside', () => {
  it('cannot break out of the picture: signs of XML are spelled out, what XML forbids is left out', async () => {
    const words = { zh: '甲<b>"乙"&\'丙\u0001', en: '</text><script>alert(1)</script>' };
    const svg = await picture({ initial: 'a', states: { a: work('a', { on: { submit: { target: 'z' } } }, { words }), z: end('z') } });
    expect(xmlFaults(svg)).toEqual([]);
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('<b>');
    expect(readPicture(svg).cards[0]!.text).toContain('甲<b>"乙"&\'丙');
  });

  it('a guard and an event without words are shown by their names, never left out', async () => {
    const { lines } = readPicture(await picture({ initial: 'a', states: { a: work('a', { on: { 'strange.event': [{ target: 'b', guard: 'brandNew' }, { target: 'z' }] } }), b: work('b', { on: { submit: { target: 'z' } } }), z: end('z') } }));
    expect(lines.map(({ label }) => label)).toContain('strange.event（brandNew）');
  });
});

describe('ways back', () => {
  const graph = chartGraph(machine({
    initial: 'a',
    states: { a: work('a', { on: { submit: { target: 'b' }, recall: { target: 'side' } } }), side: work('side', { on: { submit: { target: 'b' } } }), b: work('b', { on: { returnTo: [{ target: 'side' }, { target: 'a' }], file: { target: 'z' } } }), z: end('z') },
  }));

  it('lead where every way has led before; a way to a state that could be passed by is none', () => {
    expect([...waysBack(graph)].map(({ from, to }) => `${from} ${to}`)).toEqual(['odd.b odd.a']);
    expect(connectionsOf(graph).lines.filter(({ back }) => back).map(({ from, to }) => `${from} ${to}`)).toEqual(['odd.b odd.a']);
  });

  it('out of a group are ways back only if every state in it was come to that way', () => {
    const group = named('组', 'group', { initial: 'b', on: { returnTo: { target: 'a' } }, states: { b: { ...work('b'), id: 'b' }, c: { ...work('c'), id: 'c' } } });
    const back = (start: ChartState['on']) => [...waysBack(chartGraph(machine({ initial: 's', states: { s: work('s', { on: start }), a: work('a', { on: { submit: { target: '#b' }, file: { target: '#c' } } }), group } })))].map(({ from, to }) => `${from} ${to}`);
    expect(back({ submit: { target: 'a' } })).toEqual(['odd.group odd.a']);
    expect(back({ submit: { target: 'a' }, file: { target: '#c' } })).toEqual([]);
  });

  it('two states that lead to each other, neither first, are one line with two tips', async () => {
    const turn = { report: [{ target: 'b', guard: 'inTime' }, { target: 'c' }] };
    const svg = await picture({ initial: 'a', states: { a: work('a', { on: turn }), b: work('b', { on: { register: { target: 'c' }, file: { target: 'z' } } }), c: work('c', { on: { register: { target: 'b' } } }), z: end('z') } });
    expect(pairs(svg)).toEqual(['a → b', 'a → c', 'b ↔ c', 'b → z'].sort());
  });
});

describe('moves no plain line can show', () => {
  const region = (a: string, b: string, config: ChartState['on'] = {}): ChartState => named(`${a}区`, a, { initial: a, states: { [a]: work(a, { on: { submit: { target: b }, ...config } }), [b]: work(b) } });

  it('from anywhere in a group to a state within it: written on that state', async () => {
    const svg = await picture({
      initial: 'open', states: { open: named('办理中', 'open', { initial: 'a', on: { returnTo: { target: '.b' } }, states: { a: work('a', { on: { submit: { target: 'b' } } }), b: work('b', { on: { file: { target: '#z' } } }) } }), z: { ...end('z'), id: 'z' } },
    });
    expect(readPicture(svg).cards.find(({ title }) => title === 'b b')!.text).toContain('退回');
    expect(svg).toContain('href="#around"');
  });

  it('out of a whole group and into one: lines to and from its frame', async () => {
    const svg = await picture({
      initial: 'a', states: { a: work('a', { on: { submit: { target: 'both' } } }), both: { type: 'parallel', meta: { words: { zh: '并行', en: 'both' }, powers: [] }, on: { file: { target: 'z' } }, states: { one: region('b', 'c'), two: region('d', 'e') } }, z: end('z') },
    });
    expect(pairs(svg)).toEqual(['a → 并行', 'b → c', 'd → e', '并行 → z'].sort());
  });

  it('from deep in one group to deep in another: a line between the frames that names both ends', async () => {
    const svg = await picture({
      initial: 'one', states: { one: region('b', 'c', { file: { target: '#e' } }), two: named('乙组', 'two', { initial: 'd', states: { d: work('d', { on: { register: { target: 'e' } } }), e: { ...work('e', { on: { report: { target: '#z' } } }), id: 'e' } } }), z: { ...end('z'), id: 'z' } },
    });
    const { lines, cards } = readPicture(svg);
    expect(lines.find(({ from, to }) => from === 'b' && to === 'e')!.label).toMatch(/备案.*自b.*至e/);
    expect(cards.map(({ title }) => title)).toEqual(expect.arrayContaining(['b b', 'e e', 'z z']));
  });

  it('between regions that run beside each other, and back to where a group was', async () => {
    const svg = await picture({
      initial: 'open',
      states: {
        open: { type: 'parallel', states: { one: region('b', 'c', { report: { target: '#e' } }), two: named('乙', 'two', { initial: 'd', states: { d: work('d', { on: { register: { target: 'e' } } }), e: { ...work('e'), id: 'e' } } }) }, on: { withdraw: { target: 'hold' } } },
        hold: work('hold', { on: { recall: { target: '#back' } } }), group: { initial: 'f', states: { f: work('f'), h: { type: 'history', id: 'back' } } },
      },
    });
    expect(xmlFaults(svg)).toEqual([]);
    expect(pairs(svg)).toEqual(expect.arrayContaining(['b → e', '◇ → hold', 'hold → ◇']));
    expect(svg).toContain('>H</text>');
  });
});

describe('text of unknown fonts', () => {
  it('never overflows its room: lines break in time, not before a closing sign, and lose nothing', () => {
    for (const text of ['送预审（征求意见稿）、退回修改，逾期未复。', 'Go on without the overdue opinions of every department', '核对无误 Compared: 更正，correct it']) {
      for (const lines of [wrap(text, 12, 90), wrapEvenly(text, 12, 90)]) {
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        expect(lines.filter((line) => widthOf(line, 12) > 90 + 12 || /^[，。、；：）]/.test(line))).toEqual([]);
      }
    }
  });

  it('a word longer than the room stands alone, and an empty text is no line', () => {
    expect(wrap('a Donaudampfschifffahrtsgesellschaft b', 12, 60)).toEqual(['a', 'Donaudampfschifffahrtsgesellschaft', 'b']);
    expect(wrapEvenly('', 12, 60)).toEqual([]);
  });
});
