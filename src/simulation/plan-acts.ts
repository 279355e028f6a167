import { localDay } from '../domain/local-day.js';
import { remark, repliesTo, type Act } from './acting.js';

const plain: Act = { fields: () => ({}) };
const remarks: Act = { fields: () => remark('funds') };

/** The commands of a plan as the people of a simulated year carry them out. */
export const planActs: Readonly<Record<string, Act>> = {
  submit: plain,
  requestPreReview: plain,
  giveRemarks: remarks,
  approve: plain,
  returnToDraft: remarks,
  // Departments are asked once about a text: their answers lead back here.
  seekOpinions: { fields: ({ unit }) => ({ organisations: unit.cosigners.map(({ org }) => org), silence: false }), sensible: ({ context }) => context.cosigned !== true },
  agree: plain,
  object: { fields: () => ({ opinion: '示例：有不同意见。' }) },
  consent: { fields: ({ today, unit, year }) => ({ kind: 'reply', number: `${unit.unit.name.slice(0, 2)}政复〔${year}〕1号`, date: today }) },
  returnTo: { fields: () => ({ target: 'drafting', ...remark('funds') }) },
  refuseConsent: remarks,
  report: { fields: ({ unit, year }) => ({ documentNumber: `${unit.unit.name.slice(0, 2)}人社报〔${year}〕1号`, signatory: unit.unit.kind === 'zone' ? '示例签发人' : '' }) },
  revise: { fields: () => ({ reason: '示例：内容有变化。' }) },
  register: {
    fields: ({ context, unit, year }) => {
      const { at } = context.acknowledgement as { at: string };
      return { theirNumber: `${unit.unit.name.slice(0, 2)}人社报〔${year}〕1号`, channel: 'system', dated: localDay(new Date(at)), deliveredAt: at };
    },
  },
  acceptComplete: plain,
  returnForCorrection: remarks,
  resubmit: { fields: repliesTo },
  file: plain,
  sendBack: { fields: () => ({ opinion: '示例：请再核。' }) },
};

/** The commands of a programme year. */
export const programmeActs: Readonly<Record<string, Act>> = {
  openInspection: plain,
  openAcceptance: plain,
  close: plain,
  // Nothing is carried over while something is still running: the chart would refuse it.
  carryOver: { fields: () => ({ reason: '示例：年度已满，未完项目结转。' }), sensible: ({ context }) => (context.running as string[]).length === 0 },
  recordFollowUp: { fields: () => ({ reason: '示例：已跟进。' }) },
};
