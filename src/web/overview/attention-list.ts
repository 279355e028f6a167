import { localDay, endOfLocal } from '../../domain/local-day.js';
import { workerActor } from '../../domain/actor.js';
import { overdueDuties, parkedEffects, runningCorrections } from '../../reads/attention.js';
import { incomingPapers } from '../../reads/incoming-papers.js';
import { termOf } from '../../../workflows/policies/pack-rules.js';
import { stageWords } from '../case-view/stage-words.js';
import type { Words } from '../../domain/text.js';
import type { Exchange } from '../context.js';
import { Formats } from '../formats.js';
import { readAs } from '../reading.js';

/** One line of 需要关注: what is not as it should be, where, and since or until when. */
export interface AttentionLine {
  kind: 'correcting' | 'unproven' | 'overdue' | 'parked';
  kindKey: string;
  icon: string;
  caseId: string;
  title: string;
  stage: Words | null;
  /** Whose matter it is, where that says enough; else the title does. */
  unitName: string | null;
  day: string;
  due: { words: string; tone: string } | null;
}

const MOST = 20;
const icons = { correcting: 'arrow-back-up', unproven: 'mail-opened', overdue: 'clock', parked: 'alert-triangle' } as const;

/** 需要关注 for the city's offices: overdue duties, papers the system could not make, corrections under way, deliveries without proof. */
export async function attentionList(x: Exchange, year: number): Promise<AttentionLine[]> {
  const { services, context } = x;
  const { city } = services;
  const formats = new Formats(context.language, context.now);
  const calendar = await services.calendarOf(city);
  const parked = await services.database.asActor(workerActor(city), (trx) => parkedEffects(trx, city));
  const { overdue, corrections, papers } = await readAs(x, async (trx) => ({
    overdue: await overdueDuties(trx, city, context.now, MOST), corrections: await runningCorrections(trx, city, year), papers: await incomingPapers(trx, city, year),
  }));
  const line = (kind: AttentionLine['kind'], caseId: string, title: string, at: Date): AttentionLine =>
    ({ kind, kindKey: `attention.${kind}`, icon: icons[kind], caseId, title, stage: null, unitName: null, day: formats.day(at), due: null });
  return [
    ...overdue.map((one) => ({ ...line('overdue', one.caseId, one.title, new Date(one.dueAt.getTime() - 1)), stage: stageWords(services, one, one.state), due: formats.due(one.dueAt, calendar) })),
    ...parked.map((one) => line('parked', one.caseId, one.title, one.parkedAt)),
    ...corrections.map((one) => {
      // The unit's own term is behind its wall; the pack says how long it is and the stage when it began.
      const { count, unit } = termOf(services.packOf(one.pack).pack, `${one.workflow}.correcting`);
      const due = unit === 'workday' ? calendar.dueInstant(one.since, count).at : new Date(endOfLocal(localDay(one.since)).getTime() + count * 86_400_000);
      return { ...line('correcting', one.caseId, one.title, one.since), unitName: one.unitName, due: formats.due(due, calendar) };
    }),
    ...papers.filter((one) => one.channel !== 'system' && one.deliveryEvidence === null).map((one) => ({ ...line('unproven', one.caseId, one.title, one.registeredAt), unitName: one.unitName })),
  ];
}
