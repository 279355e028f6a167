import { caseHead } from '../../reads/case-head.js';
import { caseTimeline } from '../../reads/case-timeline.js';
import { checkJournal } from '../../reads/journal-check.js';
import { timelineView } from '../case-view/timeline-view.js';
import type { Handler } from '../context.js';
import { readAs } from '../reading.js';

/** 办理记录: every entry with its digest, and the chain computed anew each time the page is opened. */
export const journalPage: Handler = async (x) => {
  const { services, req } = x;
  const id = String(req.params.id);
  const model = await readAs(x, async (trx) => {
    const head = await caseHead(trx, services.city, id);
    const entries = await caseTimeline(trx, services.city, head.year, id);
    const hashes = new Map(entries.map((entry) => [entry.seq, entry.hash]));
    return {
      head, check: await checkJournal(trx, id, head.year, head.headHash),
      entries: timelineView(services, head, entries, x.context.language, [], services.packOf(head.pack).pack).map((entry) => ({ ...entry, hash: hashes.get(entry.seq)! })),
    };
  });
  await x.pages.render(x, 'journal', { nav: model.head.workflow, ...model, hiddenCount: model.check.entries - model.entries.length });
};
