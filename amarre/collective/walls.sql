-- Collective actions: staff reads; a contact the actions of their workplace, by column; passers-by through functions.
-- Anybody of the service who still works there: no person is in these tables.
-- What the definer functions need: never a sealed column.
grant select (id, establishment_id, company_id, contact_id, centre_id, agreed_on, sensitive, report_on, title, aim,
  audience, local_contacts, state, signs, place, access, interpreter, accessibility, questions, knowledge, evaluation,
  evaluation_code, evaluation_until) on collective_action to amarre_definer;
grant update (evaluation, evaluation_code) on collective_action to amarre_definer;
grant select on collective_session to amarre_definer;
grant update (sign_up, appointment_id) on collective_session to amarre_definer;
-- And of the agenda: the time of sessions alone, given back.
grant update (state, changed_at, sequence) on appointments_appointment to amarre_definer;
grant update (held) on appointments_seat to amarre_definer;
create policy session_update on appointments_appointment for update to amarre_definer
  using (id in (select s.appointment_id from collective_session s)) with check (state = 'cancelled');
create policy session_update on appointments_seat for update to amarre_definer
  using (appointment_id in (select s.appointment_id from collective_session s)) with check (not held);
grant select (id, session_id, state, digest, made_at), insert, update (state), delete on collective_seat
  to amarre_definer;
grant select, insert, update, delete on collective_tally to amarre_definer;
grant insert on collective_finding to amarre_definer;

call amarre_wall('collective_offer');
grant select, insert, update on collective_offer to amarre_staff;
grant select on collective_offer to amarre_employer;
create policy staff_select on collective_offer for select to amarre_staff using (true);
create policy employer_select on collective_offer for select to amarre_employer using (active);
create policy keeper_insert on collective_offer for insert to amarre_staff
  with check ((select my_roles()) && '{coordinator,service_admin}');
create policy keeper_update on collective_offer for update to amarre_staff
  using ((select my_roles()) && '{coordinator,service_admin}') with check (true);

call amarre_wall('collective_action');
create policy definer_select on collective_action for select to amarre_definer using (true);
create policy definer_update on collective_action for update to amarre_definer
  using (evaluation = 'open') with check (evaluation in ('shown', 'silent'));
grant select, insert, update on collective_action to amarre_staff;
grant select (id, offer_id, kind, theme, title, aim, audience, company_id, establishment_id, centre_id, asker,
  contact_id, asked_on, wished, discussed_on, state, agreed_on, agreed_with, expected, place, access, interpreter,
  accessibility, on_work_time, told_on, local_contacts, sensitive, discreet, signs, questions, knowledge, evaluation_until, report, report_on, look_back_due,
  look_back_on, look_back, closed_on, ended_reason) on collective_action to amarre_employer;
grant insert, update (state, ended_reason, closed_on) on collective_action to amarre_employer;
create policy staff_select on collective_action for select to amarre_staff
  using (cardinality((select my_roles())) > 0);
create policy proposer_insert on collective_action for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator,health_team}' and state = 'requested'
    and evaluation = 'none' and ((select my_roles()) && '{social_worker,secretary,coordinator}' or asker = 'health_team'));
create policy arranger_update on collective_action for update to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}') with check (true);
create policy own_select on collective_action for select to amarre_employer
  using (id = any ((select my_actions())::bigint[]));
create policy own_insert on collective_action for insert to amarre_employer
  with check (contact_id = any ((select my_contacts())::bigint[])
    and establishment_id = any ((select my_establishments())::bigint[])
    and company_id = any ((select my_companies())::bigint[]) and asker in ('employer', 'works_council')
    and state = 'requested' and evaluation = 'none' and agreed_on is null and report is null and lead_id is null);
create policy own_update on collective_action for update to amarre_employer
  using (contact_id = any ((select my_contacts())::bigint[]) and state in ('requested', 'discussed'))
  with check (state = 'withdrawn');
grant select (id, evaluation, evaluation_until) on collective_action to amarre_machine;
create policy machine_select on collective_action for select to amarre_machine using (evaluation = 'open');

call amarre_wall('collective_session');
create policy definer_select on collective_session for select to amarre_definer using (true);
create policy definer_update on collective_session for update to amarre_definer using (true) with check (true);
grant select, insert, update on collective_session to amarre_staff;
grant select (id, action_id, day, starts, ends, place, link, capacity, languages, state, sign_up, code, shown_count,
  sequence, changed_at) on collective_session to amarre_employer;
create policy staff_select on collective_session for select to amarre_staff
  using (cardinality((select my_roles())) > 0);
create policy arranger_insert on collective_session for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator}' and head_count is null
    and shown_count is null);
-- Where to count is to show, the database keeps no count; on a sensitive theme, none for the employer.
create policy arranger_update on collective_session for update to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}')
  with check ((head_count is null or not exists (select from collective_action a where a.id = action_id and a.discreet))
    and (shown_count is null or not exists (select from collective_action a where a.id = action_id and a.sensitive))
    and (not sign_up or not exists (select from collective_action a where a.id = action_id and a.sensitive)));
