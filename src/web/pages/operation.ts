import { Conflict, InvalidInput, Refused, type DomainError } from '../../domain/errors.js';
import { words, type Words } from '../../domain/text.js';
import { repairActions } from '../../../workflows/forms/repair-forms.js';
import type { RepairableAlarm } from '../../upkeep/repairs.js';
import { stageWords } from '../case-view/stage-words.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';

const alarmsOf = (x: Exchange): Promise<RepairableAlarm[]> => x.services.upkeep.alarms(viewerOf(x).actors);
const actionWords = (action: string): Words => repairActions.find((one) => one.value === action)?.words ?? words(action, action);

/** 运行情况: what will not go on by itself, and what is done about it. */
export const operationPage: Handler = (x) => render(x, null, 200);

async function render(x: Exchange, error: DomainError | null, status: number): Promise<void> {
  const alarms = await alarmsOf(x);
  const { person } = viewerOf(x);
  const sent = (x.req.body ?? {}) as Record<string, string>;
  await x.pages.render(x, 'operation', {
    nav: 'operation', done: typeof x.req.query.done === 'string' && ['proposed', 'confirmed', 'refused'].includes(x.req.query.done) ? `operation.done.${x.req.query.done}` : null,
    refusal: error === null ? null : { sentence: error.sentence, defects: error instanceof InvalidInput ? error.defects.map(({ sentence }) => ({ sentence, field: 'op' })) : [] },
    alarms: alarms.map((one, index) => ({
      ...one, index, kindKey: `operation.kinds.${one.kind}`, aboutWords: aboutOf(x, one), choices: choicesOf(one),
      ...(sent.item === one.item && sent.kind === one.kind ? { sent: true, reason: sent.reason ?? '', chosen: sent.do } : { sent: false, reason: '', chosen: '' }),
      proposal: one.proposal === null ? null : { ...one.proposal, words: actionWords(one.proposal.action), mine: one.proposal.proposedBy === person },
    })),
  }, status);
}

/** What an alarm is about, in the words of its chart; effects have none of their own. */
function aboutOf(x: Exchange, { kind, about, chart }: RepairableAlarm): Words {
  if (kind === 'ownerless' || kind === 'broken') return stageWords(x.services, chart, about);
  if (kind === 'timer') return x.services.stagesOf(chart.workflow, chart.chartVersion, chart.pack).find((stage) => stage.term === about)?.words ?? words(about, about);
  return effectWords[about] ?? words(about, about);
}

const effectWords: Readonly<Record<string, Words>> = {
  issueDocument: words('出具文书', 'Issue a document'), notify: words('发通知', 'Send notices'), openCase: words('开立案卷', 'Open a case'), tellParent: words('告知上级案卷', 'Tell the parent case'),
  recordBaseline: words('登记基线', 'Record the baseline'), archiveCase: words('预归档', 'Pre-archive'), eraseContent: words('清除内容', 'Erase content'),
};

/** Everything that may be chosen for an alarm in one list: the action, with whom it goes to. */
const choicesOf = ({ actions, posts, people }: RepairableAlarm): { value: string; words: Words }[] => actions.flatMap((action) => {
  const { zh, en } = actionWords(action);
  const to = (id: string, name: string, nameEn: string) => ({ value: `${action}:${id}`, words: words(`${zh}：${name}`, `${en}: ${nameEn}`) });
  if (action === 'transfer') return posts.map((line) => to(line.post, `${line.postName} ${line.personName}`, `${line.postNameEn} ${line.personName}`));
  if (action === 'appoint') return people.map(({ person, name, posts: held }) => to(person, `${name}（${held.zh}）`, `${name} (${held.en})`));
  return [{ value: action, words: words(zh, en) }];
});

/** Back to the page with what happened; what was wrong stands above the list, and nothing typed is lost. */
const answering = (done: string, act: (x: Exchange, body: Record<string, string>) => Promise<unknown>): Handler => async (x) => {
  try {
    await act(x, (x.req.body ?? {}) as Record<string, string>);
    x.res.redirect(303, `/operation?done=${done}`);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Conflict || error instanceof Refused)) throw error;
    await render(x, error, error instanceof Conflict ? 409 : 422);
  }
};

const repairIn = (x: Exchange): string => String(x.req.params.id);

export const repairProposed = answering('proposed', (x, { kind, item, reason, do: chosen = '' }) => {
  const [action, target] = chosen.split(':');
  return x.services.upkeep.proposeRepair(viewerOf(x).actors, { kind, item, reason, action, target });
});
export const repairConfirmed = answering('confirmed', (x) => x.services.upkeep.confirmRepair(viewerOf(x).actors, repairIn(x)));
export const repairRefused = answering('refused', (x, body) => x.services.upkeep.refuseRepair(viewerOf(x).actors, repairIn(x), body));

export const apiAlarms: Handler = async (x) => void x.res.json({ alarms: (await alarmsOf(x)).map((one) => ({ ...one, aboutWords: aboutOf(x, one) })) });
export const apiProposeRepair: Handler = async (x) => void x.res.status(201).json(await x.services.upkeep.proposeRepair(viewerOf(x).actors, (x.req.body ?? {}) as Record<string, unknown>));
export const apiConfirmRepair: Handler = async (x) => {
  await x.services.upkeep.confirmRepair(viewerOf(x).actors, repairIn(x));
  x.res.json({ id: repairIn(x), done: true });
};
export const apiRefuseRepair: Handler = async (x) => {
  await x.services.upkeep.refuseRepair(viewerOf(x).actors, repairIn(x), (x.req.body ?? {}) as Record<string, unknown>);
  x.res.json({ id: repairIn(x), refused: true });
};
