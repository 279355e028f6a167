import type { DeliveryCorrection } from '../../reads/delivery-corrections.js';
import type { IncomingPaper } from '../../reads/incoming-papers.js';

/** The correction a second person is to compare, with the channel its former value came by; null when none waits. */
export function pendingCorrection(papers: readonly IncomingPaper[]): (DeliveryCorrection & { channel: IncomingPaper['channel'] }) | null {
  for (const { channel, corrections } of papers) {
    const waiting = corrections.find((one) => one.compared === null);
    if (waiting !== undefined) return { ...waiting, channel };
  }
  return null;
}
