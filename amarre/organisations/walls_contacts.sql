-- Contacts of employers and their questions. Laid before `walls.sql`, whose policies use these functions.
create or replace function my_contacts() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(c.id), '{}') from organisations_contact c
    join accounts_user u on u.id = c.user_id and u.is_active and u.kind = 'employer'
   where c.user_id = amarre_me() and c.confirmed_at is not null and c.ended_on is null
$$;
create or replace function my_establishments() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(c.establishment_id), '{}') from organisations_contact c
   where c.id = any ((select my_contacts())::bigint[])
$$;
create or replace function my_companies() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(e.company_id), '{}') from organisations_establishment e
   where e.id = any ((select my_establishments())::bigint[])
$$;
-- Who may ask for help for somebody: a confirmed contact who is no elected member.
create or replace function may_ask_for_somebody() returns boolean language sql stable security definer
  set search_path = pg_catalog, public as $$
  select exists (select from organisations_contact c
                  where c.id = any ((select my_contacts())::bigint[]) and c.kind <> 'works_council')
$$;
-- An account at the employer's door, made or found by those who keep contacts. Null when the address opens another door:
-- that is told to nobody, since it would say that somebody has a space.
create or replace function open_employer_account(account bigint, address text, shown text) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare known bigint; kept text;
begin
  if not my_roles() && '{social_worker,secretary,coordinator}' then return null; end if;
  select u.id, u.kind into known, kept from accounts_user u where u.email = lower(address);
  if known is null then
    insert into accounts_user (id, password, email, name, kind, roles, is_active, invited_at)
    values (account, '!' || md5(random()::text), lower(address), shown, 'employer', '{}', true, now());
    return account;
  end if;
  if kept <> 'employer' then return null; end if;
  update accounts_user u set invited_at = now() where u.id = known and u.last_login is null and u.is_active;
  return known;
end $$;
alter function my_contacts() owner to amarre_definer; alter function my_establishments() owner to amarre_definer;
alter function my_companies() owner to amarre_definer; alter function may_ask_for_somebody() owner to amarre_definer;
alter function open_employer_account(bigint, text, text) owner to amarre_definer;
grant execute on function my_contacts(), my_establishments() to amarre_employer, amarre_staff, amarre_definer;
grant execute on function my_companies(), may_ask_for_somebody() to amarre_employer;
grant execute on function open_employer_account(bigint, text, text) to amarre_staff;
grant select (id, establishment_id, kind, user_id, confirmed_at, ended_on) on organisations_contact to amarre_definer;
create policy definer_employer_insert on accounts_user for insert to amarre_definer
  with check (kind = 'employer' and roles = '{}');
create policy definer_employer_update on accounts_user for update to amarre_definer
  using (kind = 'employer') with check (kind = 'employer' and roles = '{}' and is_active);

call amarre_wall('organisations_contact');
create policy definer_select on organisations_contact for select to amarre_definer using (true);
grant select, insert on organisations_contact to amarre_staff;
grant update (user_id, invited_at, confirmed_at, confirmed_by_id, checked_how, ended_on) on organisations_contact
  to amarre_staff;
grant select on organisations_contact to amarre_employer;
create policy keeper_select on organisations_contact for select to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}');
create policy keeper_insert on organisations_contact for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator}' and invited_by_id = amarre_me()
    and confirmed_at is null and ended_on is null);
create policy keeper_update on organisations_contact for update to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}')
  with check ((select my_roles()) && '{social_worker,secretary,coordinator}');
create policy own_select on organisations_contact for select to amarre_employer
  using (id = any ((select my_contacts())::bigint[]));
-- The machine tells a contact that something waits: an address, nothing else.
grant select (id, email, confirmed_at, ended_on) on organisations_contact to amarre_machine;
create policy machine_select on organisations_contact for select to amarre_machine using (true);

call amarre_wall('organisations_advice');
grant select on organisations_advice to amarre_staff, amarre_employer;
grant insert on organisations_advice to amarre_employer;
grant update (state, taken_by_id, question, answer, minutes, answered_on) on organisations_advice to amarre_staff;
grant update (state) on organisations_advice to amarre_employer;
create policy centre_select on organisations_advice for select to amarre_staff
  using ((select my_roles()) && '{social_worker,coordinator}' and centre_id = any ((select my_centres())::bigint[]));
create policy centre_update on organisations_advice for update to amarre_staff
  using ((select my_roles()) && '{social_worker,coordinator}' and centre_id = any ((select my_centres())::bigint[])
    and state in ('asked', 'taken'))
  with check (taken_by_id = amarre_me() and state in ('taken', 'answered'));
create policy own_select on organisations_advice for select to amarre_employer
  using (asked_by_id = any ((select my_contacts())::bigint[]));
create policy own_insert on organisations_advice for insert to amarre_employer
  with check (asked_by_id = any ((select my_contacts())::bigint[])
    and establishment_id = any ((select my_establishments())::bigint[])
    and state = 'asked' and taken_by_id is null and answer is null);
create policy own_update on organisations_advice for update to amarre_employer
  using (asked_by_id = any ((select my_contacts())::bigint[]) and state = 'answered') with check (state = 'closed');
