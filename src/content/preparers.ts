import { decides, type Glance, type Preparer } from './preparation.js';
import { apply } from './preparers/acceptance-content.js';
import { confirmRectification, recordVisit, scoreItems, submitDraft } from './preparers/acceptance-scoring.js';
import { formTeam, replaceMember } from './preparers/acceptance-team.js';
import { decideObjections, objectTo, recordSite, schedule, submitRectification } from './preparers/inspection.js';
import { requestPreReview, resubmit, submit } from './preparers/plan-content.js';
import { askedOrganisations, consent, grantExtension, register, report } from './preparers/plan-decisions.js';
import { confirmDelivery, correctDelivery, rejectDelivery } from './preparers/plan-delivery.js';
import { bring, bringAgain, replaceParticipant } from './preparers/matter.js';
import { addSigners, confirmJump, hold } from './preparers/moves.js';
import { circulate, delegate, transfer } from './preparers/task-acts.js';
import { close } from './preparers/programme.js';

/** The commands that need facts the chart cannot know, by `${workflow}.${command}`, or `*.${command}` for a move of every workflow. A command without a preparer needs none. */
export const preparers: Record<string, Preparer | Glance> = {
  'plan.submit': submit,
  'plan.requestPreReview': requestPreReview,
  'plan.approve': decides,
  'plan.seekOpinions': askedOrganisations,
  'plan.addCosigner': askedOrganisations,
  'plan.agree': decides,
  'plan.object': decides,
  'plan.consent': consent,
  'plan.report': report,
  'plan.register': register,
  'plan.correctDelivery': correctDelivery,
  'plan.confirmDelivery': confirmDelivery,
  'plan.rejectDelivery': rejectDelivery,
  'plan.acceptComplete': decides,
  'plan.confirmCheck': decides,
  'plan.resubmit': resubmit,
  'plan.file': decides,
  'plan.grantExtension': grantExtension,
  'inspection.schedule': schedule,
  'inspection.recordSite': recordSite,
  'inspection.objectTo': objectTo,
  'inspection.decideObjections': decideObjections,
  'inspection.submitRectification': submitRectification,
  'acceptance.apply': apply,
  'acceptance.reapply': apply,
  'acceptance.acceptApplication': decides,
  'acceptance.formTeam': formTeam,
  'acceptance.replaceMember': replaceMember,
  'acceptance.recordVisit': recordVisit,
  'acceptance.scoreItems': scoreItems,
  'acceptance.submitDraft': submitDraft,
  'acceptance.submitRectification': submitRectification,
  'acceptance.confirmRectification': confirmRectification,
  'matter.bring': bring,
  'matter.bringAgain': bringAgain,
  'matter.replaceParticipant': replaceParticipant,
  'matter.assent': decides,
  'matter.decline': decides,
  'matter.sendBackMatter': decides,
  'matter.castVote': decides,
  'programme.close': close,
  '*.addSigners': addSigners,
  '*.hold': hold,
  '*.confirmJump': confirmJump,
  '*.task.transfer': transfer,
  '*.task.delegate': delegate,
  '*.note.circulate': circulate,
};
