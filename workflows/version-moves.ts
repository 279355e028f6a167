import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { VersionMove } from './patterns/version-move.js';
import { planV1ToV2 } from './plan.v1-to-v2.js';

/** Every way from one version of a chart to another. One that has been used is never changed: journals lead through it. */
export const versionMoves: readonly VersionMove[] = [planV1ToV2];

/** The way between two versions; null where there is none. */
export const versionMove = (workflow: string, from: number, to: number): VersionMove | null =>
  versionMoves.find((move) => move.workflow === workflow && move.from === from && move.to === to) ?? null;

const canonicalText = canonicalize as unknown as (value: unknown) => string;

/** SHA-256 of a move's RFC 8785 text: what a journal says it went through. */
export const moveHash = (move: VersionMove): string => createHash('sha256').update(canonicalText(move), 'utf8').digest('hex');
