import type { Knex } from 'knex';

/**
 * The core: organisations and people, cases and their journal, tasks, terms, outbox, content, documents.
 * `city` leads every key so the schema can be distributed by city; `year` (programme year) is part of a case's identity and partitions the journal.
 * Row-level policies compare only columns of their own row (a sub-query on the parent would refuse the opening of a case in one statement).
 */
const TABLES = `
create table installation (
  only_row boolean primary key default true check (only_row),
  mode text not null check (mode in ('demonstration','production')),
  clock_offset_ms bigint not null default 0,
  schema_digest text not null,
  created_at timestamptz not null default now()
);

create table city (
  city text primary key,
  name text not null,
  name_en text not null,
  pack text not null
);

create table calendar_year (
  city text not null references city,
  year int not null,
  version int not null,
  holidays jsonb not null,
  workdays jsonb not null,
  source text not null,
  imported_at timestamptz not null,
  primary key (city, year, version)
);

create table organisation (
  city text not null references city,
  id uuid not null,
  kind text not null,
  department text,
  unit uuid,
  primary key (city, id)
);
create table organisation_version (
  city text not null,
  org uuid not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  short_name text not null,
  code text,
  parent uuid,
  primary key (city, org, valid_from),
  foreign key (city, org) references organisation (city, id)
);
create table filing_unit (
  city text not null,
  id uuid not null,
  year int not null,
  position int not null,
  name text not null,
  code text not null,
  kind text not null check (kind in ('district','zone')),
  host uuid,
  hrss_org uuid not null,
  consent_org uuid not null,
  consent_kind text not null check (consent_kind in ('government','committee','host')),
  population int not null,
  population_source text not null,
  population_sample boolean not null,
  population_deducted int not null default 0,
  primary key (city, year, id)
);
create table township (
  city text not null,
  year int not null,
  code text not null,
  unit uuid not null,
  name text not null,
  kind text not null,
  population int not null,
  population_source text not null,
  population_sample boolean not null,
  primary key (city, year, code)
);
create table village (
  city text not null,
  year int not null,
  code text not null,
  township text not null,
  unit uuid not null,
  name text not null,
  kind text not null check (kind in ('community','village')),
  primary key (city, year, code)
);

create table person (
  city text not null references city,
  id uuid not null,
  name text not null,
  invented boolean not null default false,
  primary key (city, id)
);
create table post (
  city text not null,
  id uuid not null,
  org uuid not null,
  role text not null,
  name text not null,
  name_en text not null,
  unit uuid,
  primary key (city, id),
  foreign key (city, org) references organisation (city, id)
);
create index post_by_role on post (city, org, role);
create table post_holding (
  city text not null,
  post uuid not null,
  person uuid not null,
  standing text not null default 'A' check (standing in ('A','B')),
  valid_from date not null,
  valid_to date,
  primary key (city, post, person, valid_from),
  foreign key (city, post) references post (city, id),
  foreign key (city, person) references person (city, id)
);
create index post_holding_by_person on post_holding (city, person);

create table account (
  city text not null,
  id uuid not null,
  login text not null,
  person uuid not null,
  password_hash text not null,
  failed_attempts int not null default 0,
  locked_until timestamptz,
  disabled boolean not null default false,
  primary key (city, id),
  unique (city, login),
  foreign key (city, person) references person (city, id)
);
create table session (
  city text not null,
  token_hash text not null,
  id uuid not null,
  account uuid not null,
  csrf text not null,
  seal_key bytea not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (city, token_hash),
  unique (city, id),
  foreign key (city, account) references account (city, id)
);
create table api_token (
  city text not null,
  id uuid not null,
  token_hash text not null unique,
  person uuid not null,
  label text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (city, id),
  foreign key (city, person) references person (city, id)
);
create table rate_limit (
  key text primary key,
  window_start timestamptz not null,
  hits int not null
);

create table case_file (
  city text not null references city,
  id uuid not null,
  year int not null,
  workflow text not null,
  chart_version int not null,
  pack text not null,
  pack_hash text not null,
  unit uuid not null,
  side text not null check (side in ('unit','city')),
  case_number text not null,
  title text not null,
  stage text not null,
  completeness int not null default 0 check (completeness between 0 and 100),
  released boolean not null default false,
  -- One live case of its workflow, unit and year, as the workflow says; matters come as they come.
  single boolean not null default true,
  -- Known to its own unit alone until it is released: the city does not even see that it is there.
  confined boolean not null default false,
  final boolean not null default false,
  outcome text,
  version int not null,
  head_hash text not null,
  opened_at timestamptz not null,
  moved_at timestamptz not null,
  closed_at timestamptz,
  primary key (city, id),
  unique (city, case_number)
);
create unique index one_live_case on case_file (city, workflow, unit, year) where single and not final;
create index case_by_year on case_file (city, year, workflow, unit);

create table case_snapshot (
  city text not null,
  id uuid not null,
  year int not null,
  unit uuid not null,
  side text not null,
  released boolean not null,
  snapshot text not null,
  primary key (city, id),
  foreign key (city, id) references case_file (city, id)
);

create table case_stage (
  city text not null,
  case_id uuid not null,
  year int not null,
  unit uuid not null,
  seq int not null,
  stage text not null,
  entered_at timestamptz not null,
  left_at timestamptz,
  confined boolean not null default false,
  primary key (city, case_id, stage, seq),
  foreign key (city, case_id) references case_file (city, id)
);

create table case_link (
  city text not null,
  parent uuid not null,
  child uuid not null,
  unit uuid not null,
  kind text not null,
  primary key (city, parent, child)
);

create table task (
  city text not null,
  id uuid not null,
  year int not null,
  case_id uuid not null,
  unit uuid not null,
  side text not null check (side in ('unit','city')),
  key text not null,
  kind text not null check (kind in ('duty','compare','opinion')),
  state text not null,
  role text not null,
  org uuid not null,
  post uuid,
  person uuid,
  subject jsonb,
  commands text[] not null,
  term_key text,
  due_at timestamptz,
  status text not null check (status in ('open','done','cancelled')),
  opened_at timestamptz not null,
  signed_for_at timestamptz,
  signed_for_by uuid,
  urged_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  closed_post uuid,
  closed_command text,
  primary key (city, id),
  foreign key (city, case_id) references case_file (city, id)
);
create unique index one_open_task on task (city, case_id, key) where status = 'open';
create index open_inbox on task (city, org, role, due_at, id) where status = 'open';
create index done_by on task (city, closed_by, closed_at desc) where status = 'done';

create table term (
  city text not null,
  case_id uuid not null,
  key text not null,
  year int not null,
  unit uuid not null,
  side text not null,
  term text not null,
  entry int not null,
  status text not null check (status in ('armed','paused','fired','cancelled')),
  started_at timestamptz not null,
  budget_workdays int,
  used_workdays int not null default 0,
  paused_at timestamptz,
  due_at timestamptz,
  next_rung int,
  next_reminder_at timestamptz,
  calendar_version text not null,
  provisional boolean not null default false,
  primary key (city, case_id, key),
  foreign key (city, case_id) references case_file (city, id)
);
create index term_due on term (due_at) where status = 'armed';
create index term_reminder on term (next_reminder_at) where status = 'armed' and next_reminder_at is not null;

create table outbox (
  city text not null,
  id uuid not null,
  year int not null,
  case_id uuid not null,
  unit uuid not null,
  key text not null,
  seq int not null,
  effect text not null,
  params jsonb not null,
  run_after timestamptz not null,
  leased_until timestamptz,
  attempts int not null default 0,
  parked_at timestamptz,
  last_error text,
  primary key (city, id),
  unique (city, key)
);
create index outbox_ready on outbox (run_after, id) where parked_at is null;

create table command (
  city text not null,
  principal text not null,
  key text not null,
  request_hash text not null,
  case_id uuid not null,
  outcome jsonb not null,
  at timestamptz not null,
  primary key (city, principal, key)
);

create table journal (
  city text not null,
  year int not null,
  case_id uuid not null,
  seq int not null,
  unit uuid not null,
  visibility text not null check (visibility in ('unit','city','both')),
  at timestamptz not null,
  person uuid,
  post uuid,
  acting_for uuid,
  origin text not null check (origin in ('system','paper','backfill')),
  command text not null,
  state text not null,
  chart text not null,
  pack_hash text not null,
  calendar_version text not null,
  payload_hash text not null,
  prev_hash text not null,
  hash text not null,
  primary key (city, year, case_id, seq)
) partition by range (year);
create table journal_payload (
  city text not null,
  year int not null,
  case_id uuid not null,
  seq int not null,
  unit uuid not null,
  visibility text not null,
  body text not null,
  primary key (city, year, case_id, seq)
) partition by range (year);

create table audit_event (
  city text not null,
  id uuid not null,
  day date not null,
  seq int not null,
  at timestamptz not null,
  person uuid,
  action text not null,
  subject text not null,
  detail text not null,
  prev_hash text not null,
  hash text not null,
  primary key (city, day, seq)
);

create table case_section (
  city text not null,
  case_id uuid not null,
  year int not null,
  unit uuid not null,
  side text not null check (side in ('unit','city')),
  name text not null,
  body jsonb not null,
  revision int not null,
  edited_by uuid not null,
  edited_at timestamptz not null,
  primary key (city, case_id, name),
  foreign key (city, case_id) references case_file (city, id)
);
create table case_section_history (
  city text not null,
  case_id uuid not null,
  year int not null,
  unit uuid not null,
  side text not null,
  name text not null,
  revision int not null,
  body jsonb not null,
  edited_by uuid not null,
  edited_at timestamptz not null,
  primary key (city, case_id, name, revision)
);
create table content_version (
  city text not null,
  case_id uuid not null,
  hash text not null,
  year int not null,
  unit uuid not null,
  side text not null,
  ordinal int not null,
  body text not null,
  frozen_at timestamptz not null,
  released_at timestamptz,
  primary key (city, case_id, hash)
);
create table draft_opinion (
  city text not null,
  task_id uuid not null,
  person uuid not null,
  body jsonb not null,
  saved_at timestamptz not null,
  primary key (city, task_id, person)
);
-- What a person had written in a form without a task of its own when the session ended, under the address of the form.
create table unsent_form (
  city text not null,
  person uuid not null,
  address text not null,
  body jsonb not null,
  kept_at timestamptz not null,
  primary key (city, person, address)
);

-- What a team has typed of each platform of a visit before the whole record is handed in: one draft for all of its members.
create table visit_place (
  city text not null,
  case_id uuid not null,
  place text not null,
  year int not null,
  unit uuid not null,
  body jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (city, case_id, place)
);

create table attachment (
  city text not null,
  id uuid not null,
  case_id uuid not null,
  year int not null,
  unit uuid not null,
  side text not null check (side in ('unit','city')),
  purpose text not null,
  name text not null,
  media_type text not null,
  size int not null,
  sha256 text not null,
  declared_unclassified boolean not null,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null,
  released_at timestamptz,
  isolated_at timestamptz,
  isolated_by uuid,
  isolated_why text,
  disposal text check (disposal in ('remove','restore')),
  disposal_why text,
  disposal_proposed_by uuid,
  disposal_proposed_at timestamptz,
  removed_at timestamptz,
  removed_by uuid,
  primary key (city, id),
  foreign key (city, case_id) references case_file (city, id),
  check (num_nonnulls(isolated_at, isolated_by, isolated_why) in (0, 3)),
  check (num_nonnulls(disposal, disposal_why, disposal_proposed_by, disposal_proposed_at) in (0, 4) and (disposal is null or isolated_at is not null)),
  -- Whoever proposes that content goes is never who has it removed.
  check (num_nonnulls(removed_at, removed_by) in (0, 2) and (removed_at is null or (disposal = 'remove' and removed_by <> disposal_proposed_by)))
);
create index attachment_by_case on attachment (city, case_id);
create index attachment_by_content on attachment (city, sha256);

create table paper_act (
  city text not null,
  id uuid not null,
  case_id uuid not null,
  year int not null,
  unit uuid not null,
  side text not null,
  task_id uuid not null,
  command text not null,
  fields jsonb not null,
  signatory_name text not null,
  signatory_post text not null,
  wording text not null,
  kind text not null check (kind in ('agree','disagree','instruct','circled','read')),
  paper_date date not null,
  scan uuid,
  kept_at text not null,
  registered_by uuid not null,
  registered_at timestamptz not null,
  compared_by uuid,
  compared_at timestamptz,
  mismatches jsonb,
  status text not null check (status in ('registered','compared','sent-back','cancelled')),
  primary key (city, id)
);
create index paper_act_by_case on paper_act (city, case_id);

create table number_series (
  city text not null,
  issuer_code text not null,
  year int not null,
  last_number int not null,
  primary key (city, issuer_code, year)
);
create table number_allocation (
  city text not null,
  document_id uuid not null,
  issuer_code text not null,
  year int not null,
  number int not null,
  allocated_at timestamptz not null,
  voided_at timestamptz,
  voided_reason text,
  primary key (city, document_id),
  unique (city, issuer_code, year, number)
);
create table document (
  city text not null,
  id uuid not null,
  case_id uuid not null,
  year int not null,
  unit uuid not null,
  side text not null,
  kind text not null,
  title text not null,
  number text,
  dated date not null,
  delivered_at timestamptz,
  registered_at timestamptz,
  entered_at timestamptz not null,
  filing_org text not null,
  retention text not null,
  sha256 text not null,
  size int not null,
  pages int not null,
  facts_hash text not null,
  verify_code text not null unique,
  supersedes uuid,
  visible_to text not null check (visible_to in ('unit','city','both')),
  primary key (city, id),
  foreign key (city, case_id) references case_file (city, id)
);
create index document_by_case on document (city, case_id);

create table archive_package (
  city text not null,
  case_id uuid not null,
  side text not null check (side in ('unit','city')),
  year int not null,
  unit uuid not null,
  sha256 text not null,
  size int not null,
  built_at timestamptz not null,
  retention text not null,
  filing_org text not null,
  archival_status text not null check (archival_status in ('pre-archived','arranged','transferred')),
  head_hash text not null,
  -- A file of the case has been isolated or given back since: it is made anew and handed to nobody meanwhile.
  stale boolean not null default false,
  primary key (city, case_id, side)
);

create table project (
  city text not null,
  id uuid not null,
  unit uuid not null,
  tier text not null check (tier in ('hall','center','station')),
  place_code text not null,
  name text not null,
  opened_year int not null,
  accepted_case uuid,
  dropped_case uuid,
  primary key (city, id)
);
create unique index one_open_project on project (city, tier, place_code) where accepted_case is null and dropped_case is null;
create table project_in_plan (
  city text not null,
  project uuid not null,
  case_id uuid not null,
  year int not null,
  unit uuid not null,
  kind text not null check (kind in ('new','continued','carried','moved-out')),
  type text not null check (type in ('new','renovateExpand','relocateRebuild','existingCompliant')),
  area int not null,
  archive_area int,
  planned_finish date,
  primary key (city, project, case_id),
  foreign key (city, project) references project (city, id)
);

create table incoming (
  city text not null,
  id uuid not null,
  year int not null,
  unit uuid not null,
  case_id uuid not null,
  number int not null,
  their_number text not null,
  title text not null,
  channel text not null check (channel in ('system','exchange','paper','confidential')),
  dated date not null,
  delivered_at timestamptz not null,
  delivery_evidence text,
  evidence_attachment uuid,
  registered_at timestamptz not null,
  entered_at timestamptz not null,
  registered_by uuid not null,
  corrected_from jsonb,
  primary key (city, id),
  unique (city, year, number)
);

create table exception_entry (
  city text not null,
  id uuid not null,
  year int not null,
  unit uuid not null,
  case_id uuid not null,
  kind text not null,
  words text not null,
  at timestamptz not null,
  person uuid,
  -- Who decided it, where that was on paper; person then compared it.
  signatory text,
  confined boolean not null default false,
  primary key (city, id)
);

create table notice (
  city text not null,
  id uuid not null,
  year int not null,
  unit uuid not null,
  side text not null,
  case_id uuid not null,
  org uuid not null,
  role text not null,
  template text not null,
  params jsonb not null,
  at timestamptz not null,
  primary key (city, id)
);
create table notice_read (
  city text not null,
  notice uuid not null,
  person uuid not null,
  at timestamptz not null,
  primary key (city, notice, person)
);
create table circulation (
  city text not null,
  id uuid not null,
  year int not null,
  case_id uuid not null,
  unit uuid not null,
  side text not null check (side in ('unit','city')),
  org uuid not null,
  role text not null,
  post uuid not null,
  note text not null,
  sent_by uuid not null,
  sent_at timestamptz not null,
  read_by uuid,
  read_at timestamptz,
  primary key (city, id),
  foreign key (city, case_id) references case_file (city, id)
);
create index circulation_by_post on circulation (city, post, sent_at desc);
create index circulation_by_case on circulation (city, case_id);

create table read_grant (
  city text not null,
  case_id uuid not null,
  person uuid not null,
  granted_at timestamptz not null,
  primary key (city, case_id, person)
);
`;

const FIRST_YEAR = 2000;
const LAST_YEAR = 2060;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
  for (const table of ['journal', 'journal_payload']) {
    for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
      await knex.raw(`create table ${table}_${year} partition of ${table} for values from (${year}) to (${year + 1})`);
    }
    await knex.raw(`create table ${table}_other partition of ${table} default`);
  }
}
