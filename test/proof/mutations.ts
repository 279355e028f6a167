import { assign } from 'xstate';
import { words } from '../../src/domain/text.js';
import { exceptionKinds } from '../../workflows/exception-kinds.js';
import { roles, type DutyRule, type OrgKey, type Role } from '../../workflows/vocabulary.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import { everyNode, nodeAt, rulesOf, setTransitions, transitionsOf, type ChartParts, type Named, type Node, type Transition } from './chart-parts.js';

/** What part of which state a mutation changes. */
export interface Touch {
  node: string;
  part: string;
}

/** One way to break a chart. */
export interface Mutation {
  /** What kind of breaking it is. */
  operator: string;
  /** Where, and what of it. */
  name: string;
  touches: Touch[];
  change: (parts: ChartParts) => void;
}

const orgs: readonly OrgKey[] = ['hrss', 'consent', 'office', 'leaders'];
/** The next of a list, so that the same chart is always broken in the same way. */
const after = <T>(list: readonly T[], one: T): T => list[(list.indexOf(one) + 1) % list.length]!;
const without = <T>(list: readonly T[], index: number): T[] => list.filter((_one, i) => i !== index);
const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What changes of one state: `change` gets that state of a fresh copy. */
type InNode = (operator: string, name: string, part: string, change: (node: Node, parts: ChartParts) => void) => Mutation;

/** What the mutations of a chart choose from. */
interface Stock {
  pack: PolicyPack;
  lists: string[];
  templates: string[];
  addressees: string[];
  documents: string[];
}

/** Every mutation of a chart, from its definition alone: whatever a later version says is broken in the same ways. */
export function mutationsOf(id: string, parts: ChartParts, pack: PolicyPack): Mutation[] {
  const nodes = everyNode(parts.root, id);
  const named = nodes.flatMap(({ node }) => actionsOf(node));
  const told = named.filter(({ type, params }) => type === 'notify' && typeof params?.to === 'string');
  const rules = nodes.flatMap(({ node }) => rulesOf(node).flatMap((one) => one.rules));
  const stock: Stock = {
    pack, lists: distinct(rules.flatMap(({ each }) => each ?? [])), templates: distinct(named.flatMap(({ type, params }) => (type === 'notify' ? [String(params!.template)] : []))),
    addressees: distinct(told.map(({ params }) => String(params!.to))), documents: Object.keys(pack.documents).filter((kind) => parts.documentKinds.has(kind)),
  };
  return [
    ...nodes.flatMap(({ path, name, node }) => {
      const inNode: InNode = (operator, what, part, change) => ({
        operator, name: `${name} ${what}`, touches: [{ node: name, part }], change: (fresh) => change(nodeAt(fresh.root, path), fresh),
      });
      const siblings = path.length === 0 ? [] : Object.keys(nodeAt(parts.root, path.slice(0, -1)).states!);
      return [...ofMeta(node, stock, inNode), ...ofRules(node, stock, inNode), ...ofTransitions(node, siblings, stock, inNode, parts.root), ...ofActions(node, stock, inNode), ...ofShape(node, path.at(-1), inNode)];
    }),
    ...ofImplementations(id, parts, nodes),
    ...distinct(rules.flatMap(({ commands }) => commands)).map((command): Mutation => ({
      operator: 'drop a form', name: command, touches: [], change: (fresh) => void fresh.commands.delete(command),
    })),
    ...distinct(named.flatMap(({ type, params }) => (type === 'issueDocument' ? [String(params!.kind)] : []))).map((kind): Mutation => ({
      operator: 'drop a kind of paper', name: kind, touches: [], change: (fresh) => void fresh.documentKinds.delete(kind),
    })),
  ];
}

const distinct = <T>(list: readonly T[]): T[] => [...new Set(list)];
const actionsOf = (node: Node): Named[] => [...(node.entry ?? []), ...(node.exit ?? []), ...transitionsOf(node).flatMap(({ list }) => list.flatMap((t) => t.actions ?? []))];

/** What a state only says of itself: no step of a case comes out otherwise by it. */
const SAID = new Set(['drop words', 'drop a clause', 'another clause', 'drop “no term because”', 'another reader', 'other content', 'drop “withdrawable”', 'drop “jumpStop”', 'drop of “returns”']);
/** What changes only whom something is offered, and by when. */
const OFFERED = new Set(['drop a term', 'another term', 'an unknown term', 'a term of another’s', 'drop a due date', 'drop “paper”']);
const FLAGS = ['withdrawable', 'paper', 'notBySubmitter', 'signers', 'jumpStop'] as const;
const LISTS = ['back', 'returns'] as const;