create policy employer_select on collective_session for select to amarre_employer
  using (action_id = any ((select my_actions())::bigint[]));
grant select (id, day, starts, ends, state, sequence, changed_at) on collective_session to amarre_machine;
create policy machine_select on collective_session for select to amarre_machine using (true);

call amarre_wall('collective_animator');
grant select, insert, delete on collective_animator to amarre_staff;
create policy staff_select on collective_animator for select to amarre_staff
  using (cardinality((select my_roles())) > 0);
create policy arranger_insert on collective_animator for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator}');
create policy arranger_delete on collective_animator for delete to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}');

-- Lists of names: whoever receives people; never an employer. The machine destroys them; it reads how to reach who holds
-- a place to come, or one that is called off, and no name.
call amarre_wall('collective_seat');
create policy definer_select on collective_seat for select to amarre_definer using (true);
create policy definer_insert on collective_seat for insert to amarre_definer with check (true);
create policy definer_update on collective_seat for update to amarre_definer using (state = 'waiting')
  with check (state = 'taken');
create policy definer_delete on collective_seat for delete to amarre_definer using (true);
grant select, update (state) on collective_seat to amarre_staff;
create policy arranger_select on collective_seat for select to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}'
    and session_id in (select s.id from collective_session s where s.state <> 'cancelled'));
create policy arranger_update on collective_seat for update to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}' and state = 'waiting') with check (state = 'taken');
grant delete, select (id, session_id, state, email, phone, made_at) on collective_seat to amarre_machine;
create policy machine_select on collective_seat for select to amarre_machine
  using (session_id in (select s.id from collective_session s
    where s.state = 'cancelled' or s.day < (now() at time zone 'Europe/Paris')::date - 30
      or s.state = 'planned' and s.day >= (now() at time zone 'Europe/Paris')::date));
create policy machine_delete on collective_seat for delete to amarre_machine
  using (session_id in (select s.id from collective_session s
    where s.day < (now() at time zone 'Europe/Paris')::date - 30
      or s.state = 'cancelled' and s.changed_at < now() - interval '1 day'));

call amarre_wall('collective_attendance');
grant select, insert, delete on collective_attendance to amarre_staff;
create policy arranger_select on collective_attendance for select to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}');
create policy arranger_insert on collective_attendance for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator}'
    and exists (select from collective_session s join collective_action a on a.id = s.action_id
                 where s.id = session_id and a.signs));
create policy arranger_delete on collective_attendance for delete to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}');
grant delete, select (id, session_id) on collective_attendance to amarre_machine;
create policy machine_select on collective_attendance for select to amarre_machine using (true);
create policy machine_delete on collective_attendance for delete to amarre_machine
  using (session_id in (select s.id from collective_session s where s.day < current_date - 30));

-- Counters: written by functions, read by nobody. Totals: staff; outside, the band alone, from eleven answers.
call amarre_wall('collective_tally');
create policy definer_select on collective_tally for select to amarre_definer using (true);
create policy definer_insert on collective_tally for insert to amarre_definer with check (true);
create policy definer_update on collective_tally for update to amarre_definer using (true) with check (true);
create policy definer_delete on collective_tally for delete to amarre_definer using (true);

call amarre_wall('collective_finding');
create policy definer_insert on collective_finding for insert to amarre_definer with check (answers >= 5);
grant select on collective_finding to amarre_staff;
grant select (id, action_id, moment, question, band, told) on collective_finding to amarre_employer;
create policy staff_select on collective_finding for select to amarre_staff
  using (cardinality((select my_roles())) > 0);
create policy employer_select on collective_finding for select to amarre_employer
  using (told and action_id = any ((select my_told_actions())::bigint[]));

call amarre_wall('collective_material');
grant select, insert, update (withdrawn_on) on collective_material to amarre_staff;
create policy staff_select on collective_material for select to amarre_staff
  using (cardinality((select my_roles())) > 0);
create policy runner_insert on collective_material for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,coordinator}' and added_by_id = amarre_me());
create policy runner_update on collective_material for update to amarre_staff
  using ((select my_roles()) && '{social_worker,coordinator}') with check (true);

call amarre_wall('collective_materialfile');
grant select, insert on collective_materialfile to amarre_staff;
create policy staff_select on collective_materialfile for select to amarre_staff
  using (cardinality((select my_roles())) > 0);
create policy runner_insert on collective_materialfile for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,coordinator}');

call amarre_wall('collective_improvement');
grant select, insert, update on collective_improvement to amarre_staff;
grant select on collective_improvement to amarre_employer;
create policy staff_select on collective_improvement for select to amarre_staff
  using (cardinality((select my_roles())) > 0);
create policy improver_insert on collective_improvement for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,coordinator,health_team}' and opened_by_id = amarre_me());
create policy improver_update on collective_improvement for update to amarre_staff
  using ((select my_roles()) && '{social_worker,coordinator,health_team}') with check (true);
create policy employer_select on collective_improvement for select to amarre_employer
  using (establishment_id = any ((select my_establishments())::bigint[])
    or establishment_id is null and company_id = any ((select my_companies())::bigint[]));
