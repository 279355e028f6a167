import { z } from 'zod';

const text = z.string().min(1);
const both = z.strictObject({ zh: text, en: text });
const clause = z.string().regex(/^C-\d+\.\d+$/, 'a clause is written C-7.7');
const identifier = z.string().regex(/^[A-Za-zⅠⅡⅢ][\w.]*$|^[ⅠⅡⅢ]$/, 'an identifier begins with a letter');
const count = z.int().min(0);
const workdays = z.int().min(0).max(250);
const points = z.number().min(0).max(100).multipleOf(0.5);
const yearDay = z.strictObject({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) });
const named = z.strictObject({ id: identifier, name: both });
const namedByClause = named.extend({ clause });

/** A value with the clause it rests on, how it follows from it, and whether it is a sample (示例) of the city. */
const entry = <T extends z.ZodType>(value: T) => z.strictObject({ value, clause, basis: text, sample: z.boolean() });

const term = entry(z.strictObject({ count: workdays, unit: z.enum(['workday', 'day']) }));
const stepChains = z.record(z.string().regex(/^\w+\.\w+$/), z.array(z.string().regex(/^\w+(\.\w+)?$/)).min(1).max(5));
const checklist = z.array(
  z.strictObject({ id: identifier, name: both, dimension: identifier, kind: z.enum(['area', 'yesNo']), clause }),
);

const standards = z.strictObject({
  hall: entry(z.strictObject({ bands: z.array(z.strictObject({ upTo: count.nullable(), squareMetres: count })).min(1) })),
  center: entry(
    z.strictObject({
      classes: z
        .array(z.strictObject({ id: z.enum(['Ⅰ', 'Ⅱ', 'Ⅲ']), from: count, squareMetres: count, archiveSquareMetres: count }))
        .min(1),
    }),
  ),
  centerRooms: entry(z.array(z.enum(['receptionRoom', 'staffOffice', 'streetFront', 'groundFloor']))),
  boundaryPolicy: entry(z.enum(['higher', 'lower'])),
  archiveRoom: entry(z.enum(['inAddition', 'included'])),
  measuredArea: entry(z.enum(['usableIfBoth', 'gross'])),
  station: entry(z.strictObject({ squareMetres: count })),
  staffing: entry(z.strictObject({ communityStation: count, villagePoint: count })),
});

const scoring = z.strictObject({
  mode: entry(z.enum(['byItem', 'average', 'collective'])),
  sheet: entry(
    z.strictObject({
      id: identifier,
      title: both,
      dimensions: z.array(named).min(1),
      items: z.array(
        z.strictObject({
          id: identifier, dimension: identifier, department: identifier, points, clause,
          title: both, rule: both, method: both,
        }),
      ),
    }),
  ),
  selfScoreDifferenceLimit: entry(points),
  grades: entry(z.array(z.strictObject({ id: z.enum(['excellent', 'pass', 'fail']), name: both, from: points })).min(2)),
  /** `dimension`: the 到位 that is not in place where this was found; null where it is none of the six. */
  vetoes: entry(z.array(namedByClause.extend({ dimension: identifier.nullable() }))),
});

/** A share in whole numbers: two of three parts. */
const share = z.strictObject({ parts: z.int().min(1), of: z.int().min(1) });
const undecided = z.enum(['refused', 'back']);

/** Whose paper carries the plan to the office: the consent organ's (本级政府, in a zone 管委会), its office's, or the HRSS bureau's. */
const filer = z.enum(['government', 'governmentOffice', 'bureau']);

const documentKind = z.strictObject({
  name: both,
  issuerCode: z.string().regex(/^\p{Script=Han}+$/u).nullable(),
  retention: z.enum(['Y', 'D30', 'D10']),
  filedBy: z.enum(['office', 'unit']),
  numbered: z.boolean(),
});

