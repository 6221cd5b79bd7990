-- What the walls of appointments ask, and the little that a person sees of a worker's agenda: hours, and that they are taken.
create or replace function my_booking_link() returns text language sql stable
  set search_path = pg_catalog, public as $$
  select case when current_setting('amarre.actor', true) like 'public:%'
              then nullif(substr(current_setting('amarre.actor', true), 8), '') end
$$;
-- The places of a person, or of who holds a link that still works.
create or replace function my_bookings() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(b.id), '{}') from appointments_booking b
   where b.digest = my_booking_link() and b.expires_at > now() or b.person_id = my_person()
$$;
create or replace function my_booked_meetings() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(b.appointment_id), '{}') from appointments_booking b
   where b.appointment_id is not null
     and (b.digest = my_booking_link() and b.expires_at > now() or b.person_id = my_person())
$$;
-- Meetings that hold nobody else than the person: theirs to move and cancel. A meeting that was just made counts.
create or replace function my_own_meetings() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(a.id), '{}') from appointments_appointment a
   where a.capacity = 1 and (a.id = any (my_booked_meetings()) or a.made_through_id = any (my_bookings()))
$$;
create or replace function my_seats() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select case when my_roles() <> '{}' then
    coalesce((select array_agg(s.appointment_id) from appointments_seat s where s.user_id = amarre_me()), '{}')
  else '{}'::bigint[] end
$$;
create or replace function my_matter_bookings() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce((select array_agg(m.booking_id) from appointments_matter m where m.case_id = any ((select my_cases())::bigint[])), '{}')
$$;
create or replace function booking_worker(b bigint) returns bigint language sql stable security definer
  set search_path = pg_catalog, public as $$
  select k.worker_id from appointments_booking k where k.id = b
$$;
-- Whether the hours of a worker may be asked for: by the staff that books, or by somebody who is to meet them.
create or replace function may_see_hours(worker bigint) returns boolean language sql stable security definer
  set search_path = pg_catalog, public as $$
  select my_roles() && '{social_worker,secretary,coordinator}' or worker = amarre_me() and my_roles() <> '{}'
    or exists (select from appointments_booking b where b.id = any (my_bookings()) and b.worker_id = worker)
$$;
create or replace function worker_hours(worker bigint)
  returns table (id bigint, centre_id bigint, room_id bigint, weekday integer, starts time, ends time, every integer,
                 since date, until date, modes text[], kinds bigint[])
  language sql stable security definer set search_path = pg_catalog, public as $$
  select p.id, p.centre_id, p.room_id, p.weekday::integer, p.starts, p.ends, p.every::integer, p.since, p.until,
         p.modes::text[], p.kinds
    from appointments_permanence p where p.worker_id = worker_hours.worker and may_see_hours(worker_hours.worker)
$$;
create or replace function worker_changes(worker bigint, first date, last date)
  returns table (permanence_id bigint, day date, starts time, ends time)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select c.permanence_id, c."on", c.starts, c.ends from appointments_permanencechange c
    join appointments_permanence p on p.id = c.permanence_id
   where p.worker_id = worker_changes.worker and c."on" between first and last and may_see_hours(worker_changes.worker)
$$;
-- When a worker is taken, and never by what: meetings, time off, places kept for somebody else.
create or replace function worker_busy(worker bigint, first timestamptz, last timestamptz, leaving bigint)
  returns table (starts timestamptz, ends timestamptz)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select lower(s.span), upper(s.span) from appointments_seat s
   where s.user_id = worker_busy.worker and s.held and s.span && tstzrange(first, last) and may_see_hours(worker_busy.worker)
     and s.appointment_id is distinct from (select b.appointment_id from appointments_booking b
          join appointments_appointment a on a.id = b.appointment_id and a.capacity = 1
         where b.id = leaving and (b.id = any (my_bookings()) or my_roles() && '{social_worker,secretary}'))
  union all
  select t.starts_at, t.ends_at from appointments_timeoff t
   where t.worker_id = worker_busy.worker and t.starts_at < last and t.ends_at > first and may_see_hours(worker_busy.worker)
  union all
  select o.starts_at, o.ends_at from appointments_offer o
   where o.worker_id = worker_busy.worker and o.state = 'open' and o.until > now() and o.starts_at < last
     and o.ends_at > first and o.booking_id is distinct from leaving and may_see_hours(worker_busy.worker)
