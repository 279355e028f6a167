import type { Actor } from './actor.js';

/** Posts that work on cases. Auditors and operators only look. */
const working: readonly string[] = [
  'unit.clerk', 'unit.reviewer', 'unit.head', 'unit.registrar', 'unit.comparer', 'consent.officer', 'cosign.officer',
  'office.clerk', 'office.registrar', 'office.director', 'leader', 'inspector', 'team.member', 'archivist',
];
const disposing: readonly string[] = ['unit.clerk', 'unit.registrar', 'unit.comparer', 'unit.head', 'office.clerk', 'office.registrar', 'office.director'];

/** Who may take a file that should not be here out of everybody's reach: whoever works on cases and may read it. */
export const mayIsolate = (actor: Actor): boolean => working.includes(actor.role);

/** Who may, with a second person, have an isolated file removed or given back: the side it belongs to, and the office whatever it may read. */
export const mayDispose = (actor: Actor, file: { side: 'unit' | 'city' }): boolean =>
  disposing.includes(actor.role) && (actor.scope === 'city' || actor.scope === file.side);

/** What becomes of an isolated file: its content is removed for good, or it turned out harmless and is given back. */
export type Disposal = 'remove' | 'restore';
