-- People: staff reads identity; those who meet people or take their calls write it; nobody deletes.
grant select, insert, update on people_person, people_job to amarre_staff;
call amarre_wall('people_person');
create policy staff_select on people_person for select to amarre_staff using (true);
create policy staff_insert on people_person for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator}');
create policy staff_update on people_person for update to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}') with check (true);
call amarre_wall('people_job');
create policy staff_select on people_job for select to amarre_staff using (true);
create policy staff_insert on people_job for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator}');
create policy staff_update on people_job for update to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}') with check (true);

-- Whose space an account opens. The person's own row, and how they want to be reached, are theirs to say.
create or replace function my_person() returns bigint language sql stable security definer
  set search_path = pg_catalog, public as $$
  select a.person_id from people_personaccount a join accounts_user u on u.id = a.user_id and u.is_active and u.kind = 'person'
   where a.user_id = amarre_me()
$$;
alter function my_person() owner to amarre_definer;
grant execute on function my_person() to amarre_person, amarre_staff, amarre_definer;
grant execute on function my_roles(), my_centres(), amarre_me() to amarre_person;
call amarre_wall('people_personaccount');
grant select on people_personaccount to amarre_definer, amarre_person, amarre_staff;
grant select (user_id, person_id) on people_personaccount to amarre_app;
create policy definer_select on people_personaccount for select to amarre_definer using (true);
create policy entry_select on people_personaccount for select to amarre_app using (true);
create policy own_select on people_personaccount for select to amarre_person using (user_id = amarre_me());
create policy staff_select on people_personaccount for select to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}');
grant select on people_person to amarre_person;
grant update (channel, channel_note, do_not_call, do_not_notify, language, interpreter) on people_person to amarre_person;
create policy own_select on people_person for select to amarre_person using (id = (select my_person()));
create policy own_update on people_person for update to amarre_person
  using (id = (select my_person())) with check (id = (select my_person()));
-- How the machine reaches somebody to say that a message waits: what they confirmed, and whether they said no.
create or replace function person_reach(person bigint)
  returns table (email text, phone text, channel text, language text, quiet boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce((select u.email from people_personaccount a
                     join accounts_user u on u.id = a.user_id and u.is_active and u.kind = 'person'
                    where a.person_id = p.id), ''),
         case when p.phone_confirmed_at is null then '' else p.phone end, p.channel, p.language, p.do_not_notify
    from people_person p where p.id = person_reach.person
$$;
alter function person_reach(bigint) owner to amarre_definer;
grant execute on function person_reach(bigint) to amarre_machine;
grant select (id, phone, phone_confirmed_at, channel, language, do_not_notify) on people_person to amarre_definer;
create policy definer_select on people_person for select to amarre_definer using (true);
