/** Everything of a case that a refusal must leave as it was. */
export const IMPRINT = `
  select f.version, f.head_hash, f.stage, f.released, f.final,
     (select json_agg(json_build_array(t.id, t.status) order by t.id) from task t where case_id = f.id) as tasks,
     (select json_agg(json_build_array(key, status, due_at) order by key) from term where case_id = f.id) as terms,
     (select json_agg(json_build_array(name, revision, body) order by name) from case_section where case_id = f.id) as sections,
     (select count(*)::int from paper_act where case_id = f.id) as papers, (select count(*)::int from exception_entry where case_id = f.id) as exceptions,
     (select count(*)::int from incoming where case_id = f.id) as incoming, (select count(*)::int from attachment where case_id = f.id) as attachments,
     (select count(*)::int from outbox where case_id = f.id) as effects
   from case_file f where f.id = $1`;
