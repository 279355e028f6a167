import type { Actor } from '../domain/actor.js';

/**
 * What a page or call of the interface needs. Which command somebody may give on a case is the chart's matter, not this table's.
 * `public`, `auth.guest` and `auth.any` speak of being signed in; the rest of roles. Default deny: a route without a permission does not start.
 */
export const permissions = [
  'public', 'auth.any', 'case.read', 'case.act', 'section.write', 'document.read', 'progress.read', 'incoming.read', 'paper.register',
  'paper.compare', 'exceptions.read', 'audit.read', 'case.open', 'year.open', 'clock.advance', 'unit.remind', 'operation.read',
  'operation.repair', 'staff.arrange', 'simulation.run',
] as const;
export type Permission = (typeof permissions)[number];

const everyone: Permission[] = ['auth.any', 'case.read', 'case.act', 'document.read', 'clock.advance'];
const office: Permission[] = [...everyone, 'progress.read', 'incoming.read', 'exceptions.read', 'paper.register', 'paper.compare', 'case.open', 'section.write', 'unit.remind'];

/** Roles are those of the charts' vocabulary; a role that is not listed may do nothing. */
const ofRole: Readonly<Record<string, readonly Permission[]>> = {
  'unit.clerk': [...everyone, 'section.write', 'paper.register', 'paper.compare', 'case.open'],
  'unit.reviewer': [...everyone, 'paper.register', 'paper.compare'],
  'unit.head': [...everyone, 'paper.register', 'paper.compare', 'staff.arrange', 'case.open', 'section.write'],
  'unit.registrar': [...everyone, 'paper.register'],
  'unit.comparer': [...everyone, 'paper.compare'],
  'consent.officer': everyone,
  'cosign.officer': everyone,
  'office.clerk': [...office, 'year.open', 'simulation.run'],
  'office.registrar': office,
  'office.director': [...office, 'operation.read', 'operation.repair', 'staff.arrange', 'simulation.run'],
  leader: [...everyone, 'progress.read', 'exceptions.read', 'simulation.run'],
  inspector: [...everyone, 'section.write'],
  'team.member': [...everyone, 'section.write'],
  archivist: [...everyone, 'progress.read', 'exceptions.read'],
  auditor: [...everyone, 'progress.read', 'incoming.read', 'exceptions.read', 'audit.read', 'operation.read', 'operation.repair'],
  admin: ['auth.any', 'year.open', 'clock.advance', 'audit.read', 'operation.read', 'operation.repair', 'staff.arrange', 'simulation.run'],
};

/** Whether any of a person's posts carries a permission. `public` needs nobody. */
export function may(actors: readonly Actor[], permission: Permission): boolean {
  if (permission === 'public') return true;
  return actors.some((actor) => ofRole[actor.role]?.includes(permission) ?? false);
}
