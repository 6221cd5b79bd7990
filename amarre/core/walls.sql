-- Who reads the bedrock's tables. Applied after migrations (core/walls.py), as the owner.

-- The signed-in account, or null: nullif, because an unset custom setting becomes '' after a local SET.
create or replace function amarre_me() returns bigint language sql stable parallel safe
  set search_path = pg_catalog, public as $$
  select case when current_setting('amarre.actor', true) like 'user:%'
              then nullif(substr(current_setting('amarre.actor', true), 6), '')::bigint end
$$;

-- Roles and centres of the account: closed here, opened by the room `accounts`, which knows where they are kept.
create or replace function my_roles() returns text[] language sql stable as $$ select '{}'::text[] $$;
create or replace function my_centres() returns bigint[] language sql stable as $$ select '{}'::bigint[] $$;
-- The employee whose space the account opens: closed here, opened by the room `people`.
create or replace function my_person() returns bigint language sql stable as $$ select null::bigint $$;

-- Lay one wall: enable, force, and let the owner (migrations) through.
create or replace procedure amarre_wall(t regclass) language plpgsql
  set search_path = pg_catalog, public as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy owner_all on %s to amarre_owner using (true) with check (true)', t);
end $$;

-- Entry: what signing in needs, before anybody is somebody. No walled table is among these.
grant select, insert, update, delete on django_session, core_cache, account_emailaddress,
  account_emailconfirmation, mfa_authenticator to amarre_app;
grant usage on all sequences in schema public to amarre_app;
grant select on django_migrations, django_content_type to amarre_app;

-- The queue: its own role fills it, empties it, and sees nothing else.
grant select, insert, update, delete on procrastinate_jobs, procrastinate_events, procrastinate_workers,
  procrastinate_periodic_defers to amarre_queue;
grant usage on sequence procrastinate_jobs_id_seq, procrastinate_events_id_seq, procrastinate_workers_id_seq,
  procrastinate_periodic_defers_id_seq to amarre_queue;

-- Drafts: their author's alone.
call amarre_wall('core_draft');
grant select, insert, update, delete on core_draft to amarre_public, amarre_staff, amarre_person,
  amarre_employer;
create policy author_select on core_draft for select
  to amarre_public, amarre_staff, amarre_person, amarre_employer
  using (owner = current_setting('amarre.actor', true));
create policy author_insert on core_draft for insert
  to amarre_public, amarre_staff, amarre_person, amarre_employer
  with check (owner = current_setting('amarre.actor', true));
create policy author_update on core_draft for update
  to amarre_public, amarre_staff, amarre_person, amarre_employer
  using (owner = current_setting('amarre.actor', true)) with check (owner = current_setting('amarre.actor', true));
create policy author_delete on core_draft for delete
  to amarre_public, amarre_staff, amarre_person, amarre_employer
  using (owner = current_setting('amarre.actor', true));
-- The machine throws old drafts away; it may see their dates, never their body nor their author. Passers-by may share
-- a telephone: what they typed is kept for thirty minutes.
grant delete, select (id, saved_at) on core_draft to amarre_machine;
create policy machine_select on core_draft for select to amarre_machine using (true);
create policy machine_delete on core_draft for delete to amarre_machine
  using (saved_at < now() - interval '30 days'
    or owner like 'public:%' and saved_at < now() - interval '30 minutes');

-- Notices: asked by whoever acts at a door, in the transaction of their act; read, sent and forgotten by the machine.
call amarre_wall('core_notice');
grant insert on core_notice to amarre_public, amarre_staff, amarre_person, amarre_employer, amarre_partner,
  amarre_machine;
grant select, delete, update (mailbox, channel, sent_at, skipped) on core_notice to amarre_machine;
create policy asked_insert on core_notice for insert
  to amarre_public, amarre_staff, amarre_person, amarre_employer, amarre_partner, amarre_machine
  with check (sent_at is null and skipped = '' and mailbox = '' and channel = '');
create policy machine_select on core_notice for select to amarre_machine using (true);
create policy machine_update on core_notice for update to amarre_machine using (true) with check (true);
create policy machine_delete on core_notice for delete to amarre_machine using (at < now() - interval '30 days');
-- What became of the notices to one recipient: no word, no address; for who can make the keyed digest (`core.notices`).
create or replace function notice_fates(who text)
  returns table (says text, key text, at timestamptz, channel text, sent_at timestamptz, skipped text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select n.says, n.key, n.at, n.channel, n.sent_at, n.skipped
    from core_notice n where n.recipient = notice_fates.who order by n.at, n.id
$$;
alter function notice_fates(text) owner to amarre_definer;
grant execute on function notice_fates(text) to amarre_staff, amarre_person;
grant select (id, says, key, recipient, at, channel, sent_at, skipped) on core_notice to amarre_definer;
create policy definer_select on core_notice for select to amarre_definer using (true);
