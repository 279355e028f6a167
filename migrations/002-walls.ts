import type { Knex } from 'knex';

/**
 * The second wall. Every table is closed by row-level security under roles that own nothing; what a role may do at all is granted by name.
 * Settings (bound per transaction): app.city, app.scope (unit | city | system | auth), app.unit, app.person, app.door.
 * `app.door` is set by the door alone: inside it a unit's act may open or close the city's task of the same case, and the reverse.
 */
const SETTINGS = `
create function app_city() returns text language sql stable as $$ select current_setting('app.city', true) $$;
create function app_scope() returns text language sql stable as $$ select current_setting('app.scope', true) $$;
create function app_unit() returns text language sql stable as $$ select nullif(current_setting('app.unit', true), '') $$;
create function app_person() returns text language sql stable as $$ select nullif(current_setting('app.person', true), '') $$;
create function app_door() returns boolean language sql stable as $$ select coalesce(current_setting('app.door', true) = 'on', false) $$;
`;

// A setting is read once a statement, not once a row: hence each stands in a select of its own, whose value the planner also takes for what it is.
const own = `(select app_scope() in ('city','system')) or unit::text = (select app_unit())`;
const side = `(select app_scope() = 'system') or (side = 'unit' and unit::text = (select app_unit())) or (side = 'city' and (select app_scope() = 'city'))`;
const sideOrDoor = `${side} or ((select app_door()) and (${own}))`;
const sideOrReleased = `${side} or (released_at is not null and (${own}))`;
const seen = (column: string): string =>
  `(select app_scope() = 'system') or (unit::text = (select app_unit()) and ${column} in ('unit','both')) or ((select app_scope() = 'city') and ${column} in ('city','both'))`;
/** What a unit has not passed on of its own matters is not the city's, whatever table it stands in. */
const known = (passedOn: string): string => `(select app_scope() = 'system') or unit::text = (select app_unit()) or ((select app_scope() = 'city') and ${passedOn})`;
const signedIn = `(select app_scope() in ('unit','city','system'))`;
const cityOnly = `(select app_scope() in ('city','system'))`;

/** table → [who reads a row, who writes it]; both are joined with the row's city. */
const ROWS: Record<string, [read: string, write: string]> = {
  calendar_year: [signedIn, cityOnly],
  organisation: [`${signedIn} or (select app_scope() = 'auth')`, cityOnly],
  organisation_version: [`${signedIn} or (select app_scope() = 'auth')`, cityOnly],
  filing_unit: [`${signedIn} or (select app_scope() = 'auth')`, cityOnly],
  township: [signedIn, cityOnly],
  village: [signedIn, cityOnly],
  person: [`${signedIn} or (select app_scope() = 'auth')`, cityOnly],
  post: [`${signedIn} or (select app_scope() = 'auth')`, cityOnly],
  post_holding: [`${signedIn} or (select app_scope() = 'auth')`, cityOnly],
  account: [`(select app_scope() in ('auth','system'))`, `(select app_scope() in ('auth','system'))`],
  session: [`(select app_scope() in ('auth','system'))`, `(select app_scope() in ('auth','system'))`],
  api_token: [`(select app_scope() in ('auth','system'))`, `(select app_scope() in ('auth','system'))`],
  case_file: [known('(not confined or released)'), own],
  case_snapshot: [`(select app_scope() = 'system') or unit::text = (select app_unit()) or ((select app_scope() = 'city') and (side = 'city' or released)) or ((select app_door()) and (${own}))`, own],
  case_stage: [known('not confined'), own],
  case_link: [own, own],
  task: [sideOrDoor, own],
  term: [sideOrDoor, own],
  outbox: [`(select app_scope() = 'system') or ((select app_door()) and (${own}))`, own],
  command: [`(select app_scope() = 'system') or principal = (select app_person())`, `(select app_scope() = 'system') or principal = (select app_person())`],
  journal: [seen('visibility'), own],
  journal_payload: [seen('visibility'), own],
  audit_event: [`${cityOnly} or (select app_scope() = 'auth') or person::text = (select app_person())`, `${signedIn} or (select app_scope() = 'auth')`],
  case_section: [side, side],
  case_section_history: [side, side],
  content_version: [sideOrReleased, own],
  visit_place: [cityOnly, cityOnly],
  draft_opinion: [`person::text = (select app_person())`, `person::text = (select app_person())`],
  unsent_form: [`person::text = (select app_person())`, `person::text = (select app_person())`],
  attachment: [sideOrReleased, side],
  paper_act: [sideOrDoor, sideOrDoor],
  number_series: [cityOnly, cityOnly],
  number_allocation: [cityOnly, cityOnly],
  document: [seen('visible_to'), `(select app_scope() = 'system')`],
  archive_package: [side, `(select app_scope() = 'system')`],
  project: [own, `(select app_scope() = 'system')`],
  project_in_plan: [own, `(select app_scope() = 'system')`],
  incoming: [own, cityOnly],
  exception_entry: [`(select app_scope() = 'system') or ((select app_scope() = 'city') and not confined)`, own],
  circulation: [sideOrDoor, sideOrDoor],
  notice: [side, `(select app_scope() = 'system')`],
  notice_read: [`person::text = (select app_person())`, `person::text = (select app_person())`],
  read_grant: [`(select app_scope() = 'system') or person::text = (select app_person())`, `(select app_scope() = 'system')`],
};

