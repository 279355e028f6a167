import { z } from 'zod';
import { plainView, type DocumentView } from './document-view.js';
import { area, isoInstant, optionalText, sha256, signature, text, tier, tierWords } from './fact-types.js';
import { formatArea, formatInstant } from './official-format.js';
import { signatureRows, signatureTable } from './signature-table.js';
import { form, heading, pair, paragraph, table, type Photos } from './view-blocks.js';

/** D8 现场检查记录表. Areas 0.01 m²; three measurements and their average as the record holds them. */
export const siteRecordFacts = z.object({
  number: text,
  unit: z.object({ code: text, name: text }),
  facility: text,
  tier,
  place: text,
  /** When the visit began and ended, where that was noted; when the record was handed in is always known. */
  startedAt: isoInstant.nullable(),
  endedAt: isoInstant.nullable(),
  recordedAt: isoInstant.optional(),
  inspectors: z.array(text).min(2),
  recorder: text,
  /** 亮明身份 of an unannounced visit, or null when a notice was sent. */
  unannounced: optionalText,
  checklist: z.array(z.object({ item: text, clause: text, result: z.enum(['met', 'unmet', 'notApplicable']), remark: optionalText })).min(1),
  measurements: z.array(z.object({ item: text, values: z.array(area).length(3), average: area, standard: area.nullable() })),
  proposals: z.array(text),
  /** What was photographed there, in order of uploading: the file's hash, and its picture made small (`data:` address) where it can be shown. */
  photos: z.array(z.object({ sha256, at: isoInstant, isolated: z.boolean(), picture: z.string().regex(/^data:image\/jpeg;base64,[A-Za-z0-9+/=]+$/).nullable() })),
  /** Both sides; a refusal carries its reason and the witness in the note. */
  signatures: z.array(signature).min(1),
  /** Null on a copy printed on demand, which is kept nowhere. */
  verifyCode: optionalText,
  sample: z.boolean(),
});
export type SiteRecordFacts = z.infer<typeof siteRecordFacts>;

/** Time and place under each photograph; why it is not shown, with the hash by which its file is found. */
function photosOf({ facility, photos }: SiteRecordFacts): Photos {
  return {
    block: 'photos',
    items: photos.map(({ at, isolated, picture, sha256: hash }, index) => ({
      picture: isolated ? null : picture,
      caption: `${index + 1}.${facility}　${formatInstant(at)}上传${isolated ? '（已隔离，不显示）' : picture === null ? `（原件另存，摘要值${hash.slice(0, 16)}）` : ''}`,
    })),
  };
}

const resultWords = { met: '符合', unmet: '不符合', notApplicable: '不适用' } as const;

export function siteRecordView(facts: SiteRecordFacts): DocumentView {
  return {
    ...plainView,
    title: `现场检查记录表（${facts.facility}）`,
    titlePhrases: ['现场检查记录表'],
    number: facts.number,
    blocks: [
      form([
        pair('填报单位', facts.unit.name), pair('平台', facts.facility), pair('类别', tierWords[facts.tier]), pair('地点', facts.place),
        pair('开始', facts.startedAt === null ? '未登记' : formatInstant(facts.startedAt)), pair('结束', facts.endedAt === null ? '未登记' : formatInstant(facts.endedAt)),
        pair('检查人', facts.inspectors.join('、')), pair('记录人', facts.recorder),
        pair('检查方式', facts.unannounced ?? '先发通知', { wide: true }),
        ...(facts.recordedAt === undefined ? [] : [pair('提交时间', formatInstant(facts.recordedAt), { wide: true })]),
      ]),
      table(`检查内容${facts.sample ? '（示例）' : ''}`, ['序号|8', '检查内容|40|l', '依据|17|l', '结果|12', '情况|23|l'],
        facts.checklist.map((one, index) => [String(index + 1), one.item, one.clause, resultWords[one.result], one.remark ?? '']), { compact: true }),
      ...(facts.measurements.length === 0 ? [] : [table('实测面积（单位：平方米）', ['项目|25|l', '第一次|14|r', '第二次|14|r', '第三次|14|r', '平均|14|r', '标准|19'],
        facts.measurements.map((one) => [one.item, ...one.values.map(formatArea), formatArea(one.average), one.standard === null ? '—' : `不少于${formatArea(one.standard)}`]), { compact: true })]),
      heading(1, '检查人建议整改'),
      ...(facts.proposals.length === 0 ? [paragraph('无。')] : facts.proposals.map((one, index) => paragraph(`${index + 1}.${one}`))),
      signatureTable('双方签署', signatureRows(facts.signatures)),
      ...(facts.photos.length === 0 ? [] : [heading(1, `现场照片（${facts.photos.length}张）`), photosOf(facts)]),
    ],
    verifyCode: facts.verifyCode,
  };
}
