-- Plans: the case's members and the person; somebody close, the parts to which the person invited them.
do $$ declare t text; begin
  foreach t in array '{plan,version,review,companion,need,goal,progress,comment,action,filling,application,budget,
    document,documentfile,message,opinion,lookbackanswer,workerchange,channelcheck,gridswitch,owngrid,ownprocedure}'::text[] loop
    call amarre_wall(('plans_' || trim(t))::regclass);
  end loop; end $$;

create policy definer_insert on accounts_user for insert to amarre_definer with check (kind = 'person' and roles = '{}');
create policy definer_update on accounts_user for update to amarre_definer using (kind = 'person') with check (not is_active);
create policy definer_select on cases_lookback for select to amarre_definer using (true);
create policy definer_select on plans_plan for select to amarre_definer using (true);
create policy definer_select on plans_companion for select to amarre_definer using (true);
create policy definer_select on plans_lookbackanswer for select to amarre_definer using (true);

-- The plan itself: begun by a member, about the person of their case.
grant select, insert on plans_plan to amarre_staff;
grant update (rhythm_weeks, rhythm_until, rhythm_reason, review_on, regime, protector) on plans_plan to amarre_staff;
grant select on plans_plan to amarre_person;
create policy circle_select on plans_plan for select to amarre_staff using (case_id = any ((select my_cases())::bigint[]));
create policy own_select on plans_plan for select to amarre_person using (person_id = (select my_person()));
create policy member_insert on plans_plan for insert to amarre_staff
  with check (case_id = any ((select my_cases())::bigint[])
    and person_id is not distinct from (select k.person_id from cases_case k where k.id = case_id));
create policy member_update on plans_plan for update to amarre_staff
  using (case_id = any ((select my_cases())::bigint[])) with check (case_id = any ((select my_cases())::bigint[]));

-- What members write and the person reads.
grant select, insert on plans_version, plans_review, plans_need, plans_application, plans_budget to amarre_staff;
grant update on plans_need, plans_application, plans_budget to amarre_staff;
grant delete on plans_need, plans_budget to amarre_staff;
grant update (state, answered_on, answered_how, answered_by, heard_by_id, proof_id, words, handed_on, handed_how)
  on plans_version to amarre_staff;
grant select on plans_version, plans_review, plans_need, plans_application, plans_budget to amarre_person;
grant update (state, answered_on, answered_how, answered_by, words) on plans_version to amarre_person;
create policy circle_select on plans_version for select to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[]));
create policy member_insert on plans_version for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and frozen_by_id = amarre_me() and state = 'proposed');
create policy member_update on plans_version for update to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[])) with check (plan_id = any ((select my_plans())::bigint[]));
create policy own_update on plans_version for update to amarre_person
  using (plan_id = any ((select my_plans())::bigint[]))
  with check (state in ('agreed', 'declined') and answered_how = 'space' and answered_by = 'person');
create policy circle_select on plans_review for select to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[]));
create policy member_insert on plans_review for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id = amarre_me());
create policy circle_select on plans_need for select to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[]));
create policy member_insert on plans_need for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id = amarre_me());
create policy member_update on plans_need for update to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[])) with check (plan_id = any ((select my_plans())::bigint[]));
create policy member_delete on plans_need for delete to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[]));
create policy circle_select on plans_application for select to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[]));
create policy own_select on plans_application for select to amarre_person
  using (plan_id = any ((select my_plans())::bigint[]) or plan_id = any ((select my_shared_plans('procedures'))::bigint[]));
create policy member_insert on plans_application for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]));
create policy member_update on plans_application for update to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[])) with check (plan_id = any ((select my_plans())::bigint[]));
create policy circle_select on plans_budget for select to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[]));
create policy member_insert on plans_budget for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id = amarre_me());
create policy member_update on plans_budget for update to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[])) with check (plan_id = any ((select my_plans())::bigint[]));
create policy member_delete on plans_budget for delete to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[]));

-- What both write. Nobody signs for the other: a person's row has no author, a worker's row has its author.
grant select, insert on plans_goal, plans_progress, plans_comment, plans_action, plans_filling, plans_document,
  plans_documentfile, plans_message, plans_opinion, plans_lookbackanswer, plans_companion to amarre_staff, amarre_person;
