import { inLanguage, words } from '../../domain/text.js';
import type { StageMark } from '../../pictures/live.js';
import type { PinnedChart } from '../../pictures/chart-pictures.js';
import { caseHead, type CaseHead } from '../../reads/case-head.js';
import { livePosition } from '../case-view/live-position.js';
import type { Exchange, Handler } from '../context.js';
import { readAs } from '../reading.js';

const chartOf = ({ workflow, chartVersion, pack }: CaseHead): PinnedChart => ({ workflow, version: chartVersion, pack });

/** The case and its position as this reader may know them. */
const position = (x: Exchange, id: string) =>
  readAs(x, async (trx, actor) => {
    const head = await caseHead(trx, x.services.city, id);
    return { head, live: livePosition(x.services, head, x.context.now, actor.scope) };
  });

/** 流程图: the chart a case is pinned to, with where it stands. */
export const casePicture: Handler = async (x) => {
  const { services, context: { language }, res } = x;
  const { head, live } = await position(x, String(x.req.params.id));
  const title = `${head.title} · ${inLanguage(words('流程图', 'chart'), language)}`;
  res.set({ 'cache-control': 'no-store', 'content-type': 'image/svg+xml; charset=utf-8' });
  res.send(await services.pictures.draw(chartOf(head), language, title, live));
};

/** What the tab of the case page shows: the picture's address and text, and the table beside it. */
export async function chartTab(x: Exchange, id: string) {
  const { services, context: { language } } = x;
  const { head, live } = await position(x, id);
  const chart = chartOf(head);
  return {
    name: `${head.workflow}.v${head.chartVersion}`, position: services.pictures.position(chart, language, live),
    // A browser keeps a picture of the same address for as long as a page is open: after a step it must have another.
    source: `/cases/${head.caseId}/picture.svg?step=${head.version}&lang=${language}`,
    // What the clock or the worker does without moving the case is on the term's account and not repeated here.
    rows: services.pictures.table(chart).map((row) => ({ ...row, moves: row.moves.filter(({ to, by }) => to !== null || by.length > 0), mark: markOf(live.get(row.stage ?? '')) }))
      .filter(({ stage, moves }) => stage !== null || moves.length > 0),
  };
}

const tones = { current: 'blue', late: 'red', passed: 'green' } as const;

function markOf(mark: StageMark | undefined) {
  return mark === undefined ? null : { ...mark, tone: tones[mark.state], key: `chart.${mark.state}`, count: (mark.times ?? 1) > 1 ? mark.times : null };
}
