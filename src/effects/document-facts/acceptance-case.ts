import type { FrozenContent } from '../../content/freeze.js';
import type { PostedMember } from '../../content/preparers/team-posts.js';
import type { AcceptanceContext } from '../../../workflows/acceptance.v1.js';
import { lastAct, type Dossier, type JournalledAct } from '../dossier.js';
import { actOf, recorded } from './recorded.js';
import type { Visited } from './visited-places.js';

/** Members keep what the register said of their posts when they joined. */
export type Acceptance = Omit<AcceptanceContext, 'members'> & { members: PostedMember[] };

export const acceptanceOf = (dossier: Dossier): Acceptance => dossier.context as unknown as Acceptance;

interface ConstructionPaper { state: 'present' | 'notApplicable'; number: string | null; reason: string | null }
interface ClassifiedPaper { number: string; copies: string | null; keptAt: string }

/** What the unit handed in, as frozen: own scores by dimension in tenths, construction papers by id and the lines of classified ones, completed projects, money in 分. */
export interface Application {
  selfAssessment?: Record<string, { score: number; evidence: string }>;
  constructionPapers?: Record<string, ConstructionPaper | ClassifiedPaper[]>;
  completedProjects?: {
    projects: { project: string; finishedOn: string; note: string | null }[];
    funds: { category: string; allocated: number; spent: number }[];
    specialAccount: string | null;
  };
}

export const applicationOf = (dossier: Dossier): Application => (recorded(dossier.content, '验收申请内容') as unknown as FrozenContent).sections as Application;

/** The platforms seen on site, as judged when they were recorded. */
export const visitsOf = (dossier: Dossier): Visited[] => recorded(actOf(dossier, 'recordVisit').event.facts?.visits as Visited[] | undefined, '现场验收记录');

/** The acts that scored, in their order; an item belongs to the last one that scored it. */
export const scoringActs = (dossier: Dossier): JournalledAct[] => dossier.acts.filter(({ command }) => command === 'scoreItems');

/** Signatures that are in force: those given on the last draft. */
export function signingActs(dossier: Dossier): JournalledAct[] {
  const draft = actOf(dossier, 'submitDraft').seq;
  return dossier.acts.filter(({ command, seq }) => seq > draft && (command === 'sign' || command === 'dissent'));
}

/** The re-inspection this report speaks of; undefined on the first report. */
export const reinspectionOf = (dossier: Dossier): JournalledAct | undefined => (acceptanceOf(dossier).reinspected ? lastAct(dossier, 'confirmRectification') : undefined);
