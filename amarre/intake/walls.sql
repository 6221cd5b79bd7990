-- Intake: logistics to the centre while open; reasons and words to its social workers; then the case's members.
-- Passers-by write and read nothing back.
create or replace function my_statements() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select case when (select my_roles()) && '{social_worker}' then coalesce((
    select array_agg(s.id) from intake_solicitation s
     where s.state in ('received', 'acknowledged', 'awaiting_agreement', 'accepted')
           and s.centre_id = any ((select my_centres())::bigint[])
        or s.case_id = any ((select my_cases())::bigint[])
        or s.case_id is null and s.handled_by_id = (select amarre_me())), '{}')
  else '{}'::bigint[] end
$$;
alter function my_statements() owner to amarre_definer;
grant execute on function my_statements() to amarre_staff;
grant execute on function my_cases() to amarre_definer;
grant select (id, state, centre_id, case_id, handled_by_id) on intake_solicitation to amarre_definer;

call amarre_wall('intake_solicitation');
call amarre_wall('intake_statement');
call amarre_wall('intake_attempt');
create policy definer_select on intake_solicitation for select to amarre_definer using (true);

-- The machine writes « demande transmise » to whoever asked: an address and a reference, no name and no reason.
grant select (id, reference, requester_email, city) on intake_solicitation to amarre_machine;
create policy machine_select on intake_solicitation for select to amarre_machine using (true);

grant insert on intake_solicitation, intake_statement to amarre_public, amarre_person;
create policy public_insert on intake_solicitation for insert to amarre_public, amarre_person
  with check (state = 'received' and handled_by_id is null and assigned_to_id is null and case_id is null
    and person_id is null and urgency = '');
create policy public_insert on intake_statement for insert to amarre_public, amarre_person, amarre_employer
  with check (true);
-- A contact of an employer asks for somebody, and reads nothing back: not even that they asked.
grant insert on intake_solicitation, intake_statement to amarre_employer;
create policy employer_insert on intake_solicitation for insert to amarre_employer
  with check (state = 'received' and handled_by_id is null and assigned_to_id is null and case_id is null
    and person_id is null and urgency = '' and about = 'person'
    and source in ('employer_hr', 'manager', 'disability_officer') and (select may_ask_for_somebody()));

grant select, insert, update on intake_solicitation to amarre_staff;
grant select, insert on intake_statement to amarre_staff;
grant select, insert on intake_attempt to amarre_staff;
create policy centre_select on intake_solicitation for select to amarre_staff
  using (state in ('received', 'acknowledged', 'awaiting_agreement', 'accepted')
           and centre_id = any ((select my_centres())::bigint[])
           and (select my_roles()) && '{social_worker,secretary,coordinator}'
      or case_id = any ((select my_cases())::bigint[])
      or case_id is null and handled_by_id = (select amarre_me()) and (select my_roles()) && '{social_worker}');
create policy staff_insert on intake_solicitation for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator,health_team}'
    and state = 'received' and handled_by_id is null and assigned_to_id is null and case_id is null
    and person_id is null and urgency = '');
create policy centre_update on intake_solicitation for update to amarre_staff
  using (state in ('received', 'acknowledged', 'awaiting_agreement', 'accepted')
     and centre_id = any ((select my_centres())::bigint[])
     and (select my_roles()) && '{social_worker,secretary,coordinator}')
  with check (case_id is null or case_id = any ((select my_cases())::bigint[]));

create policy worker_select on intake_statement for select to amarre_staff
  using (solicitation_id = any ((select my_statements())::bigint[]));
create policy staff_insert on intake_statement for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator,health_team}');
create policy worker_select on intake_attempt for select to amarre_staff
  using (solicitation_id = any ((select my_statements())::bigint[]));
create policy worker_insert on intake_attempt for insert to amarre_staff
  with check (solicitation_id = any ((select my_statements())::bigint[]) and by_id = amarre_me());

-- That I sent somebody: mine alone, and it never changes.
call amarre_wall('intake_referral');
grant select, insert on intake_referral to amarre_staff;
create policy sender_select on intake_referral for select to amarre_staff
  using (by_id = (select amarre_me()) and (select my_roles()) && '{health_team}');
create policy sender_insert on intake_referral for insert to amarre_staff
  with check (by_id = amarre_me() and (select my_roles()) && '{health_team}');
