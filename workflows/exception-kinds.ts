import { words, type Words } from '../src/domain/text.js';

/** A kind of line in the year's list of exceptions (例外清单): what it is called, and what it says where nobody gave a reason. */
export interface ExceptionKind {
  readonly words: Words;
  readonly meaning: Words;
}

const kind = (zh: string, en: string, meaning: Words): ExceptionKind => ({ words: words(zh, en), meaning });

/** Whatever of a year was late, extended, skipped, corrected, refused, contradicted or done on paper. Charts record these and no others; what the journal and the registers know by themselves is read from there. */
export const exceptionKinds = {
  extension: kind('延期', 'Extension', words('报送期限经领导小组同意延长，显示为延期，不记为按期', 'The filing deadline was extended by the leading group: shown as extended, not as on time')),
  exemption: kind('免报', 'Exemption', words('经领导小组批准，本年度免报方案', 'Exempted from filing a plan this year by the leading group')),
  'late-filing': kind('逾期报送', 'Filed late', words('报送时已过期限', 'Filed after the deadline')),
  'missed-term': kind('超过期限', 'Term missed', words('报送期限已到，方案没有报送', 'The filing deadline passed and the plan had not come')),
  'earlier-delivery': kind('以佐证送达认定按期', 'On time by proof of delivery', words('登记在后，以有佐证的最早送达认定', 'Registered later, judged by the earliest proven delivery')),
  'delivery-corrected': kind('更正送达时间', 'Delivery corrected', words('登记的送达时间经两人核对后更正，原值保留', 'The delivery as registered was corrected by two persons; the former value is kept')),
  'inspection-window': kind('检查时段外', 'Outside the window', words('检查时间不在规定的时段内', 'The inspection lies outside its window of the year')),
  rescheduled: kind('检查改期', 'Inspection moved', words('已排定的检查改期', 'A scheduled inspection was moved')),
  'refused-to-sign': kind('受检方拒签', 'Refused to sign', words('受检方没有在检查记录上签字，有见证人', 'The inspected side did not sign the record, before a witness')),
  'no-feedback': kind('逾期未反馈', 'No feedback in time', words('期限内没有反馈意见，不视为同意，按程序进入整改', 'Nobody answered in time; silence is no consent, and the case goes on to rectification')),
  'rectification-overdue': kind('整改逾期', 'Rectification overdue', words('整改期限已到，仍有问题没有整改到位', 'The term has run out and not everything has been put right')),
  'member-replaced': kind('更换组员', 'Member replaced', words('验收中途更换小组成员，已评的分保留在原成员名下', 'A member was replaced in mid-course; scores given stay under the giver’s name')),
  'participant-replaced': kind('更换参加人', 'Participant replaced', words('尚未答复的参加人换为另一岗位', 'A participant who had not answered was replaced by another post')),
  recused: kind('回避', 'Stood aside', words('参加人回避，不计入应到人数', 'A participant stood aside and counts neither way')),
  dissent: kind('持不同意见', 'Dissent', words('小组成员不同意报告结论，意见记入评议记录', 'A member of the team disagreed; it stands in the record of deliberation')),
  reconsideration: kind('退小组复议', 'Sent back for reconsideration', words('报告退验收小组复议，两稿都保留', 'The report was sent back to the team; both versions are kept')),
  'conclusion-changed': kind('改变验收结论', 'Conclusion changed', words('验收结论与上一稿不同，两稿都保留', 'The conclusion differs from the former draft; both are kept')),
  'carried-over': kind('结转下年', 'Carried over', words('未完成的项目结转下一年度', 'Unfinished projects were carried over to the next year')),
  held: kind('挂起', 'On hold', words('案卷挂起，期限暂停计算', 'The case was put on hold; its terms stand still')),
  jump: kind('跳转', 'Jump', words('越过或退回若干环节', 'The case was moved over steps')),
  'reviewed-afterwards': kind('补审', 'Reviewed afterwards', words('跳转越过的岗位事后审查', 'A post that a jump had passed over reviewed afterwards')),
  woken: kind('唤醒', 'Woken', words('已办结的案卷重新办理', 'A closed case was taken up again')),
  'year-follow-up': kind('年度跟进', 'Follow-up of the year', words('年度已满后的跟进处理', 'What was done after the year had ended')),
  deputy: kind('代办', 'Deputy', words('由代理人在代理期内办理', 'Done by a deputy within the days of the deputyship')),
  paper: kind('线下办理', 'Acted on paper', words('在纸面上签批，两人登记、核对', 'Decided on paper, registered and compared by two persons')),
  'paper-differed': kind('核对不一致', 'Comparison failed', words('登记与纸面不一致，退登记人重登，两次登记都保留', 'The registration differed from the paper and went back; both stay')),
  'voided-number': kind('作废文号', 'Voided number', words('文书没有出成，文号作废，不再使用', 'The paper was not made; its number is void and never used again')),
  'file-isolated': kind('隔离附件', 'File isolated', words('误传的附件已隔离，谁都不能打开', 'A file uploaded by mistake was isolated; nobody can open it')),
  'file-removed': kind('清除附件内容', 'Content of a file removed', words('隔离附件的内容经两人确认清除', 'The content of an isolated file was removed by two persons')),
  'file-restored': kind('解除隔离', 'File given back', words('隔离的附件经两人确认没有问题', 'An isolated file was found harmless by two persons')),
} as const satisfies Record<string, ExceptionKind>;

export type ExceptionName = keyof typeof exceptionKinds;

/** What a stored name stands for; one that is no longer known is shown under its own name rather than not at all. */
export const exceptionKind = (name: string): ExceptionKind => (Object.hasOwn(exceptionKinds, name) ? exceptionKinds[name as ExceptionName] : { words: words(name, name), meaning: words('', '') });
