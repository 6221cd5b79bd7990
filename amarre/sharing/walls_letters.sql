-- Letters: made by the members, read by them and by the person; what is filed is neither changed nor thrown away.
do $$ declare t text; begin
  foreach t in array '{lettertemplate,letter,letterfile}'::text[] loop
    call amarre_wall(('sharing_' || t)::regclass);
  end loop; end $$;

-- Templates: known to the service, kept by it; a version that was replaced stays as it was.
grant select, insert on sharing_lettertemplate to amarre_staff;
grant update (active) on sharing_lettertemplate to amarre_staff;
create policy staff_select on sharing_lettertemplate for select to amarre_staff using (true);
create policy keeper_insert on sharing_lettertemplate for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin,coordinator}' and by_id = amarre_me() and active);
create policy keeper_update on sharing_lettertemplate for update to amarre_staff
  using ((select my_roles()) && '{service_admin,coordinator}') with check (not active);

-- A letter to somebody else carries a transmission that left and is still covered; one to the person is of their case.
grant select, insert on sharing_letter, sharing_letterfile to amarre_staff;
grant select on sharing_letter, sharing_letterfile to amarre_person;
create policy member_select on sharing_letter for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]));
create policy own_select on sharing_letter for select to amarre_person using (about_id = (select my_person()));
create policy member_insert on sharing_letter for insert to amarre_staff
  with check (case_id = any ((select my_cases())::bigint[]) and made_by_id = amarre_me()
    and case when transmission_id is null
      then kind in ('person', 'certificate') and about_id = (select k.person_id from cases_case k where k.id = case_id)
      else kind = 'transmission' and case_id = any ((select my_led_cases())::bigint[])
        and exists (select from sharing_transmission t
              where t.id = transmission_id and t.case_id = sharing_letter.case_id and t.state = 'sent'
                and t.visible_until >= (now() at time zone 'Europe/Paris')::date
                and sharing_letter.about_id is not distinct from (case when t.exception_id is null then t.about_id end)
                and (t.exception_id is not null or agreement_covers(t.agreement_id, t.case_id))) end);
create policy circle_select on sharing_letterfile for select to amarre_staff, amarre_person
  using (exists (select from sharing_letter l where l.id = letter_id));
create policy member_insert on sharing_letterfile for insert to amarre_staff
  with check (exists (select from sharing_letter l where l.id = letter_id and l.made_by_id = amarre_me()
    and l.case_id = any ((select my_cases())::bigint[])));
