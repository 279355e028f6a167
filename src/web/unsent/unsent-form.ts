/** What stood in a form that was sent after its session had ended. */
export interface UnsentForm {
  kind: 'command' | 'section' | 'paper' | 'comparison';
  /** Empty for a comparison, whose paper knows its case. */
  caseId: string;
  /** Command of a case or of a paper; name of a section. */
  name: string;
  /** The duty it was written for; null for a right, and for a section. */
  task: string | null;
  /** The page that shows the form, in the same words for everybody. */
  address: string;
  /** The texts as the form named them. */
  fields: Record<string, string | string[]>;
  /** Names of the files that were chosen. */
  files: string[];
}

const ID = '[0-9a-f-]{36}';
const COMMANDS = new RegExp(`^/cases/(${ID})/commands$`);
const SECTION = new RegExp(`^/cases/(${ID})/edit/(\\w{1,40})$`);
/** Two texts of a section side by side: what stands in it is written on the revision the writer had opened. */
const MERGE = new RegExp(`^/cases/(${ID})/merge/(\\w{1,40})$`);
const PAPER = new RegExp(`^/cases/(${ID})/paper(?:/(${ID}))?$`);
const COMPARISON = new RegExp(`^/papers/(${ID})$`);
const WORD = /^\w{1,60}$/;

/** The form behind a path that was posted to; null where no page could show it again. */
export function unsentForm(path: string, body: Readonly<Record<string, unknown>>, files: readonly string[]): UnsentForm | null {
  const text = (name: string): string => (typeof body[name] === 'string' ? (body[name] as string) : '');
  const command = text('_command');
  const written = { fields: fieldsOf(body), files: [...files] };
  const [, caseOfCommand] = COMMANDS.exec(path) ?? [];
  if (caseOfCommand !== undefined && WORD.test(command) && command !== 'open') {
    const task = new RegExp(`^${ID}$`).test(text('_task')) ? text('_task') : null;
    return { kind: 'command', caseId: caseOfCommand, name: command, task, address: `/cases/${caseOfCommand}/do/${command}${task === null ? '' : `?task=${task}`}`, ...written };
  }
  const [, caseOfSection, section] = SECTION.exec(path) ?? [];
  if (caseOfSection !== undefined) return { kind: 'section', caseId: caseOfSection, name: section!, task: null, address: path, ...written };
  const [, caseOfMerge, merged] = MERGE.exec(path) ?? [];
  if (caseOfMerge !== undefined) return { kind: 'section', caseId: caseOfMerge, name: merged!, task: null, address: `/cases/${caseOfMerge}/edit/${merged}`, files: [], fields: { ...written.fields, _revision: text('_opened') } };
  const [, caseOfPaper, task = null] = PAPER.exec(path) ?? [];
  if (caseOfPaper !== undefined && WORD.test(command)) return { kind: 'paper', caseId: caseOfPaper, name: command, task, address: `${path}?command=${command}`, ...written };
  const [, compared] = COMPARISON.exec(path) ?? [];
  if (compared !== undefined) return { kind: 'comparison', caseId: '', name: compared, task: null, address: path, ...written };
  return null;
}

/** Of the form's own hidden fields only the revision a section was written on is text of somebody's. */
function fieldsOf(body: Readonly<Record<string, unknown>>): UnsentForm['fields'] {
  const texts = (value: unknown): value is string | string[] => typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
  return Object.fromEntries(Object.entries(body).filter((entry): entry is [string, string | string[]] => texts(entry[1]) && (!entry[0].startsWith('_') || entry[0] === '_revision')));
}
