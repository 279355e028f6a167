import type { Knex } from 'knex';

/**
 * Versions of charts: under which one a city opens new cases, and what a case was before it was led from one to another.
 * `door_migrate` writes such a step through the door and, in the same transaction, gives tasks, terms and stages their names in the other
 * version. What it changes is read and kept after the case is locked, so that the way back restores these very rows.
 */
const TABLES = `
-- Said by an administrator with a reason; what was said later for the same day counts. Nothing is taken back, another day is named.
create table opening_order (
  city text not null references city,
  workflow text not null,
  from_day date not null,
  version int not null check (version > 0),
  reason text not null,
  ordered_by uuid not null,
  ordered_at timestamptz not null,
  primary key (city, workflow, from_day, ordered_at),
  foreign key (city, ordered_by) references person (city, id)
);

create table case_migration (
  city text not null,
  case_id uuid not null,
  seq int not null,
  year int not null,
  unit uuid not null,
  from_version int not null,
  to_version int not null,
  snapshot text not null,
  tasks jsonb not null,
  terms jsonb not null,
  stages jsonb not null,
  at timestamptz not null,
  primary key (city, case_id, seq),
  foreign key (city, case_id) references case_file (city, id)
);
`;

const WALLS = `
alter table opening_order enable row level security;
create policy reads on opening_order for select using (city = (select app_city()) and (select app_scope() in ('unit','city','system','auth')));
create policy inserts on opening_order for insert with check (city = (select app_city()) and (select app_scope() = 'auth'));
grant select, insert on opening_order to yanshou_web;
grant select on opening_order to yanshou_worker;

-- It holds what a unit has not sent in yet: nobody reads it but the system.
alter table case_migration enable row level security;
create policy reads on case_migration for select using (city = (select app_city()) and (select app_scope() = 'system'));
create policy inserts on case_migration for insert with check (city = (select app_city()) and (select app_scope() = 'system'));
grant select on case_migration to yanshou_web;
grant select, insert on case_migration to yanshou_worker;

create trigger opening_order_is_append_only before update or delete on opening_order for each row execute function refuse_change();
create trigger case_migration_is_append_only before update or delete on case_migration for each row execute function refuse_change();
`;

const DOOR_MIGRATE = `
create function door_migrate(p jsonb, w jsonb, p_snapshot text, p_payload text, m jsonb) returns jsonb language plpgsql security invoker as $$
declare
  v_city text := p->>'city';
  v_case uuid := (w->>'id')::uuid;
  v_result jsonb;
begin
  perform set_config('app.city', v_city, true), set_config('app.scope', p->>'scope', true), set_config('app.unit', '', true),
          set_config('app.person', p->>'role', true), set_config('app.door', 'on', true);
  perform 1 from case_file where city = v_city and id = v_case and version = (w->>'expected')::int for update;
  if not found then return door_passed(v_city, w->'command'); end if;

  if m ? 'kept' then
    insert into case_migration (city, case_id, seq, year, unit, from_version, to_version, snapshot, tasks, terms, stages, at)
    select v_city, v_case, (w->>'version')::int, f.year, f.unit, f.chart_version, (m->>'version')::int, s.snapshot,
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'key', t.key, 'state', t.state, 'subject', t.subject, 'commands', t.commands, 'termKey', t.term_key) order by t.id), '[]')
         from task t where t.city = v_city and t.id = any (array(select jsonb_array_elements_text(m->'kept')::uuid)) and t.case_id = v_case),
      (select coalesce(jsonb_agg(jsonb_build_object('key', t.key) order by t.key), '[]') from term t where t.city = v_city and t.case_id = v_case),
      (select coalesce(jsonb_agg(jsonb_build_object('seq', g.seq, 'stage', g.stage) order by g.seq, g.stage), '[]') from case_stage g where g.city = v_city and g.case_id = v_case),
      (w->>'at')::timestamptz
      from case_file f join case_snapshot s on s.city = f.city and s.id = f.id where f.city = v_city and f.id = v_case;
  end if;

  -- Names first: what the step opens, closes or arms is called as in the other version.
  update task t set key = x.key, state = x.state, subject = x.subject, commands = x.commands, term_key = x."termKey"
    from jsonb_to_recordset(m->'tasks') as x(id uuid, key text, state text, subject jsonb, commands text[], "termKey" text)
   where t.city = v_city and t.case_id = v_case and t.id = x.id;
  update term t set key = x."to", term = x."to" from jsonb_to_recordset(m->'terms') as x("from" text, "to" text)
   where t.city = v_city and t.case_id = v_case and t.key = x."from";
  update case_stage g set stage = x."to" from jsonb_to_recordset(m->'stages') as x(seq int, "from" text, "to" text)
   where g.city = v_city and g.case_id = v_case and g.seq = x.seq and g.stage = x."from";

  v_result := door(p, w, p_snapshot, p_payload);
  -- Nobody can have been faster, the case is locked: what the door refuses now undoes the names too.
  if v_result->>'status' <> 'done' then raise exception 'a locked case was refused: %', v_result using errcode = 'YS003'; end if;
  update case_file set chart_version = (m->>'version')::int where city = v_city and id = v_case;
  return v_result;
end $$;
revoke all on function door_migrate(jsonb, jsonb, text, text, jsonb) from public;
grant execute on function door_migrate(jsonb, jsonb, text, text, jsonb) to yanshou_worker;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
  await knex.raw(WALLS);
  await knex.raw(DOOR_MIGRATE.replaceAll('?', '\\?'));
}
