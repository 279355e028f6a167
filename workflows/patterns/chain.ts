import type { BaseContext, DutyRule, OrgKey, Role } from '../vocabulary.js';

/** A step that is one to five posts in turn (⛓). Whose turn it is stands in the context; the posts come from the pack, per unit. */
interface Chained extends BaseContext {
  turn: Record<string, number>;
}

export const chainDuty = (org: OrgKey, chain: string, side: 'unit' | 'city'): Omit<DutyRule, 'commands'> => ({ side, org, chain });

/** The role whose turn it is. */
export function roleInTurn(context: Chained, chain: string): Role {
  const roles = context.chains[chain] ?? [];
  const role = roles[Math.min(context.turn[chain] ?? 0, roles.length - 1)];
  if (!role) throw new Error(`chain '${chain}' is empty`);
  return role;
}

export const notLastOfChain = (c: Chained, _e: unknown, p: Record<string, unknown>): boolean =>
  (c.turn[String(p.chain)] ?? 0) < (c.chains[String(p.chain)]?.length ?? 1) - 1;

export const nextOfChain = (c: Chained, p: Record<string, unknown>): { turn: Record<string, number> } => ({
  turn: { ...c.turn, [String(p.chain)]: (c.turn[String(p.chain)] ?? 0) + 1 },
});
