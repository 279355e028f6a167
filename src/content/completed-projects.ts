import { words } from '../domain/text.js';
import type { SectionDefect } from './read-sections.js';

/** Projects an application names that are not the unit's own open ones, or are named twice. */
export function completedProjectDefects(values: Readonly<Record<string, unknown>>, openProjects: readonly string[]): SectionDefect[] {
  const named = (values.completedProjects as { projects: { project: string }[] } | undefined)?.projects ?? [];
  return named.flatMap(({ project }, index) => {
    const pin = (code: string, zh: string, en: string): SectionDefect[] => [{ section: 'completedProjects', field: `projects.${index}.project`, code, sentence: words(zh, en) }];
    if (!openProjects.includes(project)) return pin('no-such-project', '这个项目不在本单位已备案、未验收的项目内。', 'This is none of the unit’s filed projects that await acceptance.');
    return named.findIndex((one) => one.project === project) < index ? pin('twice', '这个项目列了两次。', 'This project is listed twice.') : [];
  });
}
