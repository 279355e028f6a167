import { may, permissions } from '../auth/permissions.js';
import { inboxOf } from '../reads/inbox.js';
import { noticesFor } from '../reads/notices.js';
import { postWords } from '../reads/post-words.js';
import { localDay, yearOf } from '../domain/local-day.js';
import type { Exchange, PageRenderer } from './context.js';
import { Formats } from './formats.js';
import type { loadMessages } from './messages.js';
import { walls } from './reading.js';
import type { loadTemplates } from './templates.js';
import { yearLinks } from './year-links.js';

/** Renders pages with everything the layout needs: reader, navigation by permission, language switch, the demonstration's clock. */
export function pageRenderer(template: ReturnType<typeof loadTemplates>, messages: ReturnType<typeof loadMessages>): PageRenderer {
  return {
    render: async (x, page, model, status = 200) => {
      const { context, services } = x;
      const { viewer, language, now } = context;
      const t = messages(language);
      // The answer to a form has no address of its own to come back to.
      const stays = x.req.method === 'GET' ? x.req.originalUrl : x.req.path === '/sign-in' ? '/sign-in' : '/';
      const other = new URL(stays, 'http://here');
      other.searchParams.set('lang', language === 'en' ? 'zh' : 'en');
      const html = template(page, {
        language, t, formats: new Formats(language, now), csrf: context.csrf, now, page,
        htmlLang: language === 'en' ? 'en' : 'zh-CN',
        viewer: viewer === null ? null : { name: viewer.name, initial: [...viewer.name][0] ?? '', posts: await heldPosts(x) },
        may: viewer === null ? {} : Object.fromEntries(permissions.map((name) => [name.replace('.', '_'), may(viewer.actors, name)])),
        counts: viewer === null ? null : await counts(x),
        year: Number(x.req.query.year) || yearOf(localDay(now)),
        yearLinks: viewer === null ? [] : await yearLinks(x, Number((model as { year?: number }).year ?? x.req.query.year) || yearOf(localDay(now))),
        switchTo: `${other.pathname}${other.search}`,
        demonstration: services.demonstration === null ? null : { today: localDay(now), accounts: viewer === null ? services.demonstration.accounts : [] },
        ...model,
      });
      x.res.status(status).type('html').set('cache-control', 'no-store').send(html);
    },
  };
}

/** The posts of the reader, named in the language of the page. */
async function heldPosts(x: Exchange): Promise<string> {
  const { actors } = x.context.viewer!;
  const [wall] = walls(actors);
  if (x.context.language === 'zh' || wall === undefined) return actors.map((actor) => actor.postName).join('、');
  const named = await x.services.database.asActor(wall, (trx) => postWords(trx, x.services.city, actors.map((actor) => actor.post)));
  return actors.map((actor) => named.get(actor.post ?? '')?.en ?? actor.postName).join('; ');
}

/** What the side bar counts: open duties, unread notices. */
async function counts(x: Exchange): Promise<{ todo: number; notices: number }> {
  const actors = x.context.viewer!.actors;
  let todo = 0;
  let notices = 0;
  for (const wall of walls(actors)) {
    await x.services.database.asActor(wall, async (trx) => {
      todo += (await inboxOf(trx, actors)).length;
      notices += (await noticesFor(trx, actors)).filter((notice) => !notice.read).length;
    });
  }
  return { todo, notices };
}
