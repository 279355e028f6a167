import type { Knex } from 'knex';

/**
 * People and their posts over time: deputies for some days, absences, hand-overs of everything a person carries; alarms that were raised and what
 * two watchers did about them. Written under the system's hand alone: who may arrange what is judged before, and read back from the audit trail.
 */
const TABLES = `
alter table account add column last_day date;

alter table post_holding add column id uuid not null default gen_random_uuid();
alter table post_holding add column stands_for uuid;
alter table post_holding add column why text;
alter table post_holding add column arranged_by uuid;
alter table post_holding add column ended_by uuid;
alter table post_holding add column ended_why text;
alter table post_holding add constraint deputies_stand_for_somebody check (standing = 'B' or stands_for is null);
create unique index post_holding_by_id on post_holding (city, id);

-- A notice to one person, about no case.
alter table notice alter column case_id drop not null;
alter table notice alter column unit drop not null;
alter table notice add column person uuid;

create table absence (
  city text not null,
  id uuid not null,
  person uuid not null,
  first_day date not null,
  last_day date not null,
  why text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (city, id),
  foreign key (city, person) references person (city, id),
  check (first_day <= last_day)
);
create index absence_by_person on absence (city, person);

create table hand_over (
  city text not null,
  id uuid not null,
  person uuid not null,
  -- The first day on which others carry what the person carried.
  day date not null,
  kind text not null check (kind in ('leaves','moves')),
  reason text not null,
  ordered_by uuid not null,
  ordered_at timestamptz not null,
  key text not null,
  done_at timestamptz,
  primary key (city, id),
  unique (city, ordered_by, key),
  foreign key (city, person) references person (city, id),
  check (person <> ordered_by)
);
create unique index one_hand_over_at_a_time on hand_over (city, person) where done_at is null;
create table hand_over_line (
  city text not null,
  hand_over uuid not null,
  -- Names what is handed over: a post, a task, a case. The same thing stands on the list once.
  item text not null,
  position int not null,
  kind text not null check (kind in ('post','new-post','deputy','claim','task','opinion','signer','compare','team','drafts')),
  case_id uuid,
  what jsonb not null,
  follower uuid,
  outcome text check (outcome in ('moved','vacant','ended','freed','gone','follows','stays')),
  primary key (city, hand_over, item),
  foreign key (city, hand_over) references hand_over (city, id)
);

create table alarm (
  city text not null,
  id uuid not null,
  kind text not null check (kind in ('ownerless','parked','stuck','timer','broken')),
  -- What it is about: the task, effect, term or case.
  item text not null,
  case_id uuid not null,
  about text not null,
  detail jsonb not null,
  since timestamptz not null,
  raised_at timestamptz not null,
  cleared_at timestamptz,
  primary key (city, id)
);
create unique index one_open_alarm on alarm (city, kind, item) where cleared_at is null;
create table repair (
  city text not null,
  id uuid not null,
  kind text not null,
  item text not null,
  case_id uuid not null,
  action text not null check (action in ('retry','giveUp','release','fire','transfer','appoint','rewrite')),
  target uuid,
  reason text not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  refused_why text,
  done_at timestamptz,
  primary key (city, id),
  -- Whoever proposes a repair is never who confirms it.
  check (confirmed_by is null or confirmed_by <> proposed_by)
);
create unique index one_open_repair on repair (city, kind, item) where done_at is null;
create table sweep (
  city text primary key references city,
  moved_until timestamptz not null,
  walked_to uuid not null
);
`;

/** Why somebody is away or leaves, and what stands still behind whose wall, is nobody's to read past those who arrange it. */
const SYSTEM_ONLY = `(select app_scope() = 'system')`;
const OURS = ['absence', 'hand_over', 'hand_over_line', 'alarm', 'repair', 'sweep'];

const GRANTS = `
grant select on absence, hand_over, hand_over_line, alarm, repair, sweep to yanshou_web, yanshou_worker;
grant insert, update on hand_over, hand_over_line, alarm, repair, sweep, post_holding to yanshou_worker;
grant insert, update (last_day) on absence to yanshou_worker;
grant update (last_day) on account to yanshou_worker;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
  for (const table of OURS) {
    await knex.raw(`alter table ${table} enable row level security`);
    await knex.raw(`create policy reads on ${table} for select using (city = (select app_city()) and ${SYSTEM_ONLY})`);
    await knex.raw(`create policy inserts on ${table} for insert with check (city = (select app_city()) and ${SYSTEM_ONLY})`);
    await knex.raw(`create policy updates on ${table} for update using (city = (select app_city()) and ${SYSTEM_ONLY}) with check (city = (select app_city()) and ${SYSTEM_ONLY})`);
  }
  await knex.raw(GRANTS);
}
