const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

type Flat = Record<string, string | string[]>;
interface Tree {
  [name: string]: Tree | string | string[];
}

/**
 * A flat form body as a tree: `projects.3.area` becomes projects → 3 → area. Objects whose keys are all whole numbers become lists in
 * their order, without gaps. Names that would reach into the language's own objects are dropped, and so are fields of ours (`_csrf`).
 */
export function nestedFields(body: Flat): Record<string, unknown> {
  const root: Tree = Object.create(null) as Tree;
  for (const [name, value] of Object.entries(body)) {
    const path = name.split('.');
    if (name.startsWith('_') || path.some((part) => part === '' || RESERVED.has(part))) continue;
    let at = root;
    for (const part of path.slice(0, -1)) {
      const next = at[part];
      at = typeof next === 'object' && !Array.isArray(next) ? next : (at[part] = Object.create(null) as Tree);
    }
    at[path.at(-1)!] = value;
  }
  return listed(root) as Record<string, unknown>;
}

function listed(node: Tree | string | string[]): unknown {
  if (typeof node === 'string' || Array.isArray(node)) return node;
  const keys = Object.keys(node);
  if (keys.length > 0 && keys.every((key) => /^\d+$/.test(key))) return keys.sort((a, b) => Number(a) - Number(b)).map((key) => listed(node[key]!));
  return Object.fromEntries(keys.map((key) => [key, listed(node[key]!)]));
}