function ofMeta(node: Node, { pack }: Stock, inNode: InNode): Mutation[] {
  const { meta } = node;
  if (meta === undefined) return [];
  const found: Mutation[] = [];
  const change = (operator: string, what: string, to: (meta: NonNullable<Node['meta']>) => void): void => void found.push(inNode(operator, what, SAID.has(operator) ? 'said' : OFFERED.has(operator) ? 'offers' : 'meta', (fresh) => to(fresh.meta!)));
  if (meta.words) for (const language of ['zh', 'en'] as const) change('drop words', language, (m) => { m.words = { ...m.words!, [language]: '' }; });
  for (const [index, clause] of (meta.clauses ?? []).entries()) {
    change('drop a clause', clause, (m) => { m.clauses = without(m.clauses!, index); });
    change('another clause', clause, (m) => { m.clauses![index] = after(Object.keys(pack.clauses), clause); });
  }
  if (meta.term !== undefined) {
    change('drop a term', meta.term, (m) => { delete m.term; });
    change('another term', meta.term, (m) => { m.term = after(Object.keys(pack.terms), meta.term!); });
    change('an unknown term', meta.term, (m) => { m.term = `${meta.term}.never`; });
  } else if (meta.stage !== undefined && !meta.final) {
    change('a term of another’s', 'case.hold', (m) => { m.term = 'case.hold'; });
  }
  if (meta.noTermBecause) change('drop “no term because”', '', (m) => { delete m.noTermBecause; });
  if (meta.dueBy) change('drop a due date', meta.dueBy, (m) => { delete m.dueBy; });
  if (meta.visibility) change('another reader', meta.visibility, (m) => { m.visibility = after(['unit', 'city', 'both'] as const, meta.visibility!); });
  if (meta.content) change('other content', meta.content, (m) => { m.content = after(['live', 'frozen'] as const, meta.content!); });
  for (const flag of FLAGS) if (meta[flag]) change(`drop “${flag}”`, '', (m) => { delete m[flag]; });
  for (const list of LISTS) for (const [index, one] of (meta[list] ?? []).entries()) change(`drop of “${list}”`, one, (m) => { m[list] = without(m[list]!, index); });
  if (meta.final) {
    change('an end that is none', meta.final.outcome, (m) => { delete m.final; });
    change('another outcome', meta.final.outcome, (m) => { m.final = { ...m.final!, outcome: `${m.final!.outcome}?` }; });
    change('drop words', 'of the end', (m) => { m.final = { ...m.final!, words: words('', '') }; });
  } else if (meta.stage !== undefined) {
    change('an end too many', '', (m) => { m.final = { outcome: 'over', words: words('办结', 'Over') }; });
  }
  return found;
}

