import { inboxOf } from '../../reads/inbox.js';
import { incomingPapers, type IncomingPaper } from '../../reads/incoming-papers.js';
import { actorsFor } from '../actors-for.js';
import { commandWords } from '../case-view/stage-words.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { programmeYear } from '../programme-year.js';
import { readAll, readAs } from '../reading.js';

/** What this page leads to; what may be done is the chart's to say. */
const STEPS = ['correctDelivery', 'confirmDelivery', 'rejectDelivery'];

/** 收文登记: the register of incoming papers, what waits to be entered, and every correction of a delivery with both values. */
export const incomingPage: Handler = async (x) => {
  const { services } = x;
  const year = programmeYear(x);
  const waiting = (await readAll(x, (trx) => inboxOf(trx, viewerOf(x).actors))).filter((item) => item.state === 'registered');
  const papers = (await readAs(x, (trx) => incomingPapers(trx, services.city, year))).map((paper) => ({ ...paper, ...standing(paper) }));
  const chosen = papers.find((paper) => paper.id === x.req.query.paper) ?? null;
  // A plan that was reported again is registered again; what may be corrected is its latest delivery.
  const latest = chosen !== null && papers.find((paper) => paper.caseId === chosen.caseId) === chosen;
  await x.pages.render(x, 'incoming', {
    nav: 'incoming', year, waiting, papers: papers.map((paper) => ({ ...paper, current: paper === chosen })), book: [...papers].reverse(),
    unproven: papers.filter((paper) => !paper.proven).length, chosen: chosen === null ? null : { ...chosen, steps: latest ? await stepsOn(x, chosen.caseId) : [] },
  });
};

const standing = ({ channel, deliveryEvidence, corrections }: IncomingPaper) => ({
  proven: channel === 'system' || deliveryEvidence !== null, corrected: corrections.some((one) => one.compared !== null), comparing: corrections.some((one) => one.compared === null),
});

async function stepsOn(x: Exchange, caseId: string) {
  const available = await x.services.engine.actionsFor(await actorsFor(x, caseId), caseId);
  return available.filter((one) => STEPS.includes(one.command)).map(({ command, taskId }) => ({ command, taskId, words: commandWords(x.services, command), caseId }));
}
