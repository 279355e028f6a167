/** Surnames and given names that occur everywhere; combined they mean nobody. Some given names hold rare characters. */
const surnames = '王张刘陈杨赵周吴徐胡朱郭何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁沈任姚卢';
const given = [
  '立恒', '晓敏', '文静', '志刚', '海燕', '立新', '国栋', '雨桐', '书瑶', '景行', '思齐', '怀瑾', '若谷', '明远', '清和', '望舒', '知微',
  '维桢', '䶮', '世堃', '镕', '春霖', '秋实', '亦凡', '向晚', '如松', '映川', '听澜', '南乔', '北辰', '予安', '以宁', '砚秋', '临风', '浩渺',
  '屹', '珩', '筠', '晗', '翊', '淼', '鑫磊', '慕云', '景澄', '时雨', '星野', '采薇', '静姝', '既白', '沐阳', '远山', '竹君', '楚怀',
];

/**
 * The n-th invented name (n ≥ 0): the same number always gives the same name, and no two numbers below 2,000 share one.
 */
export function inventedName(ordinal: number): string {
  const letters = [...surnames];
  const surname = letters[(ordinal * 7 + Math.floor(ordinal / given.length)) % letters.length]!;
  return `${surname}${given[ordinal % given.length]!}`;
}
