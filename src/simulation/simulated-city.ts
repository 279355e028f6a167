import { createHash } from 'node:crypto';
import type { Actor } from '../domain/actor.js';
import type { Words } from '../domain/text.js';
import { demonstrationPeople } from '../register/demonstration-people.js';
import { organisationsOf } from '../register/jinan-organisations.js';
import type { FilingUnit, JinanData, Township, Village } from '../register/jinan-records.js';
import type { Scenario } from './scenario.js';

/** A filing unit of the simulated year. */
export interface SimulatedUnit {
  id: string;
  unit: FilingUnit;
  hrss: string;
  consent: string;
  /** Departments that co-sign, by organisation. */
  cosigners: { org: string; name: string }[];
  townships: Township[];
  villages: Village[];
}

/** Somebody at work, with every post held; the name of the first post names the person. */
export interface SimulatedPerson {
  key: string;
  post: Words;
  role: string;
  unit: string | null;
  actors: Actor[];
  /** Department of a member of a team. */
  department: string | null;
  orgName: string;
  attention: number;
}

export interface SimulatedCity {
  city: string;
  units: SimulatedUnit[];
  people: SimulatedPerson[];
  orgs: { office: string; leaders: string };
}

const CITY = '370100';

/** An id that follows from a name alone, so that a run can be told again. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name, 'utf8').digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

interface Seat {
  login: string;
  role: string;
  organisation: string;
  post: Words;
  department: string | null;
  unit: string | null;
  name: string;
}

/** The demonstration register as a city of people at work: who holds which posts is the scenario's, what a post is the register's. */
export function simulatedCity(data: JinanData, scenario: Scenario): SimulatedCity {
  const organisations = new Map(organisationsOf(data.units).map((one) => [one.key, one]));
  const keyOfUnit = new Map(data.units.map((unit) => [unit.code, unit.key]));
  const seats = new Map<string, Seat>([...demonstrationPeople(data.units), ...moreInspectors(data.units, scenario.inspectors.count)].map((one) => [one.login, one]));
  const actorOf = (seat: Seat, person: string, personName: string): Actor => ({
    city: CITY, scope: seat.unit === null ? 'city' : 'unit', unit: seat.unit === null ? null : idOf(keyOfUnit.get(seat.unit)!), org: idOf(seat.organisation), role: seat.role,
    post: idOf(`post ${seat.login}`), postName: seat.post.zh, person, personName, actingFor: null,
  });
  const person = (posts: readonly string[], attention: number): SimulatedPerson => {
    const held = posts.map((login) => seats.get(login)!);
    const first = held[0]!;
    return {
      key: first.login, post: first.post, role: first.role, unit: first.unit === null ? null : keyOfUnit.get(first.unit)!, department: first.department, orgName: organisations.get(first.organisation)!.name.zh, attention,
      actors: held.map((seat) => actorOf(seat, idOf(`person ${first.login}`), first.name)),
    };
  };
  const { unit: inUnits, city: inCity } = scenario.people;
  const inspectors = [...seats.values()].filter(({ role }) => role === 'inspector').slice(0, scenario.inspectors.count);
  return {
    city: CITY, orgs: { office: idOf('office'), leaders: idOf('leaders') },
    units: data.units.map((unit): SimulatedUnit => {
      const townships = data.townships.filter((one) => one.unit === unit.code);
      const codes = new Set(townships.map(({ code }) => code));
      return {
        id: idOf(unit.key), unit, hrss: idOf(`${unit.key}.hrss`), consent: idOf(`${unit.key}.consent`), townships, villages: data.villages.filter(({ township }) => codes.has(township)),
        cosigners: [...organisations.values()].filter((one) => one.unit === unit.code && one.kind === 'cosign').map((one) => ({ org: idOf(one.key), name: one.name.zh })),
      };
    }),
    people: [
      ...data.units.flatMap(({ key }) => inUnits.map(({ posts, attention }) => person(posts.map((post) => `${key}.${post}`), attention))),
      ...inCity.map(({ posts, attention }) => person(posts, attention)), ...inspectors.map(({ login }) => person([login], scenario.inspectors.attention)),
    ],
  };
}

/** Inspectors beyond those of the register, for the question what more of them would change; of the same departments in turn. */
function moreInspectors(units: readonly FilingUnit[], wanted: number): Seat[] {
  const known = demonstrationPeople(units).filter(({ role }) => role === 'inspector');
  return Array.from({ length: Math.max(0, wanted - known.length) }, (_, index): Seat => ({
    ...known[index % known.length]!, login: `inspector.${known.length + index + 1}`, name: `增派检查员${index + 1}`,
  }));
}
