-- Accounts: entry signs in; staff reads colleagues (never a password); the service admin keeps accounts.
create or replace function my_roles() returns text[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce((select u.roles::text[] from accounts_user u where u.id = amarre_me() and u.is_active), '{}')
$$;
create or replace function my_centres() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce((select array_agg(p.centre_id) from accounts_posting p
                   join accounts_user u on u.id = p.user_id and u.is_active where p.user_id = amarre_me()), '{}')
$$;
alter function my_roles() owner to amarre_definer;
alter function my_centres() owner to amarre_definer;
grant execute on function my_roles(), my_centres() to amarre_staff;
grant select on accounts_user, accounts_posting to amarre_definer;

-- The second factor's secrets are entry's; the staff learns whether there is one (its own; the service admin: anybody's),
-- and the service admin takes away a colleague's, when a telephone and its spare codes are lost.
create or replace function second_factor_of(account bigint) returns boolean language sql stable security definer
  set search_path = pg_catalog, public as $$
  select exists (select from mfa_authenticator m where m.user_id = account and m.type = 'totp')
     and (account = amarre_me() or my_roles() && '{service_admin}')
$$;
create or replace function remove_second_factor(account bigint) returns void language sql volatile security definer
  set search_path = pg_catalog, public as $$
  delete from mfa_authenticator m where m.user_id = account and account <> amarre_me() and my_roles() && '{service_admin}'
$$;
alter function second_factor_of(bigint) owner to amarre_definer;
alter function remove_second_factor(bigint) owner to amarre_definer;
grant execute on function second_factor_of(bigint), remove_second_factor(bigint) to amarre_staff;
grant select, delete on mfa_authenticator to amarre_definer;

call amarre_wall('accounts_user');
create policy definer_select on accounts_user for select to amarre_definer using (true);
grant select on accounts_user to amarre_app;
grant update (password, last_login) on accounts_user to amarre_app;
create policy entry_select on accounts_user for select to amarre_app using (true);
create policy entry_update on accounts_user for update to amarre_app using (is_active) with check (is_active);
grant select (id, email, name, kind, roles, is_active, invited_at, disabled_at, signed_out_at, last_login) on accounts_user to amarre_staff;
grant insert on accounts_user to amarre_staff;
grant update (name, roles, is_active, invited_at, disabled_at, signed_out_at) on accounts_user to amarre_staff;
create policy staff_select on accounts_user for select to amarre_staff
  using (kind = 'staff' or (select my_roles()) && '{service_admin}');
create policy admin_insert on accounts_user for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin}');
create policy admin_update on accounts_user for update to amarre_staff
  using ((select my_roles()) && '{service_admin}' and id <> amarre_me()) with check (true);

call amarre_wall('accounts_posting');
create policy definer_select on accounts_posting for select to amarre_definer using (true);
grant select on accounts_posting to amarre_app, amarre_staff;
grant select (id, name) on organisations_centre to amarre_app;
create policy entry_select on organisations_centre for select to amarre_app using (true);
grant insert, delete on accounts_posting to amarre_staff;
create policy entry_select on accounts_posting for select to amarre_app using (true);
create policy staff_select on accounts_posting for select to amarre_staff using (true);
create policy admin_insert on accounts_posting for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin}' and user_id <> amarre_me());
create policy admin_delete on accounts_posting for delete to amarre_staff
  using ((select my_roles()) && '{service_admin}' and user_id <> amarre_me());

-- The demo's mailbox; in production nothing is ever written here.
grant select, insert on accounts_mail to amarre_app;
grant insert on accounts_mail to amarre_staff, amarre_public, amarre_machine;

-- Where the machine writes that something waits: the mailbox of an account that is open, and which door it has.
create or replace function account_reach(account bigint) returns table (email text, kind text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select u.email, u.kind from accounts_user u where u.id = account and u.is_active and u.kind <> 'person'
$$;
alter function account_reach(bigint) owner to amarre_definer;
grant execute on function account_reach(bigint) to amarre_machine;
