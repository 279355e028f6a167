import { formatArea } from '../../domain/area.js';
import { formatMoney } from '../../domain/money.js';
import { planTypes, type PlanType } from '../../../workflows/forms/plan-sections.js';
import { inputLimitsOf } from '../../../workflows/policies/pack-rules.js';
import { workbookVersion } from './workbook-identity.js';
import type { PlanWorkbookRegister } from './workbook-register.js';

/** The lines of the sheet 说明: whose workbook it is, how it is filled in, what is refused. Limits come from the pack. */
export function guidanceLines(register: PlanWorkbookRegister, planType: PlanType | undefined, totalName: string): [name: string, text: string][] {
  const { unit, year, caseNumber, pack } = register;
  const limits = inputLimitsOf(pack);
  const type = planTypes.find(({ value }) => value === planType)?.words.zh;
  return [
    ['名称', `${year} 年度基层公共服务平台建设实施方案 · 数据表`],
    ['填报单位', `${unit.name}（${unit.code}）`],
    ['案卷号', caseNumber],
    ['方案类型', type ?? '尚未选择'],
    ['规则包', `${pack.name.zh}（${pack.id}，${pack.version}）。依据：${pack.citation.number}。上限等标“示例”的数值由本市安排。`],
    ['表格版本', String(workbookVersion)],
    ['怎样填', '填写“建设项目”“经费预算”“实施步骤”三张表，存成 .xlsx 后在本案卷上传。列可以移动，表头可以改名；隐藏的第一行、第一列不要删。'],
    ['建设项目', `每行一个项目。已按区划预填本单位的大厅、街道乡镇和社区、村；预填的行只要没有再填别的内容，就不列入项目，不必删除。没有预填的项目写在下面空行，代码见“区划代码”表。同一地方同一级平台只列一次。`],
    ['经费预算', `每类经费一行，单位万元；“${totalName}”一行填总额。没有的填 0。`],
    ['实施步骤', '每个阶段一行，填起止日期。'],
    ['单位', '面积：平方米，最多两位小数；金额：万元，最多六位小数（到分）；日期：2026-09-08 或 2026年9月8日；是否项填“是”或“否”。'],
    ['不收', `公式（请粘贴为数值）、合并单元格、负数、超过 ${formatArea(limits.area)} m² 的面积、超过 ${formatMoney(limits.money)} 万元的金额、外单位的区划代码；每张表不超过 ${pack.limits.siteRows.value} 行。`],
    ['导入', '逐行核对。有一处不符就全部不导入，并逐条列出在哪一格、怎样改；空着的项可以以后再补。隐藏的工作表不读。'],
    ['In English', 'Fill in the three sheets and upload the file to this case. Areas in m² (two decimals), money in ×10,000 yuan (six decimals). No formulas, no merged cells. One defect and nothing is imported; every defect is listed with its cell.'],
  ];
}
