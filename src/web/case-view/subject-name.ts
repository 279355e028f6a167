/**
 * What a task is about: a platform to visit, a finding to put right, a paper to compare, an opinion that is asked for. A task that belongs to a member or a department is
 * about the case itself; whose it is stands elsewhere.
 */
export function subjectName(subject: Record<string, unknown> | null): string | null {
  if (subject === null) return null;
  const text = (name: string): string | null => (typeof subject[name] === 'string' && subject[name] !== '' ? (subject[name] as string) : null);
  if (text('tier') !== null) return text('name');
  if (text('object') !== null) return [text('key'), text('object'), text('text')].filter(Boolean).join(' ');
  if (text('question') !== null) return [text('by'), text('question')].filter(Boolean).join('：');
  return text('signatory');
}
