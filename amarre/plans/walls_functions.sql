-- Functions that look through the walls of the plan, for policies and for the person's own page. Laid before `walls.sql`.
create or replace function my_plans() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(p.id), '{}') from plans_plan p
   where p.case_id = any ((select my_cases())::bigint[]) or p.person_id = (select my_person())
$$;
-- The plans of which a part was shared with me; the part « any » is each of them.
create or replace function my_shared_plans(part text) returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(c.plan_id), '{}') from plans_companion c
    join accounts_user u on u.id = c.user_id and u.is_active and u.kind = 'person'
   where c.user_id = amarre_me() and (part = 'any' and c.parts <> '{}' or part = any (c.parts))
     and (c.until is null or c.until >= (now() at time zone 'Europe/Paris')::date)
$$;
-- Who accompanies the person, for their own page: the lead's name, the centre and its telephone, whether it goes on.
create or replace function plan_facts(plan bigint)
  returns table (lead text, centre text, phone text, hours text, centre_id bigint, number text, open boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select u.name, k.name, k.phone, k.hours, k.id, a.number, a.state <> 'closed'
    from plans_plan p join cases_assignment a on a.case_id = p.case_id
    join accounts_user u on u.id = a.lead_id join organisations_centre k on k.id = a.centre_id
   where p.id = plan_facts.plan
     and (p.id = any ((select my_plans())::bigint[]) or p.id = any ((select my_shared_plans('any'))::bigint[]))
$$;
-- Names of those who are or were in the case, so that the person's page can say who opened it.
create or replace function plan_people(plan bigint) returns table (user_id bigint, name text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select distinct m.user_id, u.name from plans_plan p join cases_membership m on m.case_id = p.case_id
    join accounts_user u on u.id = m.user_id
   where p.id = plan_people.plan and p.id = any ((select my_plans())::bigint[])
$$;
-- Look-backs that are due for the person, who does not read the case.
create or replace function my_look_backs()
  returns table (id bigint, plan_id bigint, months smallint, due_on date)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select b.id, p.id, b.months, b.due_on from cases_lookback b join plans_plan p on p.case_id = b.case_id
   where p.person_id = (select my_person()) and b.done_on is null
     and not exists (select from plans_lookbackanswer a where a.look_back_id = b.id)
$$;
-- Whom to tell, without a word, that a look-back waits: on its day, and once more ten days later.
create or replace function look_backs_waiting(today date) returns table (person_id bigint)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select distinct p.person_id from cases_lookback b join plans_plan p on p.case_id = b.case_id
    join people_personaccount a on a.person_id = p.person_id join accounts_user u on u.id = a.user_id and u.is_active
   where b.done_on is null and b.due_on in (today, today - 10)
     and not exists (select from plans_lookbackanswer r where r.look_back_id = b.id)
$$;
-- Accounts of people are opened and closed by a member of their case, with them, and by nobody else.
create or replace function open_person_account(account bigint, plan bigint, address text, shown text)
  returns boolean language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  if not (open_person_account.plan = any (my_plans()) and my_roles() && '{social_worker}')
     or exists (select from accounts_user u where u.email = lower(address)) then
    return false;
  end if;
  insert into accounts_user (id, password, email, name, kind, roles, is_active)
  values (account, '!' || md5(random()::text), lower(address), shown, 'person', '{}', true);
  return true;
end $$;
create or replace function close_person_account(account bigint, plan bigint) returns void
  language sql volatile security definer set search_path = pg_catalog, public as $$
  update accounts_user u set is_active = false, disabled_at = now(), signed_out_at = now(),
         email = 'ferme-' || u.id || '@espace.invalid'
   where u.id = account and u.kind = 'person' and close_person_account.plan = any (my_plans())
     and my_roles() && '{social_worker}'
     and (exists (select from people_personaccount a join plans_plan p on p.person_id = a.person_id
                   where a.user_id = u.id and p.id = close_person_account.plan)
       or exists (select from plans_companion c where c.user_id = u.id and c.plan_id = close_person_account.plan)
          and not exists (select from people_personaccount a where a.user_id = u.id)
          and not exists (select from plans_companion c where c.user_id = u.id and c.plan_id <> close_person_account.plan))
$$;
alter function my_plans() owner to amarre_definer; alter function my_shared_plans(text) owner to amarre_definer;
alter function plan_facts(bigint) owner to amarre_definer; alter function plan_people(bigint) owner to amarre_definer;
alter function look_backs_waiting(date) owner to amarre_definer;
alter function open_person_account(bigint, bigint, text, text) owner to amarre_definer;
alter function close_person_account(bigint, bigint) owner to amarre_definer; alter function my_look_backs() owner to amarre_definer;
grant execute on function my_plans() to amarre_staff, amarre_person, amarre_definer;
grant execute on function my_shared_plans(text) to amarre_person, amarre_definer;
grant execute on function plan_facts(bigint), plan_people(bigint), my_look_backs() to amarre_person;
grant execute on function look_backs_waiting(date) to amarre_machine;
grant execute on function open_person_account(bigint, bigint, text, text), close_person_account(bigint, bigint)
  to amarre_staff;
grant select (id, case_id, person_id) on plans_plan to amarre_definer;
grant select (plan_id, user_id, parts, until) on plans_companion to amarre_definer;
grant select (id, case_id, months, due_on, done_on) on cases_lookback to amarre_definer;
grant select (look_back_id) on plans_lookbackanswer to amarre_definer;
grant insert, update on accounts_user to amarre_definer;
