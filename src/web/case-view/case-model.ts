import { newId } from '../../clock.js';
import { caseContext, openDuties } from '../../reads/case-context.js';
import { attachmentsOf, contentVersions, liveSections } from '../../reads/case-content.js';
import { caseHead, type CaseHead } from '../../reads/case-head.js';
import { caseTimeline } from '../../reads/case-timeline.js';
import { documentsOf, packageOf } from '../../reads/documents.js';
import { circulationsOf } from '../../reads/circulations.js';
import { draftOpinion } from '../../reads/draft-opinions.js';
import { incomingPapers } from '../../reads/incoming-papers.js';
import { checkJournal } from '../../reads/journal-check.js';
import { plansOfUnit } from '../../reads/plans-of-unit.js';
import { postWords } from '../../reads/post-words.js';
import { actorsFor } from '../actors-for.js';
import { viewerOf, type Exchange } from '../context.js';
import { Formats } from '../formats.js';
import { printable } from '../paper-entry.js';
import { readAs } from '../reading.js';
import { isOnSite, ofTeam } from '../visit-view/on-site.js';
import { aboutOthers, actionPanel, type Draft } from './action-panel.js';
import { amendmentView } from './amendment-view.js';
import { contentView, type ContentBody } from './content-view.js';
import { fileList } from './file-list.js';
import { flowBar, timeliness } from './flow-bar.js';
import { formSources } from './form-sources.js';
import { matterView } from './matter-view.js';
import { nowLine } from './now-line.js';
import { paperView } from './paper-view.js';
import { pendingCorrection } from './pending-correction.js';
import { planKey } from './plan-key.js';
import { resultsView } from './results-view.js';
import { roundsOf } from './rounds.js';
import { signsFor } from './signs-for.js';
import { commandWords, stageWords } from './stage-words.js';
import { subCells } from './sub-cells.js';
import { subjectName } from './subject-name.js';
import { termLedger } from './term-ledger.js';
import { timelineView } from './timeline-view.js';

