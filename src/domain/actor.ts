/**
 * Who acts, as `auth` resolves it at the moment of acting. The engine compares it with the task and knows no session.
 * `scope` is the wall of row-level security: a unit's own people, the city's offices, or the system's own hands.
 */
export interface Actor {
  city: string;
  scope: 'unit' | 'city' | 'system';
  /** Filing unit id; null outside the scope 'unit'. */
  unit: string | null;
  org: string | null;
  role: string;
  post: string | null;
  postName: string;
  person: string | null;
  personName: string;
  /** The holder (A) for whom a deputy (B) acts. */
  actingFor: { person: string; name: string } | null;
}

const system = (city: string, role: string, zh: string): Actor => ({
  city, scope: 'system', unit: null, org: null, role, post: null, postName: zh, person: null, personName: zh, actingFor: null,
});

/** The clock principal: the only one that may send `term.…` events. */
export const clockActor = (city: string): Actor => system(city, 'clock', '系统时钟');

/** The worker principal: brings finished effects back through the door. */
export const workerActor = (city: string): Actor => system(city, 'worker', '系统');
