import { squareMetres, type Area } from '../../src/domain/area.js';
import { yuan } from '../../src/domain/money.js';
import { NotFound } from '../../src/domain/errors.js';
import type { Grade, Veto } from '../../src/domain/grading.js';
import type { ScoreSheet } from '../../src/domain/scoring.js';
import { centerClass, hallBand, type StandardRules } from '../../src/domain/standards.js';
import type { TeamRules } from '../../src/domain/team.js';
import { words } from '../../src/domain/text.js';
import type { BallotRules } from '../patterns/vote.js';
import type { PolicyPack } from './policy-pack.js';

/** A term: working days, or calendar days where the pack says so. */
export interface Term {
  readonly count: number;
  readonly unit: 'workday' | 'day';
}

/** The term a state's meta names. @throws NotFound for a name the pack does not have: a chart and its pack disagree */
export function termOf(pack: PolicyPack, id: string): Term {
  return entryNamed(pack.terms, id, 'term');
}

/** Who decides one after another in a unit's step (⛓), first to last; the default where the unit has no chain of its own. */
export function chainOf(pack: PolicyPack, step: string, unitCode: string): readonly string[] {
  const chain = pack.chains.units.value[unitCode]?.[step] ?? pack.chains.default.value[step];
  if (chain === undefined) throw unknown('chain', step);
  return chain;
}

/**
 * Who files a unit's plan, and 文种 with it (domain.md §9 A5): a government or committee reports up, 报告 with 签发人; offices and bureaus, which
 * are not subordinate to the municipal office, write a 函.
 */
export function filerOf(pack: PolicyPack, unitKind: 'district' | 'zone'): { filer: 'government' | 'governmentOffice' | 'bureau'; direction: 'report' | 'letter' } {
  const filer = pack.filing.filer.value[unitKind];
  return { filer, direction: filer === 'government' ? 'report' : 'letter' };
}

/** What the pack says about a kind of paper: name, issuer code, retention, who files it. */
export function documentKindOf(pack: PolicyPack, kind: string): PolicyPack['documents'][string]['value'] {
  return entryNamed(pack.documents, kind, 'document kind');
}

/** Annex 2 in the units of the domain (0.01 m²). */
export function standardRulesOf({ standards }: PolicyPack): StandardRules {
  return {
    hall: {
      bands: standards.hall.value.bands.map((band) => ({ upTo: band.upTo, area: squareMetres(band.squareMetres) })),
      clause: standards.hall.clause,
    },
    center: {
      classes: standards.center.value.classes.map((one) => ({
        id: one.id, from: one.from, area: squareMetres(one.squareMetres), archiveArea: squareMetres(one.archiveSquareMetres),
      })),
      rooms: standards.centerRooms.value,
      boundaryPolicy: standards.boundaryPolicy.value,
      archiveRoom: standards.archiveRoom.value,
      clause: standards.center.clause,
    },
    station: { area: squareMetres(standards.station.value.squareMetres), clause: standards.station.clause },
    measuredArea: standards.measuredArea.value,
  };
}

/** A level of platforms: the district's hall, a township's centre, a community's or village's station. */
export type PlatformTier = 'hall' | 'center' | 'station';

/** What annex 2 demands of a measured item of a checklist, 0.01 m²; null where it demands nothing. `population` decides the class; null for stations. */
export function standardAreaOf(pack: PolicyPack, tier: PlatformTier, item: string, population: number | null): Area | null {
  const rules = standardRulesOf(pack);
  if (tier === 'station') return item === 'serviceArea' ? rules.station.area : null;
  if (population === null) return null;
  if (tier === 'hall') return item === 'grossArea' ? hallBand(rules, population).area : null;
  const { class: required } = centerClass(rules, population);
  return item === 'serviceArea' ? required.area : item === 'archiveArea' ? required.archiveArea : null;
}

/** The score sheet in tenths of a point. */
export function scoreSheetOf({ scoring }: PolicyPack): ScoreSheet {
  const sheet = scoring.sheet.value;
  return { ...sheet, items: sheet.items.map((item) => ({ ...item, points: Math.round(item.points * 10) })) };
}

/** The grades in tenths of a point, highest first. */
export function gradesOf({ scoring }: PolicyPack): Grade[] {
  return scoring.grades.value.map((grade) => ({ ...grade, from: Math.round(grade.from * 10) }));
}

/** The circumstances that exclude a pass (不予通过情形) of these ids. @throws NotFound for an id the pack does not have */
export function vetoesOf({ scoring }: PolicyPack, ids: readonly string[]): Veto[] {
  return ids.map((id) => {
    const veto = scoring.vetoes.value.find((one) => one.id === id);
    if (veto === undefined) throw unknown('veto', id);
    return veto;
  });
}

/** The score difference above which the team explains itself, in tenths of a point. */
export function selfScoreLimitOf({ scoring }: PolicyPack): number {
  return Math.round(scoring.selfScoreDifferenceLimit.value * 10);
}

/** What a team must be. */
export function teamRulesOf({ team }: PolicyPack): TeamRules {
  return { minimum: team.minimum.value, odd: team.odd.value, minimumDepartments: team.minimumDepartments.value };
}

/** How a vote is counted, and what follows from a tie and from a quorum that was missed. */
export function ballotRulesOf({ decisions }: PolicyPack): BallotRules {
  return { quorum: decisions.quorum.value, majority: decisions.majority.value, secret: decisions.ballot.value === 'secret', tie: decisions.tie.value, noQuorum: decisions.noQuorum.value };
}

/** The largest quantities believed, in the units of the domain: 0.01 m², 分, persons. */
export function inputLimitsOf({ limits }: PolicyPack): { area: number; money: number; population: number } {
  return {
    area: squareMetres(limits.areaSquareMetres.value),
    money: yuan(limits.moneyYuan.value),
    population: limits.population.value,
  };
}

function entryNamed<T>(entries: Readonly<Record<string, { value: T }>>, id: string, what: string): T {
  if (!Object.hasOwn(entries, id)) throw unknown(what, id);
  return entries[id]!.value;
}

function unknown(what: string, id: string): NotFound {
  return new NotFound('not-in-pack', words(`规则包没有“${id}”。`, `The policy pack has no ${what} “${id}”.`), `${what} ${id}`);
}
