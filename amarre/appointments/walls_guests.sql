-- Whoever comes from elsewhere: the machine reads where to write, while an agreement of the person covers it, and no longer.
-- The meeting of a guest while they are covered; nothing once the agreement was taken back, or is over.
create or replace function guest_booking(matter bigint, agreement bigint) returns bigint language sql stable security definer
  set search_path = pg_catalog, public as $$
  select m.booking_id from appointments_matter m
   where m.id = guest_booking.matter and agreement_covers(guest_booking.agreement, m.case_id)
$$;
create or replace function booking_matter(b bigint) returns bigint language sql stable security definer
  set search_path = pg_catalog, public as $$
  select m.id from appointments_matter m where m.booking_id = booking_matter.b
$$;
alter function guest_booking(bigint, bigint) owner to amarre_definer;
alter function booking_matter(bigint) owner to amarre_definer;
grant execute on function guest_booking(bigint, bigint), booking_matter(bigint) to amarre_machine;
grant execute on function agreement_covers(bigint, bigint) to amarre_definer;
grant select (id) on appointments_matter to amarre_definer;
