import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import { choice, flag, list, optionalList, optionalReference, optionalText, reference, text, texts, whole } from './fields.js';

/** Fields that several commands share. */
export const opinion = optionalText(words('意见', 'Opinion'));
export const reason = text(words('理由', 'Reason'));

/** After a return: every step again, or straight back to who returned it. */
export const returnWays = [
  { value: 'stepByStep', words: words('逐级重走', 'Every step again') }, { value: 'straightBack', words: words('直接返回我处', 'Straight back to me') },
] as const;

/** Severities of a finding; only the gravest keeps an acceptance from passing. */
export const severities = [
  { value: 'minor', words: words('一般', 'Minor') },
  { value: 'major', words: words('较重', 'Major') },
  { value: 'blocking', words: words('须先整改', 'Blocking') },
] as const;

/** Remarks pinned to sections; the id lets the answer name what it answers. */
export const remarks = list(words('退回理由（逐条）', 'Remarks, one by one'), 'remarks', z.object({
  section: text(words('章节', 'Section'), { control: 'choice', max: 60 }),
  text: text(words('理由', 'Remark')),
}), { most: 100 }).transform((all) => all.map((one, index) => ({ id: `r${index + 1}`, ...one })))
  .meta({ label: words('退回理由（逐条）', 'Remarks, one by one'), control: 'remarks', hint: words('每条挂到一个章节，对方逐条答复。', 'Each one belongs to a section and is answered separately.') });

export const replies = texts(words('逐条答复', 'Replies'), 'replies').default({}).meta({ label: words('逐条答复', 'Replies'), control: 'replies' });

export const organisations = list(words('征求意见单位', 'Departments'), 'organisations', reference(words('单位', 'Department'), 'organisation'), { most: 20 });

/** Members by their posts. Names, departments and units are read from the register, not typed. */
export const team = list(words('小组成员', 'Members'), 'team', z.object({
  post: reference(words('岗位', 'Post'), 'member'),
  leader: flag(words('组长', 'Leader')),
}), { most: 15 });

export const site = z.object({
  tier: choice(words('平台级别', 'Tier'), [
    { value: 'hall', words: words('综合服务大厅', 'Service hall') }, { value: 'center', words: words('街道（乡镇）服务中心', 'Township centre') },
    { value: 'station', words: words('社区、行政村服务站（点）', 'Station') },
  ] as const),
  placeCode: text(words('区划代码', 'Division code'), { control: 'text', max: 12 }),
});

export const findings = optionalList(words('发现问题', 'Findings'), 'findings', z.object({
  object: text(words('平台', 'Platform'), { control: 'text', max: 120 }).optional(),
  site: text(words('平台编号', 'Platform number'), { control: 'text', max: 40 }).optional(),
  clause: text(words('依据条款', 'Clause'), { control: 'text', max: 20 }),
  text: text(words('问题', 'Problem')),
  severity: choice(words('程度', 'Severity'), severities),
  proposal: text(words('整改建议', 'Proposed rectification')),
  days: whole(words('整改期限（日）', 'Days to rectify'), 1, 365),
}));

/** Areas as typed, three readings each; the preparer reads them exactly and averages. */
export const measures = optionalList(words('实测面积（m²）', 'Measured areas (m²)'), 'measures', z.object({
  item: text(words('项目', 'Item'), { control: 'text', max: 40 }),
  values: z.array(z.string()).min(1).max(5),
}), words('同一处量三次，取平均。', 'Measure three times; the mean counts.'));

export const checklist = optionalList(words('检查单', 'Checklist'), 'checklist', z.object({
  item: text(words('项目', 'Item'), { control: 'text', max: 40 }),
  result: choice(words('结果', 'Result'), [
    { value: 'met', words: words('符合', 'Met') }, { value: 'unmet', words: words('不符合', 'Not met') }, { value: 'notApplicable', words: words('不适用', 'Not applicable') },
  ] as const),
  remark: optionalText(words('说明', 'Remark'), { max: 500 }),
}));

/** A classified paper is no file of this system: it is a line with its number, how many copies there are and where they lie. */
export const classified = optionalList(words('涉密材料（只登记文号）', 'Classified papers (number only)'), 'checklist', z.object({
  number: text(words('文号', 'Number'), { control: 'text', max: 60 }), copies: optionalText(words('份数', 'Copies'), { control: 'text', max: 10 }), keptAt: text(words('存放处', 'Where kept'), { control: 'text', max: 80 }),
}));

export const scan = optionalReference(words('扫描件', 'Scan'), 'file');