$$;
-- When the rooms of a worker's hours are taken.
create or replace function rooms_busy(worker bigint, first timestamptz, last timestamptz)
  returns table (room_id bigint, starts timestamptz, ends timestamptz)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select a.room_id, a.starts_at, a.ends_at from appointments_appointment a
   where a.room_id in (select p.room_id from appointments_permanence p where p.worker_id = rooms_busy.worker)
     and a.state = 'planned' and a.span && tstzrange(first, last) and may_see_hours(rooms_busy.worker)
$$;
-- Group slots of a worker that still have a place: when, and how many places are left.
create or replace function group_slots(worker bigint, kind bigint)
  returns table (id bigint, starts timestamptz, ends timestamptz, room_id bigint, mode text, places integer)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select a.id, a.starts_at, a.ends_at, a.room_id, a.mode,
         (a.capacity - (select count(*) from appointments_booking b where b.appointment_id = a.id and b.state = 'booked'))::integer
    from appointments_appointment a join appointments_seat s on s.appointment_id = a.id and s.host and s.held
   where s.user_id = group_slots.worker and a.kind_id = group_slots.kind and a.capacity > 1 and a.state = 'planned'
     and a.starts_at > now() and may_see_hours(group_slots.worker)
$$;
create or replace function free_place(meeting bigint) returns integer language sql volatile security definer
  set search_path = pg_catalog, public as $$
  select min(n)::integer from appointments_appointment a, generate_series(1, a.capacity) n
   where a.id = meeting and a.state = 'planned'
     and not exists (select from appointments_booking b where b.appointment_id = meeting and b.state = 'booked' and b.place = n)