grant update (need_id, title, indicator, baseline, target, due_on, owner, state, settled_on, version) on plans_goal
  to amarre_staff, amarre_person;
grant update (goal_id, what, owner, third, due_on, state, settled_on, settled_by, why_not, version) on plans_action
  to amarre_staff;
grant update (state, settled_on, settled_by, why_not, version) on plans_action to amarre_person;
grant update (answers, changed_at, finished_on) on plans_filling to amarre_staff, amarre_person;
grant update (scan, removed_on) on plans_document to amarre_staff, amarre_person;
grant delete on plans_documentfile to amarre_staff, amarre_person;
grant update (read_at) on plans_message to amarre_staff, amarre_person;
grant update (parts, until, user_id, email) on plans_companion to amarre_staff;
grant update (parts, until) on plans_companion to amarre_person;

create policy circle_select on plans_goal for select to amarre_staff using (plan_id = any ((select my_plans())::bigint[]));
create policy own_select on plans_goal for select to amarre_person
  using (plan_id = any ((select my_plans())::bigint[]) or plan_id = any ((select my_shared_plans('goals'))::bigint[]));
create policy member_insert on plans_goal for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id = amarre_me() and proposed_by = 'worker');
create policy own_insert on plans_goal for insert to amarre_person
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id is null and proposed_by = 'person'
    and state = 'proposed');
create policy circle_update on plans_goal for update to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[])) with check (plan_id = any ((select my_plans())::bigint[])
    and (need_id is null or exists (select from plans_need n where n.id = need_id and n.plan_id = plans_goal.plan_id)));
create policy circle_select on plans_action for select to amarre_staff using (plan_id = any ((select my_plans())::bigint[]));
create policy own_select on plans_action for select to amarre_person
  using (plan_id = any ((select my_plans())::bigint[]) or plan_id = any ((select my_shared_plans('goals'))::bigint[]));
create policy circle_insert on plans_action for insert to amarre_staff, amarre_person
  with check (plan_id = any ((select my_plans())::bigint[])
    and case current_user when 'amarre_person' then proposed_by = 'person' and owner = 'person' else proposed_by = 'worker' end
    and (goal_id is null or exists (select from plans_goal g where g.id = goal_id and g.plan_id = plans_action.plan_id)));
create policy circle_update on plans_action for update to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[])) with check (plan_id = any ((select my_plans())::bigint[])
    and (current_user = 'amarre_staff' or settled_by <> 'worker')
    and (goal_id is null or exists (select from plans_goal g where g.id = goal_id and g.plan_id = plans_action.plan_id)));

create policy circle_select on plans_progress for select to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[]));
create policy member_insert on plans_progress for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id = amarre_me()
    and exists (select from plans_goal g where g.id = goal_id and g.plan_id = plans_progress.plan_id));
create policy own_insert on plans_progress for insert to amarre_person
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id is null and side = 'person'
    and exists (select from plans_goal g where g.id = goal_id and g.plan_id = plans_progress.plan_id));
create policy circle_select on plans_comment for select to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[]));
create policy member_insert on plans_comment for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id = amarre_me() and side = 'worker'
    and exists (select from plans_goal g where g.id = goal_id and g.plan_id = plans_comment.plan_id));
create policy own_insert on plans_comment for insert to amarre_person
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id is null and side = 'person'
    and exists (select from plans_goal g where g.id = goal_id and g.plan_id = plans_comment.plan_id));

create policy circle_select on plans_filling for select to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[]));
create policy member_insert on plans_filling for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id = amarre_me());
create policy own_insert on plans_filling for insert to amarre_person
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id is null and side = 'person');
create policy member_update on plans_filling for update to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[])) with check (plan_id = any ((select my_plans())::bigint[]));
create policy own_update on plans_filling for update to amarre_person
  using (plan_id = any ((select my_plans())::bigint[]) and side = 'person')
  with check (plan_id = any ((select my_plans())::bigint[]));

create policy circle_select on plans_document for select to amarre_staff using (plan_id = any ((select my_plans())::bigint[]));
create policy own_select on plans_document for select to amarre_person
  using (plan_id = any ((select my_plans())::bigint[]) or plan_id = any ((select my_shared_plans('documents'))::bigint[]));