function ofRules(node: Node, { lists }: Stock, inNode: InNode): Mutation[] {
  return rulesOf(node).flatMap(({ list, rules }) => rules.flatMap((rule, index): Mutation[] => {
    const kind = list === 'duties' ? 'duty' : 'right';
    const who = `${list}[${index}]`;
    const found: Mutation[] = [];
    const change = (operator: string, what: string, to: (rules: DutyRule[]) => DutyRule[]): void =>
      void found.push(inNode(operator, `${who} ${what}`, 'offers', (fresh) => { fresh.meta![list] = to(fresh.meta![list]!); }));
    const replace = (over: Partial<DutyRule>) => (all: DutyRule[]): DutyRule[] => all.map((one, i) => (i === index ? { ...one, ...over } : one));
    const drop = (key: keyof DutyRule) => (all: DutyRule[]): DutyRule[] => all.map((one, i) => (i === index ? (Object.fromEntries(Object.entries(one).filter(([name]) => name !== key)) as unknown as DutyRule) : one));
    change(`drop a ${kind}`, '', (all) => without(all, index));
    for (const [at, command] of rule.commands.entries()) if (rule.commands.length > 1) change('drop a command', command, replace({ commands: without(rule.commands, at) }));
    if (rule.role) change('another role', rule.role, replace({ role: after(roles, rule.role) }));
    if (rule.role) change('a role nobody has', rule.role, replace({ role: 'nobody' as Role }));
    if (rule.chain) change('a chain that is none', rule.chain, replace({ chain: `${rule.chain}.never` }));
    if (rule.chain) change('a post for a chain', rule.chain, (all) => drop('chain')(replace({ role: 'unit.clerk' })(all)));
    if (rule.org) change('another organisation', rule.org, replace({ org: after(orgs, rule.org) }));
    if (rule.each && lists.length > 1) change('another list', rule.each, replace({ each: after(lists, rule.each) }));
    if (rule.carriedBy) change('drop the carriers', rule.carriedBy, drop('carriedBy'));
    if (rule.onOwnTurn) change('a right at any time', '', drop('onOwnTurn'));
    if (rule.within) change('a right anywhere', '', drop('within'));
    for (const [at, stage] of (rule.within ?? []).entries()) change('drop of “within”', stage, replace({ within: without(rule.within!, at) }));
    change('the other side', rule.side, replace({ side: rule.side === 'unit' ? 'city' : 'unit' }));
    change('widen to another role', '', (all) => [...all, { side: 'city', org: 'office', role: rule.role === 'archivist' ? 'inspector' : 'archivist', commands: rule.commands }]);
    return found;
  }));
}

/** Another target in the same group of states; null where there is none. */
function elsewhere(target: string, node: Node, siblings: readonly string[], root: Node): string | null {
  const pick = (names: readonly string[], name: string, prefix: string): string | null => (names.length < 2 ? null : `${prefix}${after(names, name)}`);
  if (target.startsWith('.')) return pick(Object.keys(node.states ?? {}), target.slice(1), '.');
  if (!target.startsWith('#')) return pick(siblings, target, '');
  const path = target.split('.').slice(1);
  return pick(Object.keys(nodeAt(root, path.slice(0, -1)).states!), path.at(-1)!, `${target.slice(0, target.lastIndexOf('.'))}.`);
}

function ofTransitions(node: Node, siblings: readonly string[], stock: Stock, inNode: InNode, root: Node): Mutation[] {
  return transitionsOf(node).flatMap(({ part, list }) => list.flatMap((transition, index): Mutation[] => {
    const found: Mutation[] = [];
    const at = `${part}[${index}]`;
    const change = (operator: string, what: string, to: (all: Transition[]) => Transition[]): void =>
      void found.push(inNode(operator, `${at} ${what}`, part, (fresh) => setTransitions(fresh, part, to(transitionsOf(fresh).find((one) => one.part === part)!.list))));
    const replace = (to: (one: Transition) => Transition) => (all: Transition[]): Transition[] => all.map((one, i) => (i === index ? to(one) : one));
    const { guard } = transition;
    change('drop a transition', '', (all) => without(all, index));
    if (guard) change('drop a guard', plain(typeof guard === 'string' ? guard : guard.type), replace(({ guard: _guard, ...rest }) => rest));
    if (typeof guard === 'object') for (const name of Object.keys(guard.params ?? {})) {
      change('a guard about something else', `${guard.type}.${name}`, replace((one) => ({ ...one, guard: { ...guard, params: { ...guard.params, [name]: 'other' } } })));
    }
    for (const [which, target] of (typeof transition.target === 'string' ? [transition.target] : (transition.target ?? [])).entries()) {
      const other = elsewhere(target, node, siblings, root);
      if (other !== null) change('swap a target', `${target} → ${other}`, replace((one) => ({ ...one, target: Array.isArray(one.target) ? one.target.map((t, i) => (i === which ? other : t)) : other })));
    }
    if (transition.target !== undefined) change('drop a target', plain(transition.target), replace(({ target: _target, ...rest }) => rest));
    if (transition.reenter) change('drop a re-entry', '', replace(({ reenter: _reenter, ...rest }) => rest));
    if (index > 0) change('swap the order', '', (all) => [...all.slice(0, index - 1), all[index]!, all[index - 1]!, ...all.slice(index + 1)]);
    (transition.actions ?? []).forEach((action, which) => {
      change('drop an action', action.type, replace((one) => ({ ...one, actions: without(one.actions!, which) })));
      for (const { what, to } of otherParams(action, stock)) change('an action about something else', what, replace((one) => ({ ...one, actions: one.actions!.map((a, i) => (i === which ? to : a)) })));
    });
    return found;
  }));
}

