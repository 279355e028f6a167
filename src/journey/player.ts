/** What a program may do over the API in the name of one person. */
export interface Player {
  /** Opens the year of a unit and returns the programme case. */
  openYear(login: string, unitCode: string, year: number): Promise<void>;
  /** Writes a section of the live content. */
  write(login: string, at: CaseRef, section: string, body: Record<string, unknown>): Promise<void>;
  /** Uses the action of this name that the person is offered now; `subject` picks one of several duties. */
  act(login: string, at: CaseRef, command: string, fields?: Record<string, unknown>, subject?: (s: Record<string, unknown>) => boolean): Promise<Moved>;
  /** The same, where the system must refuse; returns the code of the refusal. */
  refused(login: string, at: CaseRef, command: string, fields?: Record<string, unknown>): Promise<string>;
  /** What the person is offered under this name: the duties' subjects. */
  subjects(login: string, at: CaseRef, command: string): Promise<Record<string, unknown>[]>;
  registerPaper(login: string, at: CaseRef, paper: PaperAct): Promise<void>;
  comparePaper(login: string, at: CaseRef): Promise<Moved>;
  /** Waits until a case is in one of these stages: papers are made beside the door. */
  until(login: string, at: CaseRef, stages: string[]): Promise<Moved>;
  advanceTo(localTime: string): Promise<void>;
}

export interface CaseRef {
  unitCode: string;
  workflow: 'programme' | 'plan' | 'inspection' | 'acceptance';
}

export interface Moved {
  stage: string;
  final: boolean;
  outcome: string | null;
}

export interface PaperAct {
  command: string;
  fields: Record<string, unknown>;
  signatoryName: string;
  signatoryPost: string;
  wording: string;
  kind: 'agree' | 'disagree' | 'instruct' | 'circled' | 'read';
  paperDate: string;
  keptAt: string;
}

/** One thing that happens in the year: when, to which unit, in words, and what is done. */
export interface Step {
  /** Local time 'YYYY-MM-DDTHH:MM' (Asia/Shanghai). */
  at: string;
  unit: string;
  words: string;
  run(player: Player): Promise<string>;
}
