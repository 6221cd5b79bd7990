-- Cases: members only. Coordinators of the centre read assignments and memberships, and name others, never themselves.
create or replace function my_cases() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(m.case_id), '{}') from cases_membership m
  where m.user_id = (select u.id from accounts_user u
                      where u.id = amarre_me() and u.is_active and 'social_worker' = any (u.roles))
    and m.since <= (select (now() at time zone 'Europe/Paris')::date)
    and (m.until is null or m.until >= (select (now() at time zone 'Europe/Paris')::date))
$$;
-- The cases for which I answer: a trainee answers for none.
create or replace function my_led_cases() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(m.case_id), '{}') from cases_membership m
  where m.user_id = (select u.id from accounts_user u
                      where u.id = amarre_me() and u.is_active and 'social_worker' = any (u.roles))
    and m.role <> 'trainee'
    and m.since <= (select (now() at time zone 'Europe/Paris')::date)
    and (m.until is null or m.until >= (select (now() at time zone 'Europe/Paris')::date))
$$;
-- The cases that I share out as a coordinator of their centre.
create or replace function my_coordinated_cases() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select case when my_roles() && '{coordinator}' then
    coalesce((select array_agg(a.case_id) from cases_assignment a where a.centre_id = any ((select my_centres())::bigint[])), '{}')
  else '{}'::bigint[] end
$$;
-- A case in which nobody has ever been: only its opener enters it without being named.
create or replace function case_is_new(c bigint) returns boolean language sql stable security definer
  set search_path = pg_catalog, public as $$
  select exists (select from cases_case k where k.id = c and k.opened_by_id = amarre_me())
     and not exists (select from cases_membership m where m.case_id = c)
$$;
create or replace function next_case_number(y integer) returns integer language sql volatile security definer
  set search_path = pg_catalog, public as $$
  select pg_advisory_xact_lock(7203120);
  select coalesce(max(split_part(number, '-', 3)::integer), 0) + 1 from cases_case
   where number like 'D-' || y::text || '-%'
$$;
alter function my_cases() owner to amarre_definer;
alter function my_led_cases() owner to amarre_definer;
alter function my_coordinated_cases() owner to amarre_definer;
alter function case_is_new(bigint) owner to amarre_definer;
alter function next_case_number(integer) owner to amarre_definer;
grant execute on function my_cases(), my_led_cases(), my_coordinated_cases(), case_is_new(bigint),
  next_case_number(integer) to amarre_staff;
grant execute on function my_roles(), my_centres(), amarre_me() to amarre_definer;
grant select on cases_membership, cases_assignment to amarre_definer;
grant select (id, number, opened_by_id) on cases_case to amarre_definer;

call amarre_wall('cases_case');
call amarre_wall('cases_assignment');
call amarre_wall('cases_membership');
call amarre_wall('cases_situation');
call amarre_wall('cases_note');
call amarre_wall('cases_closing');
call amarre_wall('cases_lookback');
create policy definer_select on cases_case for select to amarre_definer using (true);
create policy definer_select on cases_assignment for select to amarre_definer using (true);
create policy definer_select on cases_membership for select to amarre_definer using (true);

grant select, insert on cases_case, cases_assignment, cases_membership to amarre_staff;
-- Once written, a row of these stays the same case, the same person, the same centre, the same colleague.
grant update (safety) on cases_case to amarre_staff;
grant update (state, closed_on, last_contact_on, lead_id) on cases_assignment to amarre_staff;
grant update (until) on cases_membership to amarre_staff;
grant select, insert, update on cases_situation, cases_note, cases_closing, cases_lookback to amarre_staff;
grant delete on cases_note to amarre_staff;

create policy member_select on cases_case for select to amarre_staff
  using (id = any ((select my_cases())::bigint[]));
create policy worker_insert on cases_case for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker}' and opened_by_id = amarre_me()
    and (previous_id is null or previous_id = any ((select my_led_cases())::bigint[])));
create policy member_update on cases_case for update to amarre_staff
  using (id = any ((select my_cases())::bigint[])) with check (id = any ((select my_cases())::bigint[]));

create policy member_select on cases_assignment for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[])
      or centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{coordinator}');
create policy member_insert on cases_assignment for insert to amarre_staff
  with check (case_id = any ((select my_led_cases())::bigint[]));
create policy member_update on cases_assignment for update to amarre_staff
  using (case_id = any ((select my_cases())::bigint[])
      or case_id = any ((select my_coordinated_cases())::bigint[]))
  with check (case_id = any ((select my_cases())::bigint[])
      or case_id = any ((select my_coordinated_cases())::bigint[]));

create policy member_select on cases_membership for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[])
      or case_id = any ((select my_coordinated_cases())::bigint[]));
create policy named_insert on cases_membership for insert to amarre_staff
  with check (named_by_id = amarre_me() and (
       user_id = amarre_me() and role = 'lead' and case_is_new(case_id)
    or user_id <> amarre_me() and (case_id = any ((select my_led_cases())::bigint[])
                                or case_id = any ((select my_coordinated_cases())::bigint[]))));
-- One's own place may be given up, never prolonged.
create policy named_update on cases_membership for update to amarre_staff
  using (case_id = any ((select my_led_cases())::bigint[])
      or user_id = amarre_me() and case_id = any ((select my_cases())::bigint[])
      or case_id = any ((select my_coordinated_cases())::bigint[]) and user_id <> amarre_me())
  with check (user_id <> amarre_me() or until <= greatest(since, (now() at time zone 'Europe/Paris')::date));

create policy member_select on cases_situation for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]));
create policy member_insert on cases_situation for insert to amarre_staff
  with check (case_id = any ((select my_cases())::bigint[]));
create policy member_update on cases_situation for update to amarre_staff
  using (case_id = any ((select my_cases())::bigint[])) with check (case_id = any ((select my_cases())::bigint[]));

create policy member_select on cases_note for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]) and (not private or author_id = amarre_me()));
create policy author_insert on cases_note for insert to amarre_staff
  with check (case_id = any ((select my_cases())::bigint[]) and author_id = amarre_me());
create policy author_update on cases_note for update to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]) and author_id = amarre_me())
  with check (case_id = any ((select my_cases())::bigint[]) and author_id = amarre_me());
create policy author_delete on cases_note for delete to amarre_staff
  using (private and case_id = any ((select my_cases())::bigint[]) and author_id = amarre_me());

create policy member_select on cases_closing for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]));
create policy member_insert on cases_closing for insert to amarre_staff
  with check (case_id = any ((select my_led_cases())::bigint[]) and closed_by_id = amarre_me());
create policy member_update on cases_closing for update to amarre_staff
  using (case_id = any ((select my_led_cases())::bigint[])) with check (case_id = any ((select my_led_cases())::bigint[]));

create policy member_select on cases_lookback for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]));
create policy member_insert on cases_lookback for insert to amarre_staff
  with check (case_id = any ((select my_led_cases())::bigint[]));
create policy member_update on cases_lookback for update to amarre_staff
  using (case_id = any ((select my_cases())::bigint[])) with check (case_id = any ((select my_cases())::bigint[]));