/** The same action with one parameter changed. */
function otherParams(action: Named, { templates, addressees, documents }: Stock): { what: string; to: Named }[] {
  return Object.entries(action.params ?? {}).flatMap(([name, value]) => {
    const others: Record<string, unknown> = {
      template: after(templates, String(value)), to: after(addressees, String(value)), visibleTo: after(['unit', 'city', 'both'], String(value)), then: false,
      kind: action.type === 'issueDocument' ? after(documents, String(value)) : after(Object.keys(exceptionKinds), String(value)),
    };
    const other = Object.hasOwn(others, name) ? others[name] : typeof value === 'string' ? `${value}?` : undefined;
    return other === undefined || other === value ? [] : [{ what: `${action.type}.${name}=${plain(value)} → ${plain(other)}`, to: { ...action, params: { ...action.params, [name]: other } } }];
  });
}

function ofActions(node: Node, stock: Stock, inNode: InNode): Mutation[] {
  return (['entry', 'exit'] as const).flatMap((part) => (node[part] ?? []).flatMap((action, index): Mutation[] => [
    inNode(part === 'entry' ? 'drop an entry’s action' : 'drop an exit’s action', `${part} ${action.type}${action.params?.kind ? ` ${plain(action.params.kind)}` : ''}`, part, (fresh) => { fresh[part] = without(fresh[part]!, index); }),
    ...otherParams(action, stock).map(({ what, to }) => inNode('an action about something else', `${part} ${what}`, part, (fresh) => { fresh[part]![index] = to; })),
  ]));
}

function ofShape(node: Node, key: string | undefined, inNode: InNode): Mutation[] {
  const children = Object.keys(node.states ?? {}).filter((key) => node.states![key]!.type !== 'history');
  return [
    ...(node.initial !== undefined && children.length > 1
      ? [inNode('begin elsewhere', `${node.initial} → ${after(children, node.initial)}`, 'inside', (fresh) => { fresh.initial = after(children, node.initial!); })] : []),
    ...(node.meta?.stage !== undefined && !node.meta.final
      ? [inNode('an eventless loop', '', 'always', (fresh) => { fresh.always = [...(fresh.always ? [fresh.always].flat() : []), { target: key, reenter: true }]; })] : []),
    ...(node.history !== undefined ? [inNode('a history forgotten', '', 'inside', (fresh) => { fresh.history = 'shallow'; })] : []),
  ];
}

const guardName = ({ guard }: Transition): string | undefined => (typeof guard === 'string' ? guard : guard?.type);

/** The named guards and changes themselves: one that always or never holds, a case that forgets what it should keep. */
function ofImplementations(id: string, parts: ChartParts, nodes: { name: string; node: Node }[]): Mutation[] {
  const where = (uses: (transition: Transition) => boolean, acts: (action: Named) => boolean): Touch[] => nodes.flatMap(({ name, node }) => [
    ...transitionsOf(node).filter(({ list }) => list.some((t) => uses(t) || (t.actions ?? []).some(acts))).map(({ part }) => ({ node: name, part })),
    ...(['entry', 'exit'] as const).filter((part) => (node[part] ?? []).some(acts)).map((part) => ({ node: name, part })),
  ]);
  const guards = Object.keys(parts.guards).flatMap((name) => {
    const touches = where((t) => guardName(t) === name, () => false);
    if (touches.length === 0) return [];
    const real = parts.guards[name] as (...args: unknown[]) => boolean;
    const change = (operator: string, test: (...args: unknown[]) => boolean): Mutation => ({ operator, name: `${id} ${name}`, touches, change: (fresh) => { fresh.guards[name] = test; } });
    return [change('a guard that always holds', () => true), change('a guard that never holds', () => false), change('a guard turned round', (...args) => !real(...args))];
  });
  const sets = Object.keys(parts.actions).filter((name) => name.startsWith('set.') || name === 'sendDeferred').flatMap((name): Mutation[] => {
    const touches = where(() => false, ({ type }) => type === name);
    return touches.length === 0 ? [] : [{ operator: 'a case that forgets', name: `${id} ${name}`, touches, change: (fresh) => { fresh.actions[name] = assign({}); } }];
  });
  return [...guards, ...sets];
}