/** The shape of a policy pack; `loadPack` adds what a shape cannot say. */
export const policyPackSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: text,
  name: both,
  city: z.string().regex(/^\d{6}$/),
  effectiveFrom: text,
  citation: z.strictObject({ issuer: text, title: text, number: text, date: text }),
  clauses: z.record(clause, text),
  deadlines: z.strictObject({ planFiling: entry(yearDay.extend({ roll: z.literal('none') })) }),
  windows: z.strictObject({
    inspection: entry(z.strictObject({ from: yearDay, to: yearDay })),
    planDrivenInspection: entry(z.strictObject({ from: yearDay, to: yearDay })),
  }),
  terms: z.record(z.string().regex(/^\w+\.\w+$/), term),
  timing: z.strictObject({
    reminderDays: entry(z.array(z.int().min(1)).min(1)),
    remindOnLastWorkday: entry(z.boolean()),
    reminderIntervalWorkdays: entry(workdays),
    escalateAfterWorkdays: entry(workdays),
    supervisionDraftAfterWorkdays: entry(workdays),
    noticeLeadWorkdays: entry(workdays),
    withdrawMinutes: entry(count),
  }),
  standards,
  limits: z.strictObject({
    areaSquareMetres: entry(count), moneyYuan: entry(count), population: entry(count), siteRows: entry(count),
  }),
  team: z.strictObject({
    minimum: entry(count), odd: entry(z.boolean()), minimumDepartments: entry(count),
    departments: entry(z.array(named)), inspectors: entry(count),
  }),
  chains: z.strictObject({
    default: entry(stepChains),
    units: entry(z.record(z.string().regex(/^\d{6}$/), stepChains)),
    skipVacantPosts: entry(z.boolean()),
  }),
  consent: z.strictObject({
    kinds: entry(z.array(named).min(1)),
    circleReadingCountsAsConsent: entry(z.boolean()),
    silenceCountsAsNoObjection: entry(z.boolean()),
    extensionBy: entry(z.array(text).min(1)),
    exemptionBy: entry(z.array(text).min(1)),
  }),
  filing: z.strictObject({ filer: entry(z.strictObject({ district: filer, zone: filer })) }),
  scoring,
  acceptance: z.strictObject({
    dissentPrinted: entry(z.boolean()),
    measurements: entry(z.int().min(1)),
    reconsiderations: entry(count),
    reviews: entry(count),
    constructionPapers: entry(z.array(named)),
  }),
  /** How several decide a matter together. */
  decisions: z.strictObject({
    ownProposal: entry(z.boolean()),
    mostParticipants: entry(z.int().min(1).max(30)),
    leastVoters: entry(z.int().min(2)),
    quorum: entry(share),
    majority: entry(share.extend({ strict: z.boolean(), among: z.enum(['entitled', 'voting', 'decided']) })),
    ballot: entry(z.enum(['named', 'secret'])),
    tie: entry(undecided),
    noQuorum: entry(undecided),
  }),
  documents: z.record(identifier, entry(documentKind)),
  archive: z.strictObject({
    office: entry(
      z.strictObject({ fonds: text, category: text, organisation: text, responsible: both }),
    ),
    archivingDay: entry(yearDay),
  }),
  forms: z.strictObject({
    planTypes: entry(z.array(named)),
    planSections: entry(z.array(namedByClause)),
    sitingFactors: entry(z.array(named)),
    planReferences: entry(z.array(namedByClause)),
    projectTypes: entry(z.array(named)),
    attachments: entry(z.array(named.extend({ required: z.boolean() }))),
  }),
  catalogues: z.strictObject({
    hallFunctions: entry(z.array(named)),
    centerFunctions: entry(z.array(named)),
    stationFunctions: entry(z.array(named)),
    regulations: entry(z.array(named)),
    fundCategories: entry(z.array(named)),
  }),
  inspection: z.strictObject({
    checklists: entry(z.strictObject({ hall: checklist, center: checklist, station: checklist })),
    severities: entry(z.array(named.extend({ blocksAcceptance: z.boolean() }))),
    basisKinds: entry(z.array(named)),
  }),
});