const WEB_GRANTS = `
grant select on all tables in schema public to yanshou_web;
revoke all on outbox from yanshou_web;
grant select, insert, update, delete on outbox to yanshou_web;
grant insert, update on case_file, case_snapshot, case_stage, task, term, circulation, case_section, draft_opinion, unsent_form, visit_place, paper_act, account, session, api_token, rate_limit, content_version, incoming, number_series, number_allocation to yanshou_web;
grant insert, update (released_at) on attachment to yanshou_web;
grant insert on case_link, command, journal, journal_payload, audit_event, case_section_history, exception_entry, notice_read to yanshou_web;
grant delete on session, draft_opinion, unsent_form, rate_limit to yanshou_web;
grant update (clock_offset_ms) on installation to yanshou_web;
`;

const WORKER_GRANTS = `
grant select on all tables in schema public to yanshou_worker;
grant insert, update on case_file, case_snapshot, case_stage, task, term, outbox, content_version, attachment, number_series, number_allocation, project, incoming to yanshou_worker;
grant delete on outbox, project_in_plan to yanshou_worker;
grant insert, update on project_in_plan, paper_act, archive_package to yanshou_worker;
grant insert on case_link, command, journal, journal_payload, audit_event, exception_entry, document, notice, read_grant, calendar_year to yanshou_worker;
grant update (clock_offset_ms) on installation to yanshou_worker;
`;

/** A policy holds whoever reads the partitioned table; a partition read by its own name has none. */
const PARTITIONS_ARE_REACHED_THROUGH_THEIR_TABLE = `
do $$
declare
  v_partition regclass;
begin
  for v_partition in select i.inhrelid::regclass from pg_inherits i join pg_class c on c.oid = i.inhrelid where c.relkind = 'r' loop
    execute format('revoke all on %s from yanshou_web, yanshou_worker', v_partition);
  end loop;
end $$;
`;

const APPEND_ONLY = `
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'append-only table %', tg_table_name using errcode = 'YS001';
end $$;
create trigger journal_is_append_only before update or delete on journal for each row execute function refuse_change();
create trigger document_is_immutable before update or delete on document for each row execute function refuse_change();
create trigger audit_is_append_only before update or delete on audit_event for each row execute function refuse_change();

-- The chain covers hashes only, so any person who may see a case may have it checked without seeing hidden entries: of those only the
-- hashes and whether they hold are told.
create function journal_chain(p_case uuid, p_year int)
returns table (seq int, prev_hash text, hash text, fields text, holds boolean)
language sql stable security definer set search_path = public as $$
  select e.seq, e.prev_hash, e.hash, case when ${seen('e.visibility')} then e.fields end,
         e.hash = encode(sha256(convert_to(e.prev_hash || E'\\n' || e.fields, 'UTF8')), 'hex')
  from (
    select j.seq, j.prev_hash, j.hash, j.unit, j.visibility,
      concat_ws(E'\\n', j.city, j.case_id::text, j.seq::text, to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        coalesce(j.person::text, ''), coalesce(j.post::text, ''), coalesce(j.acting_for::text, ''), j.origin, j.command, j.state,
        j.chart, j.pack_hash, j.calendar_version, j.payload_hash) as fields
    from journal j
    where j.city = app_city() and j.year = p_year and j.case_id = p_case
      and exists (select 1 from case_file c where c.city = j.city and c.id = j.case_id
                  and (app_scope() = 'system' or (app_scope() = 'city' and (not c.confined or c.released)) or c.unit::text = app_unit()))
  ) e
  order by e.seq
$$;
revoke all on function journal_chain(uuid, int) from public;
grant execute on function journal_chain(uuid, int) to yanshou_web, yanshou_worker;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(SETTINGS);
  await knex.raw(APPEND_ONLY);
  for (const [table, [read, write]] of Object.entries(ROWS)) {
    await knex.raw(`alter table ${table} enable row level security`);
    await knex.raw(`create policy reads on ${table} for select using (city = (select app_city()) and (${read}))`);
    await knex.raw(`create policy inserts on ${table} for insert with check (city = (select app_city()) and (${write}))`);
    await knex.raw(`create policy updates on ${table} for update using (city = (select app_city()) and (${write})) with check (city = (select app_city()) and (${write}))`);
    await knex.raw(`create policy deletes on ${table} for delete using (city = (select app_city()) and (${write}))`);
  }
  await knex.raw('alter table installation enable row level security');
  await knex.raw('create policy reads on installation for select using (true)');
  await knex.raw(`create policy clock on installation for update using (mode = 'demonstration') with check (mode = 'demonstration')`);
  await knex.raw('alter table city enable row level security');
  await knex.raw('create policy reads on city for select using (true)');
  await knex.raw(WEB_GRANTS);
  await knex.raw(WORKER_GRANTS);
  await knex.raw(PARTITIONS_ARE_REACHED_THROUGH_THEIR_TABLE);
}
