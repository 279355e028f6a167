import type { Request, Response } from 'express';

/** Whether a page asks in order to put the answer into itself (htmx). Without script nothing does, and every answer is a page of its own. */
export const asksInPlace = (req: Request): boolean => req.headers['hx-request'] === 'true';

/** The answer takes the place of the nearest `selector` around what asked, and of nothing else. */
export const takesThePlaceOf = (res: Response, selector: string): void =>
  void res.set({ 'hx-retarget': `closest ${selector}`, 'hx-reselect': selector, 'hx-reswap': 'outerHTML', 'hx-push-url': 'false' });

/** The answer stands above what is shown, which stays as it is. */
export const standsAbove = (res: Response, selector: string): void =>
  void res.set({ 'hx-reselect': selector, 'hx-reswap': 'afterbegin', 'hx-push-url': 'false' });