$$;
-- What a person reads of their meeting: with whom, what, where, whom to call. Never who else comes, nor why.
create or replace function booking_sheet(b bigint)
  returns table (kind text, minutes integer, worker text, centre text, phone text, hours text, address text, room text,
                 access text, notice_hours integer, horizon_days integer, capacity integer, by_person boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select k.label, k.minutes::integer, u.name, c.name, c.phone, c.hours,
         trim(concat_ws(', ', nullif(c.address, ''), nullif(trim(concat_ws(' ', c.postcode, c.city)), ''))),
         coalesce(r.name, ''), coalesce(r.access, ''), k.notice_hours::integer, k.horizon_days::integer,
         k.capacity::integer, 'person' = any (k.bookable_by)
    from appointments_booking b0 join appointments_meetingkind k on k.id = b0.kind_id
    join accounts_user u on u.id = b0.worker_id left join appointments_appointment a on a.id = b0.appointment_id
    join organisations_centre c on c.id = coalesce(a.centre_id, b0.centre_id) left join appointments_room r on r.id = a.room_id
   where b0.id = booking_sheet.b and b0.id = any (my_bookings())
$$;
-- The load of a team, for whom shares it out: minutes and meetings a day, nobody's name.
create or replace function team_load(first date, last date)
  returns table (user_id bigint, day date, meetings integer, minutes integer)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select s.user_id, (lower(s.span) at time zone 'Europe/Paris')::date, count(*)::integer,
         (sum(extract(epoch from upper(s.span) - lower(s.span))) / 60)::integer
    from appointments_seat s
   where s.held and s.centre_id = any ((select my_centres())::bigint[]) and my_roles() && '{coordinator}'
     and s.span && tstzrange(first::timestamp at time zone 'Europe/Paris', (last + 1)::timestamp at time zone 'Europe/Paris')
   group by 1, 2
$$;
-- A calendar feed: who holds the secret reads when somebody meets, thirty days back and all that is to come.
create or replace function feed_owner() returns bigint language sql stable security definer
  set search_path = pg_catalog, public as $$
  select f.user_id from appointments_feed f join accounts_user u on u.id = f.user_id and u.is_active
   where f.digest = my_booking_link() and f.revoked_at is null
$$;
-- `changed` is also when somebody came to sit there: the key of a seat holds when it was made (`core.ids`).
drop function if exists feed_events();
create function feed_events()
  returns table (id bigint, starts timestamptz, ends timestamptz, mode text, sequence integer, changed timestamptz,
                 cancelled boolean, held boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select a.id, a.starts_at, a.ends_at, a.mode, a.sequence::integer,
         greatest(a.changed_at, to_timestamp(((s.id >> 22) + 1577836800000) / 1000.0)),
         a.state = 'cancelled' or not s.held, a.kind_id is null
    from appointments_seat s join appointments_appointment a on a.id = s.appointment_id
   where s.user_id = feed_owner() and a.starts_at > now() - interval '30 days'
$$;
-- Who asked for themselves is reached by what they gave themselves; what somebody else said of them never is.
create or replace function asker_reach(solicitation bigint) returns table (email text, phone text, quiet boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select s.email, s.phone, s.do_not_call from intake_solicitation s
   where s.id = asker_reach.solicitation and s.source = 'employee' and s.about = 'person'
$$;
-- Who is out, for those who go, who was told, and the coordinators once nobody came back: they may not see the meeting.
drop function if exists my_visits();
create function my_visits()
  returns table (visit_id bigint, appointment_id bigint, user_id bigint, name text, starts timestamptz, ends timestamptz, mode text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select v.id, a.id, u.id, u.name, a.starts_at, a.ends_at, a.mode
    from appointments_visit v join appointments_appointment a on a.id = v.appointment_id and a.state = 'planned'
    join appointments_seat s on s.appointment_id = a.id and s.held join accounts_user u on u.id = s.user_id
   where my_roles() <> '{}' and (v.told_id = amarre_me() or a.id = any (my_seats())
      or v.raised_at is not null and v.out_at is null and v.centre_id = any (my_centres()) and my_roles() && '{coordinator}')
   order by s.host desc, s.id
$$;
-- Whom the machine calls when nobody came back from a visit.
create or replace function centre_coordinators(centre bigint) returns setof bigint language sql stable security definer
  set search_path = pg_catalog, public as $$
  select u.id from accounts_user u join accounts_posting p on p.user_id = u.id
   where p.centre_id = centre_coordinators.centre and u.is_active and 'coordinator' = any (u.roles) order by u.id
$$;
-- Whose hours one keeps: one's own, and for the secretary and the coordinator those of their centres.
create or replace function keeps_hours_of(worker bigint) returns boolean language sql stable security definer
  set search_path = pg_catalog, public as $$
  select my_roles() <> '{}' and (worker = amarre_me() or my_roles() && '{secretary,coordinator}' and exists (
    select from accounts_posting p where p.user_id = worker and p.centre_id = any (my_centres())))
$$;
do $$ declare f text; begin
  foreach f in array array['keeps_hours_of(bigint)', 'asker_reach(bigint)', 'centre_coordinators(bigint)', 'my_bookings()', 'my_booked_meetings()', 'my_own_meetings()', 'my_seats()',
      'my_matter_bookings()', 'booking_worker(bigint)', 'may_see_hours(bigint)', 'worker_hours(bigint)',
      'worker_changes(bigint, date, date)', 'worker_busy(bigint, timestamptz, timestamptz, bigint)',
      'rooms_busy(bigint, timestamptz, timestamptz)', 'group_slots(bigint, bigint)', 'free_place(bigint)',
      'booking_sheet(bigint)', 'team_load(date, date)', 'feed_owner()', 'feed_events()', 'my_visits()'] loop
    execute format('alter function %s owner to amarre_definer', f);
  end loop; end $$;
grant execute on function my_booking_link() to amarre_definer, amarre_public, amarre_person, amarre_staff;
grant execute on function amarre_me(), my_roles() to amarre_public, amarre_person;
grant execute on function my_bookings(), my_booked_meetings(), my_own_meetings(), booking_worker(bigint),
  worker_hours(bigint), worker_changes(bigint, date, date), worker_busy(bigint, timestamptz, timestamptz, bigint),
  rooms_busy(bigint, timestamptz, timestamptz), group_slots(bigint, bigint), free_place(bigint), booking_sheet(bigint)
  to amarre_staff, amarre_public, amarre_person, amarre_definer;
grant execute on function may_see_hours(bigint) to amarre_definer;
grant execute on function keeps_hours_of(bigint), my_seats(), my_matter_bookings(), team_load(date, date) to amarre_staff;
grant execute on function asker_reach(bigint), centre_coordinators(bigint) to amarre_machine;
grant select (email, phone, do_not_call, source, about) on intake_solicitation to amarre_definer;
grant execute on function my_visits() to amarre_staff;
grant select (id, appointment_id, told_id, centre_id, raised_at, out_at) on appointments_visit to amarre_definer;
grant execute on function feed_owner(), feed_events() to amarre_public;
grant execute on function feed_owner() to amarre_definer;
grant select on appointments_booking, appointments_appointment, appointments_seat, appointments_permanence,
  appointments_permanencechange, appointments_timeoff, appointments_offer, appointments_meetingkind, appointments_room,
  appointments_feed to amarre_definer;
grant select (booking_id, case_id) on appointments_matter to amarre_definer;
