import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { NotFound } from '../../src/domain/errors.js';
import { words } from '../../src/domain/text.js';
import jinan201161 from './jinan-2011-61.json' with { type: 'json' };
import { loadPack, type PolicyPack } from './policy-pack.js';

/** A pack with the hash of its content (SHA-256 of the RFC 8785 text), to which cases are pinned. */
export interface PinnedPack {
  readonly id: string;
  readonly hash: string;
  readonly pack: PolicyPack;
}

/** The package declares an ES default export but is CommonJS: what arrives is the function itself. */
const canonicalText = canonicalize as unknown as (value: unknown) => string;

const sources: Readonly<Record<string, unknown>> = { 'jinan-2011-61': jinan201161 };
const loaded = new Map<string, PinnedPack>();

/** The ids of all packs that are shipped. */
export function packIds(): string[] {
  return Object.keys(sources);
}

/**
 * The pack of this id, validated once and then kept.
 * @throws NotFound for an id that is not shipped; InvalidInput for a pack with defects
 */
export function policyPack(id: string): PinnedPack {
  const known = loaded.get(id);
  if (known !== undefined) return known;
  if (!Object.hasOwn(sources, id)) {
    throw new NotFound('no-such-pack', words(`没有编号为“${id}”的规则包。`, `There is no policy pack “${id}”.`));
  }
  const pinned = pinPack(loadPack(sources[id]));
  loaded.set(id, pinned);
  return pinned;
}

/** Gives a validated pack its hash: the same content has the same hash whatever the order of its keys. */
export function pinPack(pack: PolicyPack): PinnedPack {
  const hash = createHash('sha256').update(canonicalText(pack), 'utf8').digest('hex');
  return { id: pack.id, hash, pack };
}
