-- The watch over mass reading. An account neither writes nor reads its own count: these functions alone do.
call amarre_wall('audit_glance');
call amarre_wall('audit_habit');
call amarre_wall('audit_alarm');
grant select, insert, update on audit_glance, audit_habit to amarre_definer;
grant insert, select (user_id, kind, listed, raised_at, lifted_at) on audit_alarm to amarre_definer;
create policy definer_select on audit_glance for select to amarre_definer using (true);
create policy definer_insert on audit_glance for insert to amarre_definer with check (true);
create policy definer_update on audit_glance for update to amarre_definer using (true) with check (true);
create policy definer_select on audit_habit for select to amarre_definer using (true);
create policy definer_insert on audit_habit for insert to amarre_definer with check (true);
create policy definer_update on audit_habit for update to amarre_definer using (true) with check (true);
create policy definer_select on audit_alarm for select to amarre_definer using (true);
create policy definer_insert on audit_alarm for insert to amarre_definer with check (true);

create or replace function am_suspended() returns boolean language sql stable security definer
  set search_path = pg_catalog, public as $$
  select exists (select from audit_alarm a where a.user_id = amarre_me() and a.kind = 'stop' and a.lifted_at is null)
$$;

-- Count one reading outside one's own work, in the sliding hour (afresh after a stop was lifted).
-- p_bounds: alert above, stop at, times the usual hour, floor. The lock makes twenty requests at once count as twenty:
-- it is taken for what was not counted yet, and held until the reading is committed.
create or replace function note_glance(p_keys bigint[], p_subject text, p_listed boolean, p_at timestamptz,
  p_bounds integer[]) returns text language plpgsql volatile security definer
  set search_path = pg_catalog, public as $$
declare
  me constant bigint := amarre_me();
  today constant date := (p_at at time zone 'Europe/Paris')::date;
  since timestamptz;
  read_so_far integer;
  bound integer := p_bounds[1];
  usual numeric;
  raised text;
begin
  if am_suspended() then
    return 'stopped';
  end if;
  since := greatest(p_at - interval '1 hour',
    (select max(a.lifted_at) from audit_alarm a where a.user_id = me and a.kind = 'stop'));
  if exists (select from audit_glance g where g.user_id = me and g.subject = p_subject and g.at > since) then
    return 'seen';
  end if;
  perform pg_advisory_xact_lock(7203116, hashint8(me));
  if am_suspended() then
    return 'stopped';
  end if;
  insert into audit_glance as g (id, user_id, subject, listed, at) values (p_keys[1], me, p_subject, p_listed, p_at)
    on conflict (user_id, subject) do update set at = excluded.at, listed = excluded.listed;
  select count(*) into read_so_far from audit_glance g where g.user_id = me and g.listed = p_listed and g.at > since;
  if not p_listed then
    insert into audit_habit as h (id, user_id, day, busiest) values (p_keys[2], me, today, read_so_far)
      on conflict (user_id, day) do update set busiest = greatest(h.busiest, excluded.busiest);
    if read_so_far > p_bounds[4] then
      select percentile_disc(0.5) within group (order by d.busiest) into usual from (
        select h.busiest from audit_habit h where h.user_id = me and h.day < today order by h.day desc limit 90) d
      having count(*) >= 10;
      bound := least(bound, greatest(p_bounds[4], coalesce(p_bounds[3] * usual, bound)));
    end if;
  end if;
  if read_so_far >= p_bounds[2] then
    raised := 'stop';
    bound := p_bounds[2];
  elsif read_so_far > bound and not exists (
      select from audit_alarm a where a.user_id = me and a.kind = 'alert' and a.listed = p_listed and a.raised_at > since) then
    raised := 'alert';
  else
    return 'noted';
  end if;
  insert into audit_alarm (id, user_id, door, centres, kind, listed, count, bound, raised_at, state)
    values (p_keys[3], me, replace(current_setting('role'), 'amarre_', ''), my_centres(), raised, p_listed, read_so_far,
      bound, p_at, 'open');
  return raised;
end $$;
alter function am_suspended() owner to amarre_definer;
alter function note_glance(bigint[], text, boolean, timestamptz, integer[]) owner to amarre_definer;
grant execute on function am_suspended(), note_glance(bigint[], text, boolean, timestamptz, integer[])
  to amarre_staff, amarre_person, amarre_employer, amarre_partner;

-- What is over is forgotten: the machine sees dates, never whom nor what.
grant delete, select (at) on audit_glance to amarre_machine;
grant delete, select (day) on audit_habit to amarre_machine;
create policy machine_select on audit_glance for select to amarre_machine using (true);
create policy machine_delete on audit_glance for delete to amarre_machine using (at < now() - interval '2 hours');
create policy machine_select on audit_habit for select to amarre_machine using (true);
create policy machine_delete on audit_habit for delete to amarre_machine using (day < current_date - 365);

-- Alarms: the privacy officer, and the coordinators of a centre of the account; never answered by the account itself.
grant select on audit_alarm to amarre_staff;
grant update (state, seen_by, seen_at, lifted_by, lifted_at, reason) on audit_alarm to amarre_staff;
create policy watcher_select on audit_alarm for select to amarre_staff
  using ((select my_roles()) && '{privacy_officer}'
      or (select my_roles()) && '{coordinator}' and centres && (select my_centres()));
create policy watcher_update on audit_alarm for update to amarre_staff
  using (user_id <> amarre_me() and ((select my_roles()) && '{privacy_officer}'
      or (select my_roles()) && '{coordinator}' and centres && (select my_centres())))
  with check (user_id <> amarre_me() and (seen_by is null or seen_by = amarre_me())
    and (lifted_by is null or lifted_by = amarre_me()));