create policy member_insert on plans_document for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id = amarre_me() and side = 'worker'
    and (application_id is null
      or exists (select from plans_application a where a.id = application_id and a.plan_id = plans_document.plan_id)));
create policy own_insert on plans_document for insert to amarre_person
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id is null and side = 'person'
    and (application_id is null
      or exists (select from plans_application a where a.id = application_id and a.plan_id = plans_document.plan_id)));
create policy circle_update on plans_document for update to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[])) with check (plan_id = any ((select my_plans())::bigint[])
    and (removed_on is null or scan = 'infected' or (side = 'person') = (current_user = 'amarre_person')));
create policy circle_select on plans_documentfile for select to amarre_staff, amarre_person
  using (exists (select from plans_document d where d.id = document_id));
create policy circle_insert on plans_documentfile for insert to amarre_staff, amarre_person
  with check (exists (select from plans_document d where d.id = document_id
    and d.plan_id = any ((select my_plans())::bigint[])));
create policy circle_delete on plans_documentfile for delete to amarre_staff, amarre_person
  using (exists (select from plans_document d where d.id = document_id and d.plan_id = any ((select my_plans())::bigint[])
    and (d.scan = 'pending' or (d.side = 'person') = (current_user = 'amarre_person'))));

create policy circle_select on plans_message for select to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[]));
create policy member_insert on plans_message for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id = amarre_me() and side = 'worker');
create policy own_insert on plans_message for insert to amarre_person
  with check (plan_id = any ((select my_plans())::bigint[]) and author_id is null and side = 'person');
create policy member_update on plans_message for update to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[]) and side = 'person') with check (true);
create policy own_update on plans_message for update to amarre_person
  using (plan_id = any ((select my_plans())::bigint[]) and side = 'worker') with check (true);

create policy circle_select on plans_opinion for select to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[]));
create policy member_insert on plans_opinion for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and side = 'worker');
create policy own_insert on plans_opinion for insert to amarre_person
  with check (plan_id = any ((select my_plans())::bigint[]) and side = 'person');
create policy circle_select on plans_lookbackanswer for select to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[]));
create policy member_insert on plans_lookbackanswer for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and side = 'worker' and exists (
    select from cases_lookback b join plans_plan p on p.case_id = b.case_id where b.id = look_back_id and p.id = plan_id));
create policy own_insert on plans_lookbackanswer for insert to amarre_person
  with check (plan_id = any ((select my_plans())::bigint[]) and side = 'person'
    and look_back_id = any (select b.id from my_look_backs() b where b.plan_id = plans_lookbackanswer.plan_id));

create policy circle_select on plans_companion for select to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[]));
create policy own_select on plans_companion for select to amarre_person
  using (plan_id = any ((select my_plans())::bigint[])
    or user_id = amarre_me() and (until is null or until >= (now() at time zone 'Europe/Paris')::date));
create policy member_insert on plans_companion for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and user_id is null);
create policy own_insert on plans_companion for insert to amarre_person
  with check (plan_id = any ((select my_plans())::bigint[]) and user_id is null and named_by = 'person');
create policy circle_update on plans_companion for update to amarre_staff, amarre_person
  using (plan_id = any ((select my_plans())::bigint[])) with check (plan_id = any ((select my_plans())::bigint[]));

-- The wish for another worker: the person and the coordinators of the centre; the members do not read it.
grant select on plans_workerchange to amarre_person, amarre_staff; grant insert on plans_workerchange to amarre_person;
grant update (settled_at, settled_by_id) on plans_workerchange to amarre_staff;
create policy own_select on plans_workerchange for select to amarre_person
  using (plan_id = any ((select my_plans())::bigint[]));
create policy own_insert on plans_workerchange for insert to amarre_person
  with check (plan_id = any ((select my_plans())::bigint[]) and settled_at is null
    and (centre_id, number) in (select f.centre_id, f.number from plan_facts(plan_id) f));
