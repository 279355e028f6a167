import { formatArea } from '../../domain/area.js';
import type { ProjectStanding } from '../../domain/plan-standing.js';
import { words, type Words } from '../../domain/text.js';
import type { Verdict } from '../../domain/verdict.js';

/** How a row stands, in the cell beside it. `wrong` are the fields of the row that are too small. */
export interface StandingWords {
  tone: 'green' | 'red' | 'amber' | 'mut';
  icon: string;
  words: Words;
  wrong: string[];
}

const fieldOf: Readonly<Record<string, string>> = { hallArea: 'grossArea', serviceArea: 'usableArea', stationArea: 'usableArea', archiveArea: 'archiveArea' };
const shortNames: Readonly<Record<string, Words>> = {
  hallArea: words('大厅', 'Hall'), serviceArea: words('场所', 'Premises'), stationArea: words('场所', 'Premises'), archiveArea: words('档案室', 'Archive room'),
};

const join = (parts: readonly Words[]): Words => words(parts.map(({ zh }) => zh).join('，'), parts.map(({ en }) => en).join('; '));

/** What is short, what is missing, or that nothing is: 档案室少 4 m². An empty row says what the standard is. */
export function standingWords(one: ProjectStanding): StandingWords {
  const { verdicts, required } = one;
  if (verdicts.length === 0 || required === null) return { tone: 'mut', icon: 'minus', words: words('不核对', 'Not judged'), wrong: [] };
  const areas = verdicts.filter(({ unit }) => unit === 'area');
  if (areas.every(({ actual }) => actual === null)) return { tone: 'mut', icon: 'circle-dashed', words: leastWords(required), wrong: [] };
  const failed = verdicts.filter(({ ok }) => !ok);
  if (failed.length === 0) return { tone: 'green', icon: 'check', words: words('达标', 'Meets the standard'), wrong: [] };
  const rooms = failed.filter(({ unit }) => unit === 'presence');
  const parts = [...failed.filter(({ unit }) => unit === 'area').map(areaWords), ...(rooms.length === 0 ? [] : [roomWords(rooms)])];
  const wrong = failed.flatMap(({ item }) => fieldOf[item] ?? []);
  if (one.justified) return { tone: 'amber', icon: 'circle-dot', words: join([...parts, words('已填说明', 'reason given')]), wrong };
  return { tone: 'red', icon: 'alert-triangle', words: join(parts), wrong };
}

/** What one field of a row lacks, for the list of what is still to do: 档案室少 4 m². Null where nothing of it is short. */
export function shortWords(one: ProjectStanding, field: string): Words | null {
  const verdict = one.verdicts.find(({ item, ok }) => !ok && (fieldOf[item] ?? item) === field);
  return verdict === undefined ? null : verdict.unit === 'area' ? areaWords(verdict) : roomWords([verdict]);
}

/** 不少于 150，档案室 20; the unit stands in the heads of the columns. */
export function leastWords({ area, archiveArea }: NonNullable<ProjectStanding['required']>): Words {
  const [least, archive] = [formatArea(area), archiveArea === null ? null : formatArea(archiveArea)];
  return archive === null
    ? words(`不少于 ${least}`, `At least ${least}`)
    : words(`不少于 ${least}，档案室 ${archive}`, `At least ${least}, archive room ${archive}`);
}

function areaWords({ item, name, difference }: Verdict): Words {
  const short = shortNames[item] ?? name;
  if (difference === null) return words(`${short.zh}未填`, `${short.en}: not entered`);
  const lack = formatArea(-difference);
  return words(`${short.zh}少 ${lack} m²`, `${short.en}: ${lack} m² short`);
}

const roomWords = (rooms: readonly Verdict[]): Words =>
  words(`缺${rooms.map(({ name }) => name.zh).join('、')}`, `missing: ${rooms.map(({ name }) => name.en).join(', ')}`);