/** Everything the page of a case shows this reader. */
export async function caseModel(x: Exchange, id: string) {
  const { services, context } = x;
  const { city } = services;
  const viewer = viewerOf(x);
  const actors = await actorsFor(x, id);
  const available = await services.engine.actionsFor(actors, id);
  const onPaper = await services.engine.paperEntriesFor(actors, id);
  const calendar = await services.calendarOf(city);
  const formats = new Formats(context.language, context.now);
  const dueOf = (at: Date) => formats.due(at, calendar);
  return readAs(x, async (trx, actor) => {
    const head = await caseHead(trx, city, id);
    const duties = await openDuties(trx, city, id);
    const inside = await caseContext(trx, city, id);
    const { pack } = services.packOf(head.pack);
    const forms = services.content.sections(head.workflow, pack);
    const live = await liveSections(trx, city, id);
    const versions = await contentVersions(trx, city, id);
    const body = (versions[0]?.body ?? { sections: {}, drafts: Object.fromEntries(live.map((section) => [section.name, section.body])) }) as unknown as ContentBody;
    const drafts = new Map<string, Draft>();
    for (const duty of duties) {
      const kept = await draftOpinion(trx, city, duty.id, viewer.person);
      if (kept !== null) drafts.set(duty.id, kept.body as unknown as Draft);
    }
    const sources = await formSources(trx, services, head, inside, duties.find((duty) => duty.subject !== null)?.subject ?? null, context.now, viewerOf(x).actors);
    const entries = await caseTimeline(trx, city, head.year, id);
    const sub = subCells(head, inside, actor.scope);
    const posts = await postWords(trx, city, available.map((one) => one.actor.post));
    const stage = services.stagesOf(head.workflow, head.chartVersion, head.pack).find((meta) => meta.stage === head.stage);
    const circulated = await circulationsOf(trx, city, id);
    // Two duties of one reader are told apart by their stages.
    const dutyNamed = (taskId: string | null, count: number): string | null => {
      const duty = count > 1 ? duties.find((one) => one.id === taskId) : undefined;
      return duty === undefined ? null : stageWords(services, head, duty.state)[context.language];
    };
    const received = await incomingPapers(trx, city, head.year, id);
    const deliveries = received.filter((paper) => paper.corrections.length > 0);
    return {
      head, stage: stageWords(services, head, head.stage), workflow: services.workflowOf(head.workflow).words, flow: flowBar(services, head, context.now, actor.scope), sub,
      now1: nowLine(services, head, duties, sub, actor.scope, dueOf),
      // How long a district takes within its own walls is not counted before the city.
      ledger: stage === undefined || (stage.visibility === 'unit' && actor.scope === 'city') ? null : termLedger(pack, calendar, head.stages, stage, context.now, head.final, budgetIn(head, stage.term)),
      timeliness: timeliness(services, head), outcome: outcomeWords(x, head), entryCount: entries.length,
      rounds: roundsOf(services, head, timelineView(services, head, entries, context.language, forms, pack), calendar, context.now, actor.scope),
      matter: matterView(pack, head, inside, entries, versions[0]),
      results: resultsView(pack, head, inside, entries, actor.scope),
      documents: await documentsOf(trx, { city, caseId: id }), attachments: fileList(await attachmentsOf(trx, city, id), viewer), package: await packageOf(trx, city, id),
      check: { ...(await checkJournal(trx, id, head.year, head.headHash)), at: context.now }, contentTab: contentView(forms, body, context.language), version: versions[0] ?? null,
      planKey: versions[0] === undefined || head.workflow !== 'plan' ? null : planKey(versions[0].body),
      // A case of a unit whose content this reader may not see says so, instead of showing an empty page.
      contentHidden: actor.scope === 'city' && head.side === 'unit' && forms.length > 0 && versions.length === 0,
      // A matter is written by whoever brings it, a plan or an application by anybody of its side who has something to do with it.
      editable: head.workflow === 'matter' ? available.some((one) => one.command === 'bring')
        : forms.length > 0 && available.length > 0 && actor.scope === head.side && live.length > 0 && ['drafting', 'correcting', 'applying'].includes(head.stage),
      deliveries, received: received.length > 0,
      groups: actionPanel(services, available, duties, sources, drafts).map((group, _index, all) => ({
        ...group, subject: group.subject ?? dutyNamed(group.taskId, all.filter((one) => one.taskId !== null).length), correction: group.actions.some((action) => action.command === 'confirmDelivery') ? pendingCorrection(deliveries) : null, postName: posts.get(group.post ?? '') ?? group.postName, due: group.dueAt === null ? null : dueOf(group.dueAt),
        signable: group.taskId !== null && !group.signedFor && group.compare === null && signsFor(services, head, duties.find((duty) => duty.id === group.taskId)?.state ?? ''),
      })),
      onPaper: await Promise.all(onPaper.map(async (entry) => paperView(services, head, entry, await printable(x, trx, id, entry)))),
      amendment: amendmentView(head, await plansOfUnit(trx, city, head.year, head.unit), viewer.actors),
      waiting: duties.map((duty) => ({ ...duty, about: subjectName(duty.subject), acts: available.filter((one) => one.taskId === duty.id && aboutOthers(one, available)).map((one) => ({ command: one.command, words: commandWords(services, one.command), key: newId() })), stage: stageWords(services, head, duty.state), due: duty.dueAt === null ? null : dueOf(duty.dueAt) })),
      circulation: circulated.length === 0 ? null : {
        list: circulated, readCount: circulated.filter((one) => one.readAt !== null).length, mine: circulated.some((one) => one.readAt === null && actors.some((a) => a.post === one.post)),
      },
      // All of a team write the record of its visit; only its leader has the task.
      visit: isOnSite(head) && inside !== null && ofTeam(inside, viewer),
      shown: await services.content.shownHash(trx, id),
    };
  });
}

/** The days a running term of the case began with. */
const budgetIn = (head: CaseHead, term: string | undefined): number | null => head.terms.find((one) => one.term === term)?.budget ?? null;

function outcomeWords(x: Exchange, head: CaseHead) {
  const final = x.services.stagesOf(head.workflow, head.chartVersion, head.pack).find((stage) => stage.final?.outcome === head.outcome);
  return head.final ? (final?.final?.words ?? null) : null;
}