create policy coordinator_select on plans_workerchange for select to amarre_staff
  using (centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{coordinator}');
create policy coordinator_update on plans_workerchange for update to amarre_staff
  using (centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{coordinator}')
  with check (settled_by_id = amarre_me());

-- An address being confirmed; the machine sends the code to it.
grant select, insert on plans_channelcheck to amarre_staff;
grant update (tries, confirmed_at) on plans_channelcheck to amarre_staff;
grant select (id, email, phone, sent_at, confirmed_at) on plans_channelcheck to amarre_machine;
create policy circle_select on plans_channelcheck for select to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[]));
create policy machine_select on plans_channelcheck for select to amarre_machine using (true);
create policy member_insert on plans_channelcheck for insert to amarre_staff
  with check (plan_id = any ((select my_plans())::bigint[]) and asked_by_id = amarre_me() and confirmed_at is null
    and (companion_id is null
      or exists (select from plans_companion c where c.id = companion_id and c.plan_id = plans_channelcheck.plan_id)));
create policy member_update on plans_channelcheck for update to amarre_staff
  using (plan_id = any ((select my_plans())::bigint[])) with check (plan_id = any ((select my_plans())::bigint[]));
grant insert, delete on people_personaccount to amarre_staff;
create policy member_insert on people_personaccount for insert to amarre_staff
  with check (person_id = any (select p.person_id from plans_plan p)
    and not exists (select from accounts_user u where u.id = user_id and u.kind = 'staff'));
create policy member_delete on people_personaccount for delete to amarre_staff
  using (person_id = any (select p.person_id from plans_plan p));

-- Grids and the catalogue of procedures: words, not secrets; kept by the service.
grant select on plans_owngrid, plans_ownprocedure to amarre_staff, amarre_person;
grant select on plans_gridswitch to amarre_staff;
grant insert on plans_gridswitch, plans_owngrid, plans_ownprocedure to amarre_staff;
grant update (enabled, at, by_id) on plans_gridswitch to amarre_staff;
grant update (definition, state, published_at) on plans_owngrid to amarre_staff;
create policy staff_select on plans_gridswitch for select to amarre_staff using (true);
create policy keeper_insert on plans_gridswitch for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin,coordinator}');
create policy keeper_update on plans_gridswitch for update to amarre_staff
  using ((select my_roles()) && '{service_admin,coordinator}') with check (true);
create policy published_select on plans_owngrid for select to amarre_staff, amarre_person
  using (state <> 'draft' or (select my_roles()) && '{service_admin,coordinator}');
create policy keeper_insert on plans_owngrid for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin,coordinator}' and state = 'draft');
create policy keeper_update on plans_owngrid for update to amarre_staff
  using ((select my_roles()) && '{service_admin,coordinator}') with check (true);
create policy all_select on plans_ownprocedure for select to amarre_staff, amarre_person using (true);
create policy keeper_insert on plans_ownprocedure for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin,coordinator}');

-- What a policy cannot say, since it sees one row at a time: what was settled stays as it was settled, and by whom.
create or replace function plans_stays() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin raise insufficient_privilege using message = tg_table_name || ': what is settled stays'; end $$;
create or replace trigger stays before update on plans_version for each row when (current_user <> 'amarre_owner' and (
  old.state <> 'proposed' and to_jsonb(new) - '{handed_on,handed_how}'::text[] <> to_jsonb(old) - '{handed_on,handed_how}'::text[]
  or current_user = 'amarre_staff' and old.state = 'proposed' and new.state in ('agreed', 'declined')
    and (new.answered_how = 'space' or new.heard_by_id is distinct from amarre_me()))) execute function plans_stays();
create or replace trigger stays before update on plans_goal for each row when (current_user = 'amarre_person' and (
  old.state <> 'proposed' or old.proposed_by = 'person' and new.state not in ('proposed', 'abandoned')
  or old.proposed_by = 'worker' and (new.state not in ('under_way', 'declined')
    or to_jsonb(new) - '{state,settled_on,version}'::text[] <> to_jsonb(old) - '{state,settled_on,version}'::text[])))
  execute function plans_stays();
create or replace trigger stays before update on plans_filling for each row
  when (current_user <> 'amarre_owner' and old.finished_on is not null) execute function plans_stays();
create or replace trigger stays before update on plans_owngrid for each row when (current_user <> 'amarre_owner'
  and old.state <> 'draft' and (new.state <> 'withdrawn' or new.definition <> old.definition))
  execute function plans_stays();
