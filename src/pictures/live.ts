/** What a live picture marks of a stage. */
export interface StageMark {
  /** `passed` has been left; `late` is current and its term is over. */
  readonly state: 'current' | 'late' | 'passed';
  /** How often it was entered; null where this reader is not told. */
  readonly times: number | null;
}

/** Where a case stands, by stage; a stage that is not here has not been visited, or this reader is not told. */
export type Live = ReadonlyMap<string, StageMark>;
