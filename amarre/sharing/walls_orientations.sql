-- Orientations: where they stand is read by the members and, while it may be read, by the partner. Laid before `walls.sql`.
call amarre_wall('sharing_orientation');
grant select, insert on sharing_orientation to amarre_staff;
grant update (reminded, reminded_on, next_reminder_on) on sharing_orientation to amarre_staff;
grant select on sharing_orientation to amarre_partner;
grant update (state, seen_at, answered_at, started_at, ended_at, refusal, next_reminder_on) on sharing_orientation to amarre_partner;
create policy member_select on sharing_orientation for select to amarre_staff
  using (exists (select from sharing_transmission t
    where t.id = transmission_id and t.case_id = any ((select my_cases())::bigint[])));
create policy partner_select on sharing_orientation for select to amarre_partner
  using (transmission_id = any ((select my_received())::bigint[]));
create policy member_insert on sharing_orientation for insert to amarre_staff
  with check (state = 'sent' and reminded = 0 and told = 0 and exists (select from sharing_transmission t
    where t.id = transmission_id and t.kind = 'orientation' and t.state = 'sent'
      and t.case_id = any ((select my_led_cases())::bigint[])
      and structure_id is not distinct from (select c.structure_id from directory_partnercontact c where c.id = t.partner_id)));
create policy member_update on sharing_orientation for update to amarre_staff
  using (exists (select from sharing_transmission t
    where t.id = transmission_id and t.case_id = any ((select my_cases())::bigint[]))) with check (true);
create policy partner_update on sharing_orientation for update to amarre_partner
  using (transmission_id = any ((select my_received())::bigint[])) with check (true);

-- The mail that carries a link: the machine reads its address and its secret until it has left, then forgets the secret.
grant select (id, email, secret, mailed_at, ended_at), update (secret, mailed_at) on sharing_accesslink to amarre_machine;
create policy machine_select on sharing_accesslink for select to amarre_machine
  using (ended_at is null and (secret is not null or mailed_at > now() - interval '1 minute'));
create policy machine_update on sharing_accesslink for update to amarre_machine
  using (ended_at is null and secret is not null) with check (secret is null);

-- Reminders and figures look through the wall, for codes and dates alone.
grant select (id, kind, sent_at, read_at, agreement_id, case_id) on sharing_transmission to amarre_definer;
grant select, update (reminded, told, reminded_on, next_reminder_on) on sharing_orientation to amarre_definer;
create policy definer_select on sharing_orientation for select to amarre_definer using (true);
create policy definer_update on sharing_orientation for update to amarre_definer using (true) with check (true);

-- Whether a partner may be reminded: nothing was answered, recalled nor withdrawn, and it may still be read.
create or replace function orientation_waits(o bigint, today date) returns boolean language sql stable security definer
  set search_path = pg_catalog, public as $$
  select exists (select from sharing_orientation r join sharing_transmission t on t.id = r.transmission_id
   where r.id = o and r.state in ('sent', 'seen') and t.state = 'sent' and t.visible_until >= today
     and agreement_covers(t.agreement_id, t.case_id))
$$;
-- The reminders that fall due, each taken once: the count goes up, the next day is set, before any mail is written.
create or replace function claim_reminders(today date, days integer[]) returns table (orientation bigint, number smallint)
  language sql volatile security definer set search_path = pg_catalog, public as $$
  update sharing_orientation r set reminded = r.reminded + 1, reminded_on = today,
         next_reminder_on = greatest((r.sent_at at time zone 'Europe/Paris')::date + days[r.reminded + 2],
                                     today + days[r.reminded + 2] - days[r.reminded + 1])
   where r.next_reminder_on <= today and r.reminded < least(3, cardinality(days)) and orientation_waits(r.id, today)
  returning r.id, r.reminded
$$;
-- To whom one reminder goes, given once: an account that is open, else the contact while a link of theirs works.
create or replace function take_reminder(o bigint, n integer, today date) returns table (address text, account boolean)
  language sql volatile security definer set search_path = pg_catalog, public as $$
  with taken as (
    update sharing_orientation r set told = n from sharing_transmission t
     where r.id = o and t.id = r.transmission_id and r.told < n and r.reminded = n and orientation_waits(o, today)
    returning t.id, t.to_user_id, t.partner_id)
  select coalesce(u.email, p.email)::text, u.id is not null from taken
    join directory_partnercontact p on p.id = taken.partner_id and p.ended_on is null
    left join accounts_user u on u.id = taken.to_user_id and u.is_active
   where coalesce(u.email, p.email) <> ''
     and (u.id is not null or exists (select from sharing_accesslink l
           where l.transmission_id = taken.id and l.ended_at is null and l.expires_at > now()))
$$;
create or replace function give_back_reminder(o bigint, n integer) returns void language sql volatile security definer
  set search_path = pg_catalog, public as $$
  update sharing_orientation r set told = n - 1 where r.id = o and r.told = n
$$;
-- A partner's answers over every case: counts, and nothing at all under eleven.
create or replace function partner_figures(structure bigint)
  returns table (sent bigint, seen bigint, accepted bigint, refused bigint, started bigint, ended bigint,
                 median_days double precision, reasons jsonb)
  language sql stable security definer set search_path = pg_catalog, public as $$
  with r as (select o.* from sharing_orientation o join sharing_transmission t on t.id = o.transmission_id
              where o.structure_id = partner_figures.structure and t.state = 'sent')
  select count(*), count(r.seen_at), count(*) filter (where r.state in ('accepted', 'started', 'ended')),
         count(*) filter (where r.state = 'refused'), count(r.started_at), count(r.ended_at),
         percentile_cont(0.5) within group (order by extract(epoch from r.answered_at - r.sent_at) / 86400),
         coalesce((select jsonb_object_agg(g.refusal, g.n) from
           (select r.refusal, count(*) as n from r where r.refusal <> '' group by r.refusal) g), '{}')
    from r having count(*) >= 11
$$;
alter function orientation_waits(bigint, date) owner to amarre_definer;
alter function claim_reminders(date, integer[]) owner to amarre_definer;
alter function take_reminder(bigint, integer, date) owner to amarre_definer;
alter function give_back_reminder(bigint, integer) owner to amarre_definer;
alter function partner_figures(bigint) owner to amarre_definer;
grant execute on function orientation_waits(bigint, date) to amarre_definer;
grant execute on function agreement_covers(bigint, bigint) to amarre_definer;
grant execute on function my_link() to amarre_machine;  -- a trigger on its table names it
grant execute on function claim_reminders(date, integer[]), take_reminder(bigint, integer, date),
  give_back_reminder(bigint, integer) to amarre_app;
grant execute on function partner_figures(bigint) to amarre_staff;
