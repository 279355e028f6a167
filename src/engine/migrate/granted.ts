import type { BaseContext } from '../../../workflows/vocabulary.js';
import { words, type Words } from '../../domain/text.js';
import { canonical } from '../journal.js';
import type { Held } from './standing.js';

/** A context as far as approvals stand in it; which of them a chart knows is its own affair. */
interface Approved extends BaseContext {
  consent?: { kind: string; number: string; date: string } | null;
  cosigners?: { org: string; name: string; answer: string }[];
  turn?: Record<string, number>;
  acknowledgement?: { number: string; at: string } | null;
  incoming?: { number: number; theirNumber: string } | null;
  extension?: { until: string; basis: string } | null;
}

/** What has been decided, answered, received and issued in a case: none of it may be lost. */
export function grantedIn(context: BaseContext): Held[] {
  const { consent, cosigners = [], turn = {}, acknowledgement, incoming, extension, checkedBy, signers, skipped, deferred, documents } = context as Approved;
  const held = (name: string, value: unknown, said: Words): Held => ({ id: `${name} ${canonical(value)}`, words: said });
  const answered = ({ answer }: { answer: string }): boolean => answer === 'agreed' || answer === 'objected';
  return [
    ...(consent ? [held('consent', consent, words(`本级政府同意（${consent.number || consent.date}）`, `Consent of the government (${consent.number || consent.date})`))] : []),
    ...cosigners.filter(answered).map((one) => held('cosigned', one, words(`${one.name}已会签`, `${one.name} has co-signed`))),
    ...signers.filter(answered).map(({ key, post, name, answer, mode }) => held('signed', { key, post, answer, mode }, words(`${name}已签`, `${name} has signed`))),
    ...Object.entries(turn).filter(([, count]) => count > 0).map(([chain, count]) => held('turn', { chain, count }, words(`链上已过 ${count} 岗`, `${count} posts of the chain have agreed`))),
    ...(deferred ? [held('deferred', { duty: deferred.duty, type: deferred.event.type, by: deferred.event.by }, words('决定已作出，等后签', 'Decided, waiting for who signs after'))] : []),
    ...(acknowledgement ? [held('acknowledged', acknowledgement, words(`收件编号 ${acknowledgement.number}`, `Received as ${acknowledgement.number}`))] : []),
    ...(incoming ? [held('registered', incoming, words(`收文 ${incoming.number} 号`, `Registered as incoming ${incoming.number}`))] : []),
    ...(extension ? [held('extended', extension, words(`延期至 ${extension.until.slice(0, 10)}`, `Extended until ${extension.until.slice(0, 10)}`))] : []),
    ...(checkedBy ? [held('checked', checkedBy, words('已初审', 'First check made'))] : []),
    ...skipped.filter((one) => !one.open).map(({ key, org, role }) => held('reviewed', { key, org, role }, words('已补审', 'Reviewed afterwards'))),
    ...documents.map((one) => held('document', one, words(`文书 ${one.number ?? one.kind}`, `Paper ${one.number ?? one.kind}`))),
  ];
}
