/** One page of a long list, and where its neighbours are. */
export interface PageOf<T> {
  items: T[];
  page: number;
  pages: number;
  /** Addresses of the neighbours; null at the ends. */
  previous: string | null;
  next: string | null;
}

/** The page number an address asks for: a whole number of at least 1. */
export function pageNumber(asked: unknown): number {
  const number = Number(asked);
  return Number.isSafeInteger(number) && number >= 1 ? number : 1;
}

/** Cuts a list that is already in order. A page beyond the end is the last one. `address` is the page's own, with its other parameters. */
export function pageOf<T>(list: readonly T[], asked: unknown, size: number, address: string): PageOf<T> {
  return { ...pagesOf(list.length, asked, size, address, (page) => list.slice((page - 1) * size, page * size)) };
}

/** The same for a list that is read page by page. */
export function pagesOf<T>(count: number, asked: unknown, size: number, address: string, read: (page: number) => T[]): PageOf<T> {
  const pages = Math.max(1, Math.ceil(count / size));
  const page = Math.min(pageNumber(asked), pages);
  const to = (number: number): string => {
    const url = new URL(address, 'http://here');
    url.searchParams.set('page', String(number));
    return `${url.pathname}${url.search}`;
  };
  return { items: read(page), page, pages, previous: page > 1 ? to(page - 1) : null, next: page < pages ? to(page + 1) : null };
}
