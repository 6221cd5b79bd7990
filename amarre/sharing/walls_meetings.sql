-- Meetings of the unit: the unit reads; social workers read the day. An item goes as its transmission goes.
do $$ declare t text; begin
  foreach t in array '{meeting,participant,agendaitem,decision,minutes,jointinterview,interviewparty}'::text[] loop
    call amarre_wall(('sharing_' || t)::regclass);
  end loop; end $$;

-- Who leaves a unit reads nothing more at once, even on the day they came.
grant update (since) on sharing_unitmember to amarre_staff;

grant select, insert on sharing_meeting to amarre_staff;
grant update ("on", at, place, note, state) on sharing_meeting to amarre_staff;
create policy circle_select on sharing_meeting for select to amarre_staff
  using (unit_id = any ((select my_units())::bigint[]) or (select my_roles()) && '{social_worker}');
create policy member_insert on sharing_meeting for insert to amarre_staff
  with check (unit_id = any ((select my_units())::bigint[]) and convened_by_id = amarre_me() and state = 'planned');
create policy member_update on sharing_meeting for update to amarre_staff
  using (unit_id = any ((select my_units())::bigint[])) with check (unit_id = any ((select my_units())::bigint[]));

grant select, insert, delete on sharing_participant to amarre_staff;
create policy circle_select on sharing_participant for select to amarre_staff
  using (exists (select from sharing_meeting m where m.id = meeting_id));
create policy member_insert on sharing_participant for insert to amarre_staff
  with check (exists (select from sharing_meeting m
    where m.id = meeting_id and m.unit_id = any ((select my_units())::bigint[])));
create policy member_delete on sharing_participant for delete to amarre_staff
  using (exists (select from sharing_meeting m
    where m.id = meeting_id and m.unit_id = any ((select my_units())::bigint[])));

-- Items: one that was recalled, or whose time has passed, is gone for the unit.
grant select, insert, delete on sharing_agendaitem to amarre_staff;
grant select on sharing_agendaitem to amarre_person;
create policy circle_select on sharing_agendaitem for select to amarre_staff
  using (transmission_id is not null and exists (select from sharing_transmission t where t.id = transmission_id)
    or transmission_id is null and (put_by_id = amarre_me() and (select my_roles()) && '{social_worker}'
      or exists (select from sharing_meeting m
        where m.id = meeting_id and m.unit_id = any ((select my_units())::bigint[]))));
create policy own_select on sharing_agendaitem for select to amarre_person
  using (exists (select from sharing_transmission t where t.id = transmission_id));
create policy worker_insert on sharing_agendaitem for insert to amarre_staff
  with check (put_by_id = amarre_me() and (select my_roles()) && '{social_worker}'
    and exists (select from sharing_meeting m where m.id = meeting_id and m.state = 'planned'
      and (transmission_id is null or exists (select from sharing_transmission t
        where t.id = transmission_id and t.kind = 'item' and t.state = 'sent' and t.unit_id = m.unit_id
          and t.case_id = any ((select my_cases())::bigint[])))));
create policy putter_delete on sharing_agendaitem for delete to amarre_staff
  using (put_by_id = amarre_me() and (select my_roles()) && '{social_worker}');

grant select, insert on sharing_decision to amarre_staff;
grant update (done_on) on sharing_decision to amarre_staff;
grant select on sharing_decision to amarre_person;
create policy circle_select on sharing_decision for select to amarre_staff, amarre_person
  using (exists (select from sharing_agendaitem i where i.id = item_id));
create policy circle_insert on sharing_decision for insert to amarre_staff
  with check (written_by_id = amarre_me() and done_on is null
    and exists (select from sharing_agendaitem i join sharing_meeting m on m.id = i.meeting_id
      where i.id = item_id and (i.put_by_id = amarre_me() or m.unit_id = any ((select my_units())::bigint[]))));
create policy circle_update on sharing_decision for update to amarre_staff
  using (exists (select from sharing_agendaitem i where i.id = item_id))
  with check (exists (select from sharing_agendaitem i where i.id = item_id));

-- Where minutes come from: the members, and the person once they were sent; never who receives them.
grant select, insert, delete on sharing_minutes to amarre_staff;
grant select on sharing_minutes to amarre_person;
create policy member_select on sharing_minutes for select to amarre_staff
  using (exists (select from sharing_transmission t
    where t.id = transmission_id and t.case_id = any ((select my_cases())::bigint[])));
create policy own_select on sharing_minutes for select to amarre_person
  using (exists (select from sharing_transmission t where t.id = transmission_id));
create policy member_insert on sharing_minutes for insert to amarre_staff
  with check (exists (select from sharing_transmission t
    where t.id = transmission_id and t.kind = 'minutes' and t.state = 'draft'
      and t.case_id = any ((select my_cases())::bigint[])
      and (item_id is null or exists (select from sharing_agendaitem i join sharing_transmission p on p.id = i.transmission_id
             where i.id = item_id and p.case_id = t.case_id))
      and (interview_id is null or exists (select from sharing_jointinterview j
             where j.id = interview_id and j.case_id = t.case_id))));
create policy member_delete on sharing_minutes for delete to amarre_staff
  using (exists (select from sharing_transmission t
    where t.id = transmission_id and t.state = 'draft' and t.case_id = any ((select my_cases())::bigint[])));

-- Interviews held with somebody else: the members and the person.
grant select, insert on sharing_jointinterview, sharing_interviewparty to amarre_staff;
grant update (kind, "on", at, place, state, agreed, version) on sharing_jointinterview to amarre_staff;
grant delete on sharing_interviewparty to amarre_staff;
grant select on sharing_jointinterview, sharing_interviewparty to amarre_person;
create policy member_select on sharing_jointinterview for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]));
create policy own_select on sharing_jointinterview for select to amarre_person using (person_id = (select my_person()));
create policy member_insert on sharing_jointinterview for insert to amarre_staff
  with check (case_id = any ((select my_cases())::bigint[]) and written_by_id = amarre_me() and state = 'planned'
    and person_id = (select k.person_id from cases_case k where k.id = case_id));
create policy member_update on sharing_jointinterview for update to amarre_staff
  using (case_id = any ((select my_cases())::bigint[])) with check (case_id = any ((select my_cases())::bigint[]));
create policy circle_select on sharing_interviewparty for select to amarre_staff, amarre_person
  using (exists (select from sharing_jointinterview j where j.id = interview_id));
create policy member_insert on sharing_interviewparty for insert to amarre_staff
  with check (exists (select from sharing_jointinterview j join sharing_agreement g on g.id = agreement_id
    where j.id = interview_id and g.case_id = j.case_id and g.purpose = 'together'));
create policy member_delete on sharing_interviewparty for delete to amarre_staff
  using (exists (select from sharing_jointinterview j where j.id = interview_id));
