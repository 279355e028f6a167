import type { Day } from '../domain/local-day.js';
import { mean, quantile, rounded } from './quantile.js';
import type { YearSummary } from './summarise-year.js';

/** The tenth, the fiftieth and the ninetieth of a hundred. */
export type Band<T> = [T | null, T | null, T | null];

/** What the same question brings over many seeds. */
export interface Outlook {
  seeds: number;
  /** How many units file late in a year. */
  lateUnits: Band<number>;
  units: {
    unit: string; name: string;
    /** Part of the years in which the plan is filed late or never. */
    late: number;
    filed: Band<Day>; inspected: Band<Day>; reportIssued: Band<Day>; closed: Band<Day>;
  }[];
  posts: {
    role: string; people: number; hours: number; waitMedian: number; wait90: number; share: number;
    /** In how many of the years this post made others wait longest. */
    bottleneckIn: number;
  }[];
  /** Times a term falls due in a year, on average. */
  terms: Record<string, number>;
  /** The post with the greatest share of all waiting. */
  bottleneck: string | null;
}

const band = <T extends number | string>(values: readonly (T | null)[]): Band<T> => [quantile(values, 0.1), quantile(values, 0.5), quantile(values, 0.9)];

/** Many years of one question, one beside the other. */
export function outlookOf(years: readonly YearSummary[]): Outlook {
  const isLate = ({ timeliness }: YearSummary['units'][number]): boolean => timeliness === null || timeliness === 'late';
  const roles = [...new Set(years.flatMap(({ posts }) => posts.map(({ role }) => role)))];
  const terms = [...new Set(years.flatMap((one) => Object.keys(one.terms)))].sort();
  const posts = roles.map((role) => {
    const own = years.flatMap((one) => one.posts.filter((post) => post.role === role));
    return {
      role, people: own[0]!.people, hours: rounded(mean(own.map(({ hours }) => hours))), waitMedian: rounded(mean(own.map(({ waitMedian }) => waitMedian))), wait90: rounded(mean(own.map(({ wait90 }) => wait90))),
      share: rounded(own.reduce((sum, { share }) => sum + share, 0) / years.length, 3), bottleneckIn: years.filter((one) => one.posts[0]?.role === role).length,
    };
  }).sort((a, b) => b.share - a.share || (a.role < b.role ? -1 : 1));
  return {
    seeds: years.length,
    lateUnits: band(years.map(({ units }) => units.filter(isLate).length)),
    units: (years[0]?.units ?? []).map(({ unit, name }, index) => {
      const own = years.map(({ units }) => units[index]!);
      return {
        unit, name, late: rounded(own.filter(isLate).length / years.length, 3), filed: band(own.map(({ filed }) => filed)), inspected: band(own.map(({ inspected }) => inspected)),
        reportIssued: band(own.map(({ reportIssued }) => reportIssued)), closed: band(own.map(({ closed }) => closed)),
      };
    }),
    posts, terms: Object.fromEntries(terms.map((term) => [term, rounded(mean(years.map((one) => one.terms[term] ?? 0)))])), bottleneck: posts[0]?.role ?? null,
  };
}
