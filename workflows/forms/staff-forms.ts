import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import { choice, day, list, optionalReference, reference, text } from './fields.js';
import { reason } from './shared-fields.js';

/** Follows nobody: the post is kept, or stands empty. */
export const KEPT = 'kept';
export const VACANT = 'vacant';

const follower = z.string().regex(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|kept|vacant)$/, { error: () => '请选择由谁接任。｜Choose who follows.' })
  .meta({ label: words('接任', 'Follower'), control: 'choice' as const });

/** 离职/调岗: who hands over, from which day, and who follows in each post. */
export const handOverForm = z.object({
  person: reference(words('谁交接', 'Who hands over'), 'choice'),
  kind: choice(words('原因', 'Kind'), [{ value: 'leaves', words: words('离职（停用账号）', 'Leaves (the account is closed)') }, { value: 'moves', words: words('调岗', 'Moves to another post') }] as const),
  day: day(words('交接日', 'Day'), words('从这一天起由接任人办理。', 'From this day on the follower acts.')),
  posts: list(words('岗位', 'Posts'), 'checklist', z.object({ post: reference(words('岗位', 'Post'), 'choice'), follower }), { least: 0, most: 40 }).default([]),
  newPost: optionalReference(words('调任岗位', 'New post'), 'post'),
  reason,
});
export type HandOverOrder = z.output<typeof handOverForm>;

/** AB角: who stands in for a holder of a post, and from when to when. */
export const deputyForm = z.object({
  holding: reference(words('岗位', 'Post'), 'post'),
  deputy: reference(words('代理人（B角）', 'Deputy'), 'post'),
  from: day(words('从', 'From')), to: day(words('到（含）', 'To (included)')),
  reason: text(words('理由', 'Reason'), { max: 300 }),
});

/** Somebody is away from one day to another. */
export const absenceForm = z.object({ from: day(words('从', 'From')), to: day(words('到（含）', 'To (included)')), reason: text(words('事由', 'Reason'), { max: 300 }) });
