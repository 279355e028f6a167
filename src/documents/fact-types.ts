import { z } from 'zod';

/** The small types every paper's facts are made of. Plain JSON, checked before anything is composed. */

/** Text that is really there: an empty cell on an issued paper is a defect, so absence is said with `null`. */
export const text = z.string().trim().min(1);

/** A paragraph or cell that may be left out. */
export const optionalText = text.nullable();

/** Calendar date `YYYY-MM-DD`. */
export const isoDate = z.iso.date();

/** Instant with zone, e.g. `2026-09-30T15:59:59Z`; printed in Beijing time. */
export const isoInstant = z.iso.datetime({ offset: true });

/** Area in units of 0.01 m². */
export const area = z.int().nonnegative();

/** Money in 分. */
export const fen = z.int();

/** Score in units of 0.1 point. */
export const tenths = z.int();

export const count = z.int().nonnegative();

/** 发文字号 or form number in parts; allocated without gaps elsewhere. */
export const documentNumber = z.object({ issuerCode: z.string().regex(/^\p{Script=Han}+$/u), year: z.int().min(1949).max(9999), sequence: z.int().positive() });

/** Hexadecimal SHA-256. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** 版记: who gets a copy, who prints it, when (GB/T 9704-2012 7.4). */
export const colophon = z.object({ copyTo: z.array(text), printedBy: text, printedOn: isoDate });

/** 署名: the organ's name in lines as it is to be printed, the organ whose seal stands for it, and 成文日期. */
export const signOff = z.object({ issuer: z.array(text).min(1).max(3), sealedBy: optionalText, date: isoDate });

/** What every paper under a red head says first: 发文机关标志 by lines, 主送, the programme year it is about, 署名. */
export const redHead = { letterhead: z.array(text).min(1).max(3), recipient: text, cycleYear: z.int(), signOff };

/** A paper that is cited or attached. */
export const citedDocument = z.object({ title: text, number: optionalText });

/** A table as plain text, for content whose columns the document room does not know. */
export const plainTable = z.object({
  caption: text,
  columns: z.array(text).min(1),
  rows: z.array(z.array(z.string())),
  sample: z.boolean(),
}).refine((table) => table.rows.every((row) => row.length === table.columns.length), { message: 'a row has not as many cells as the table has columns' });

/** The tiers of platforms (C-1.5): hall, centre, community station, village point, shared station (C-2.9). */
export const tiers = ['countyHall', 'townshipCenter', 'communityStation', 'villagePoint', 'sharedStation'] as const;
export const tier = z.enum(tiers);
export type Tier = z.infer<typeof tier>;

export const tierWords: Record<Tier, string> = {
  countyHall: '综合服务大厅',
  townshipCenter: '街道（乡镇）服务中心',
  communityStation: '社区服务站',
  villagePoint: '行政村服务点',
  sharedStation: '共用服务站',
};

/** 六到位 (C-1.4) in the order of the policy. */
export const sixInPlace = ['organization', 'personnel', 'funding', 'premises', 'regulations', 'work'] as const;
export const dimension = z.enum(sixInPlace);
export type Dimension = z.infer<typeof dimension>;

export const dimensionWords: Record<Dimension, string> = {
  organization: '机构到位',
  personnel: '人员到位',
  funding: '经费到位',
  premises: '场地到位',
  regulations: '制度到位',
  work: '工作到位',
};

/** How grave a finding is. Blocking ones keep an acceptance from passing. */
export const severity = z.enum(['blocking', 'major', 'minor']);
export const severityWords: Record<z.infer<typeof severity>, string> = { blocking: '须先整改', major: '较重', minor: '一般' };

/** One finding with what it rests on and what is asked for. */
export const finding = z.object({
  number: z.int().positive(),
  object: text,
  fact: text,
  clause: text,
  severity,
  requirement: text,
  due: isoDate.nullable(),
  state: z.enum(['open', 'rectifying', 'verified']),
});
export const findingStateWords = { open: '待整改', rectifying: '整改中', verified: '已复查销号' } as const;

/** A signature as a recorded act: given in the system, or on paper with registrar and comparer. */
export const signature = z.object({
  name: text,
  role: text,
  unit: text,
  outcome: z.enum(['signed', 'refused']),
  at: isoInstant,
  paper: z.object({ date: isoDate, registrar: text, comparer: text }).nullable(),
  note: optionalText,
});
export type Signature = z.infer<typeof signature>;
