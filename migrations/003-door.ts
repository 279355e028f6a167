import type { Knex } from 'knex';

/**
 * The door: one function writes everything one step of a case changes, in one transaction, or nothing.
 * SECURITY INVOKER, so row-level security holds inside it. The principal is bound before any row is touched (bound in the same
 * statement it would come too late). The guarded update comes before every other write: a lost race leaves no trace. Snapshot and payload
 * are texts of their own: inside the JSON of the write they would be escaped and read twice.
 * Returns {status: done | stale | duplicate | key-reused, outcome?}.
 */
const DOOR = `
create function door(p jsonb, w jsonb, p_snapshot text, p_payload text) returns jsonb language plpgsql security invoker as $$
declare
  v_city text := p->>'city';
  v_case uuid := (w->>'id')::uuid;
  v_year int := (w->>'year')::int;
  v_unit uuid := (w->>'unit')::uuid;
  v_at timestamptz := (w->>'at')::timestamptz;
  v_version int := (w->>'version')::int;
  c jsonb := w->'case';
  j jsonb := w->'journal';
  k jsonb := w->'command';
  v_known jsonb;
  v_confined boolean;
begin
  perform set_config('app.city', v_city, true), set_config('app.scope', p->>'scope', true),
          set_config('app.unit', coalesce(p->>'unit', ''), true), set_config('app.person', coalesce(p->>'person', p->>'role'), true),
          set_config('app.door', 'on', true);

  if (w->>'expected')::int = 0 then
    -- The case an earlier opening led to may have ended: nothing would then stand in the way of a second one.
    v_known := door_passed(v_city, k);
    if v_known->>'status' <> 'stale' then return v_known; end if;
    insert into case_file (city, id, year, workflow, chart_version, pack, pack_hash, unit, side, case_number, title, stage, completeness,
                           released, single, confined, final, outcome, version, head_hash, opened_at, moved_at, closed_at)
    values (v_city, v_case, v_year, c->>'workflow', (c->>'chartVersion')::int, c->>'pack', c->>'packHash', v_unit, c->>'side', c->>'caseNumber',
            c->>'title', c->>'stage', 0, (c->>'released')::boolean, (c->>'single')::boolean, (c->>'confined')::boolean, (c->>'final')::boolean, c->>'outcome', v_version,
            w->>'headHash', v_at, v_at, case when (c->>'final')::boolean then v_at end)
    on conflict do nothing returning confined and not released into v_confined;
    if not found then return door_passed(v_city, k); end if;
    insert into case_snapshot (city, id, year, unit, side, released, snapshot)
    values (v_city, v_case, v_year, v_unit, c->>'side', (c->>'shown')::boolean, p_snapshot);
  else
    update case_file set stage = c->>'stage', completeness = coalesce((c->>'completeness')::int, completeness),
           released = (c->>'released')::boolean, final = (c->>'final')::boolean, outcome = c->>'outcome',
           version = v_version, head_hash = w->>'headHash', moved_at = v_at,
           closed_at = case when (c->>'final')::boolean then v_at end
     where city = v_city and id = v_case and version = (w->>'expected')::int returning confined and not released into v_confined;
    if not found then return door_passed(v_city, k); end if;
    update case_snapshot set snapshot = p_snapshot, released = (c->>'shown')::boolean where city = v_city and id = v_case;
  end if;

  insert into journal (city, year, case_id, seq, unit, visibility, at, person, post, acting_for, origin, command, state, chart, pack_hash,
                       calendar_version, payload_hash, prev_hash, hash)
  values (v_city, v_year, v_case, v_version, v_unit, j->>'visibility', v_at, (j->>'person')::uuid, (j->>'post')::uuid, (j->>'actingFor')::uuid,
          j->>'origin', j->>'command', j->>'state', j->>'chart', j->>'packHash', j->>'calendarVersion', j->>'payloadHash', j->>'prevHash', j->>'hash');
  insert into journal_payload (city, year, case_id, seq, unit, visibility, body)
  values (v_city, v_year, v_case, v_version, v_unit, coalesce(j->>'payloadVisibility', j->>'visibility'), p_payload);

  if w ? 'stagesLeft' then
    update case_stage set left_at = v_at where city = v_city and case_id = v_case and left_at is null and w->'stagesLeft' ? stage;
  end if;
  if w ? 'stagesEntered' then
    insert into case_stage (city, case_id, year, unit, seq, stage, entered_at, confined)
    select v_city, v_case, v_year, v_unit, v_version, s, v_at, v_confined from jsonb_array_elements_text(w->'stagesEntered') s;
  end if;

  if w ? 'tasksClosed' then
    update task set status = w->'tasksClosed'->>id::text, closed_at = v_at, closed_by = (j->>'person')::uuid, closed_post = (j->>'post')::uuid, closed_command = j->>'command'
     where city = v_city and case_id = v_case and status = 'open' and w->'tasksClosed' ? id::text;
  end if;
  if w ? 'tasksSignedFor' then
    update task t set signed_for_at = v_at, signed_for_by = x.by
      from jsonb_to_recordset(w->'tasksSignedFor') as x(id uuid, "by" uuid)
     where t.city = v_city and t.id = x.id and t.status = 'open' and t.signed_for_at is null;
  end if;
  if w ? 'tasksOpened' then
    insert into task (city, id, year, case_id, unit, side, key, kind, state, role, org, post, subject, commands, term_key, due_at, status, opened_at)
    select v_city, x.id, v_year, v_case, v_unit, x.side, x.key, x.kind, x.state, x.role, x.org, x.post, x.subject,
           x.commands, x."termKey", x."dueAt", 'open', v_at
      from jsonb_to_recordset(w->'tasksOpened') as x(id uuid, side text, key text, kind text, state text, role text, org uuid, post uuid,
           subject jsonb, commands text[], "termKey" text, "dueAt" timestamptz);
  end if;

  -- Cancel and arm of one key arrive folded into one row: delete and insert of one key in a statement would collide.
  if w ? 'terms' then
    insert into term (city, case_id, key, year, unit, side, term, entry, status, started_at, budget_workdays, used_workdays, paused_at, due_at,
                      next_rung, next_reminder_at, calendar_version, provisional)
    select v_city, v_case, x.key, v_year, v_unit, x.side, x.term, x.entry, x.status, x."startedAt", x."budgetWorkdays", x."usedWorkdays",
           x."pausedAt", x."dueAt", x."nextRung", x."nextReminderAt", x."calendarVersion", x.provisional
      from jsonb_to_recordset(w->'terms') as x(key text, side text, term text, entry int, status text, "startedAt" timestamptz,
           "budgetWorkdays" int, "usedWorkdays" int, "pausedAt" timestamptz, "dueAt" timestamptz, "nextRung" int,
           "nextReminderAt" timestamptz, "calendarVersion" text, provisional boolean)
    on conflict (city, case_id, key) do update set
      term = excluded.term, entry = excluded.entry, status = excluded.status, started_at = excluded.started_at,
      budget_workdays = excluded.budget_workdays, used_workdays = excluded.used_workdays, paused_at = excluded.paused_at,
      due_at = excluded.due_at, next_rung = excluded.next_rung, next_reminder_at = excluded.next_reminder_at,
      calendar_version = excluded.calendar_version, provisional = excluded.provisional;
    update task t set due_at = x."dueAt" from jsonb_to_recordset(w->'terms') as x(key text, status text, "dueAt" timestamptz)
     where t.city = v_city and t.case_id = v_case and t.status = 'open' and t.term_key = x.key and x.status in ('armed','paused')
       and t.due_at is distinct from x."dueAt";
  end if;

  if w ? 'outboxCancelled' then
    delete from outbox where city = v_city and case_id = v_case and leased_until is null
       and seq = any (array(select (jsonb_array_elements_text(w->'outboxCancelled'))::int));
  end if;
  if w ? 'outbox' then
    insert into outbox (city, id, year, case_id, unit, key, seq, effect, params, run_after)
    select v_city, x.id, v_year, v_case, v_unit, x.key, v_version, x.effect, x.params, x."runAfter"
      from jsonb_to_recordset(w->'outbox') as x(id uuid, key text, effect text, params jsonb, "runAfter" timestamptz);
  end if;

  -- Two watchers set an effect going again that was given up or held, or give it up for good.
  if w ? 'outboxFreed' then
    update outbox set parked_at = null, leased_until = null, attempts = 0 where city = v_city and case_id = v_case and w->'outboxFreed' ? id::text;
  end if;
  if w ? 'outboxGivenUp' then
    delete from outbox where city = v_city and case_id = v_case and w->'outboxGivenUp' ? id::text;
  end if;

  if w ? 'content' then
    insert into content_version (city, case_id, hash, year, unit, side, ordinal, body, frozen_at)
    select v_city, v_case, x.hash, v_year, v_unit, c->>'side', x.ordinal, x.body, v_at
      from jsonb_to_record(w->'content') as x(hash text, ordinal int, body text)
    on conflict do nothing;
  end if;
  if w ? 'releasedContent' then
    update content_version set released_at = v_at
     where city = v_city and case_id = v_case and hash = w->>'releasedContent' and released_at is null;
    update attachment set released_at = v_at where city = v_city and case_id = v_case and released_at is null;
    update case_stage set confined = false where city = v_city and case_id = v_case and confined;
  end if;

  if w ? 'paper' then
    update paper_act set status = w->'paper'->>'status', compared_by = (w->'paper'->>'by')::uuid, compared_at = v_at,
           mismatches = w->'paper'->'mismatches'
     where city = v_city and id = (w->'paper'->>'id')::uuid and status = 'registered';
    if not found then raise exception 'paper act already decided' using errcode = 'YS002'; end if;
  end if;
  -- Decided in the system, or no longer owed: what was registered from paper for these duties has nothing left to decide. Its comparison falls with it.
  if jsonb_path_exists(w->'tasksClosed', '$.* ? (@ == "cancelled")') then
    update paper_act set status = 'cancelled' where city = v_city and case_id = v_case and status = 'registered' and w->'tasksClosed' ? task_id::text;
  end if;
  -- A duty goes to another post or is claimed by one holder of it; the chart does not move.
  if w ? 'tasksMoved' then
    update task t set org = x.org, role = x.role, post = x.post, person = x.person, signed_for_at = null, signed_for_by = null
      from jsonb_to_recordset(w->'tasksMoved') as x(id uuid, org uuid, role text, post uuid, person uuid)
     where t.city = v_city and t.id = x.id and t.status = 'open';
  end if;
  if w ? 'tasksUrged' then
    update task t set urged_at = v_at from jsonb_array_elements_text(w->'tasksUrged') as x(id)
     where t.city = v_city and t.id = x.id::uuid and t.status = 'open';
  end if;
  if w ? 'circulated' then
    insert into circulation (city, id, year, case_id, unit, side, org, role, post, note, sent_by, sent_at)
    select v_city, x.id, v_year, v_case, v_unit, x.side, x.org, x.role, x.post, x.note, (p->>'person')::uuid, v_at
      from jsonb_to_recordset(w->'circulated') as x(id uuid, side text, org uuid, role text, post uuid, note text);
  end if;
  if w ? 'paperRegistered' then
    insert into paper_act (city, id, case_id, year, unit, side, task_id, command, fields, signatory_name, signatory_post, wording, kind,
                           paper_date, scan, kept_at, registered_by, registered_at, status)
    select v_city, x.id, v_case, v_year, v_unit, x.side, x."taskId", x.command, x.fields, x."signatoryName", x."signatoryPost", x.wording,
           x.kind, x."paperDate", x.scan, x."keptAt", x."registeredBy", v_at, 'registered'
      from jsonb_to_record(w->'paperRegistered') as x(id uuid, side text, "taskId" uuid, command text, fields jsonb, "signatoryName" text,
           "signatoryPost" text, wording text, kind text, "paperDate" date, scan uuid, "keptAt" text, "registeredBy" uuid);
  end if;
  if w ? 'incoming' then
    insert into incoming (city, id, year, unit, case_id, number, their_number, title, channel, dated, delivered_at, delivery_evidence,
                          evidence_attachment, registered_at, entered_at, registered_by)
    select v_city, x.id, v_year, v_unit, v_case, x.number, x."theirNumber", x.title, x.channel, x.dated, x."deliveredAt",
           x."deliveryEvidence", x."evidenceAttachment", x."registeredAt", v_at, x."registeredBy"
      from jsonb_to_record(w->'incoming') as x(id uuid, number int, "theirNumber" text, title text, channel text, dated date,
           "deliveredAt" timestamptz, "deliveryEvidence" text, "evidenceAttachment" uuid, "registeredAt" timestamptz, "registeredBy" uuid);
  end if;
  -- A corrected delivery keeps what stood there before, with who said so and who compared it.
  if w ? 'incomingCorrected' then
    update incoming i
       set corrected_from = coalesce(i.corrected_from, '[]') || jsonb_build_array(jsonb_build_object(
             'deliveredAt', i.delivered_at, 'evidence', i.delivery_evidence, 'evidenceAttachment', i.evidence_attachment, 'correctedAt', v_at,
             'reason', x.reason, 'proposedBy', x."proposedBy", 'comparedBy', p->>'person')),
           delivered_at = x."deliveredAt", delivery_evidence = x.evidence, evidence_attachment = x."evidenceAttachment"
      from jsonb_to_record(w->'incomingCorrected') as x(id uuid, "deliveredAt" timestamptz, evidence text, "evidenceAttachment" uuid, reason text, "proposedBy" uuid)
     where i.city = v_city and i.id = x.id;
  end if;
  -- An amendment starts from what stands on record, as it was typed.
  if w ? 'contentOf' then
    insert into case_section (city, case_id, year, unit, side, name, body, revision, edited_by, edited_at)
    select v_city, v_case, v_year, v_unit, s.side, s.name, s.body, 1, (p->>'person')::uuid, v_at
      from case_section s where s.city = v_city and s.case_id = (w->>'contentOf')::uuid;
    insert into case_section_history (city, case_id, year, unit, side, name, revision, body, edited_by, edited_at)
    select city, case_id, year, unit, side, name, revision, body, edited_by, edited_at from case_section where city = v_city and case_id = v_case;
  end if;
  if w ? 'exceptions' then
    insert into exception_entry (city, id, year, unit, case_id, kind, words, at, person, signatory, confined)
    select v_city, x.id, v_year, v_unit, v_case, x.kind, x.words, v_at, (p->>'person')::uuid, x.signatory, v_confined
      from jsonb_to_recordset(w->'exceptions') as x(id uuid, kind text, words text, signatory text);
  end if;
  if w ? 'parent' then
    insert into case_link (city, parent, child, unit, kind)
    values (v_city, (w->'parent'->>'id')::uuid, v_case, v_unit, w->'parent'->>'kind') on conflict do nothing;
  end if;

  insert into command (city, principal, key, request_hash, case_id, outcome, at)
  values (v_city, k->>'principal', k->>'key', k->>'requestHash', v_case, k->'outcome', v_at);
  return jsonb_build_object('status', 'done', 'outcome', k->'outcome');
end $$;

-- Why the guard found nothing to write: this very command was carried out before, its key was used for another, or somebody else was faster.
create function door_passed(p_city text, k jsonb) returns jsonb language sql stable security invoker as $$
  select coalesce((select case request_hash when k->>'requestHash' then jsonb_build_object('status', 'duplicate', 'outcome', outcome) else '{"status": "key-reused"}' end
                     from command where city = p_city and principal = k->>'principal' and key = k->>'key'), '{"status": "stale"}')
$$;

-- Everything one step has to know, in one round trip, and whether this command was already carried out.
create function door_read(p jsonb, p_case uuid, p_key text) returns json language plpgsql security invoker as $$
declare
  v_city text := p->>'city';
  v_principal text := coalesce(p->>'person', p->>'role');
begin
  perform set_config('app.city', v_city, true), set_config('app.scope', p->>'scope', true),
          set_config('app.unit', coalesce(p->>'unit', ''), true), set_config('app.person', v_principal, true),
          set_config('app.door', 'on', true);
  return (
    select json_build_object(
      'case', row_to_json(f), 'state', s.snapshot::json,
      'tasks', array(select row_to_json(t) from task t where t.city = v_city and t.case_id = p_case and t.status = 'open' order by t.opened_at, t.id),
      'terms', array(select row_to_json(t) from term t where t.city = v_city and t.case_id = p_case),
      'known', (select json_build_object('requestHash', c.request_hash, 'outcome', c.outcome) from command c
                 where c.city = v_city and c.principal = v_principal and c.key = p_key))
      from case_file f join case_snapshot s on s.city = f.city and s.id = f.id
     where f.city = v_city and f.id = p_case);
end $$;

-- Many at once, each a step of its own case: one transaction, one answer for each, in their order. Cases are taken in the order of their ids,
-- so that two groups that share some do not wait for each other in a ring.
create function doors(p jsonb, w text[], p_snapshots text[], p_payloads text[]) returns jsonb language plpgsql security invoker as $$
declare
  v_results jsonb[] := array_fill(null::jsonb, array[coalesce(array_length(w, 1), 0)]);
  i int;
begin
  for i in select n from generate_subscripts(w, 1) n order by w[n]::json->>'id' loop
    v_results[i] := door(p, w[i]::jsonb, p_snapshots[i], p_payloads[i]);
  end loop;
  return to_jsonb(v_results);
end $$;

create function doors_read(p jsonb, p_cases uuid[], p_keys text[]) returns json language sql security invoker as $$
  select coalesce(json_agg(r), '[]') from unnest(p_cases, p_keys) as k(id, key) cross join lateral door_read(p, k.id, k.key) r where r is not null
$$;
revoke all on function doors(jsonb, text[], text[], text[]) from public;
grant execute on function doors(jsonb, text[], text[], text[]) to yanshou_web, yanshou_worker;
revoke all on function doors_read(jsonb, uuid[], text[]) from public;
grant execute on function doors_read(jsonb, uuid[], text[]) to yanshou_web, yanshou_worker;
revoke all on function door_read(jsonb, uuid, text) from public;
grant execute on function door_read(jsonb, uuid, text) to yanshou_web, yanshou_worker;
revoke all on function door_passed(text, jsonb) from public;
grant execute on function door_passed(text, jsonb) to yanshou_web, yanshou_worker;
revoke all on function door(jsonb, jsonb, text, text) from public;
grant execute on function door(jsonb, jsonb, text, text) to yanshou_web, yanshou_worker;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(DOOR.replaceAll('?', '\\?'));
}
