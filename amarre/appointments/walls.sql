-- Appointments: logistics to who books in the centre, to who is seated, to the person; why, to the case's members.
do $$ declare t text; begin
  foreach t in array '{meetingkind,room,permanence,permanencechange,timeoff,appointment,seat,booking,matter,guest,offer,visit,feed}'::text[] loop
    call amarre_wall(('appointments_' || t)::regclass);
    if t <> 'guest' then
      execute format('create policy definer_select on appointments_%s for select to amarre_definer using (true)', t);
    end if;
  end loop; end $$;

-- Kinds, rooms and hours: known to the staff; hours to who books or shares out.
grant select, insert, update on appointments_meetingkind, appointments_room to amarre_staff;
create policy staff_select on appointments_meetingkind for select to amarre_staff using (true);
create policy keeper_insert on appointments_meetingkind for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin,coordinator}');
create policy keeper_update on appointments_meetingkind for update to amarre_staff
  using ((select my_roles()) && '{service_admin,coordinator}') with check (true);
create policy staff_select on appointments_room for select to amarre_staff using (true);
create policy keeper_insert on appointments_room for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin,coordinator}');
create policy keeper_update on appointments_room for update to amarre_staff
  using ((select my_roles()) && '{service_admin,coordinator}') with check (true);

grant select, insert, update (until) on appointments_permanence to amarre_staff;
create policy booker_select on appointments_permanence for select to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}');
create policy keeper_insert on appointments_permanence for insert to amarre_staff
  with check (keeps_hours_of(worker_id));
create policy keeper_update on appointments_permanence for update to amarre_staff
  using (keeps_hours_of(worker_id)) with check (true);
grant select, insert, delete, update (starts, ends) on appointments_permanencechange to amarre_staff;
create policy booker_select on appointments_permanencechange for select to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}');
create policy keeper_insert on appointments_permanencechange for insert to amarre_staff
  with check (exists (select from appointments_permanence p where p.id = permanence_id
    and keeps_hours_of(p.worker_id)));
create policy keeper_update on appointments_permanencechange for update to amarre_staff
  using (exists (select from appointments_permanence p where p.id = permanence_id
    and keeps_hours_of(p.worker_id))) with check (true);
create policy keeper_delete on appointments_permanencechange for delete to amarre_staff
  using (exists (select from appointments_permanence p where p.id = permanence_id
    and keeps_hours_of(p.worker_id)));
grant select, insert, delete on appointments_timeoff to amarre_staff;
create policy booker_select on appointments_timeoff for select to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}'
    or worker_id = amarre_me() and (select my_roles()) && '{health_team}');
create policy keeper_insert on appointments_timeoff for insert to amarre_staff
  with check (keeps_hours_of(worker_id));
create policy keeper_delete on appointments_timeoff for delete to amarre_staff
  using (keeps_hours_of(worker_id));

-- Meetings.
grant select, insert, update on appointments_appointment to amarre_staff;
create policy circle_select on appointments_appointment for select to amarre_staff
  using (centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{social_worker,secretary}'
      or id = any ((select my_seats())::bigint[]));
create policy booker_insert on appointments_appointment for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator,health_team}' and made_by_id = amarre_me()
    and made_through_id is null);
create policy booker_update on appointments_appointment for update to amarre_staff
  using (centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{social_worker,secretary}'
      or id = any ((select my_seats())::bigint[])) with check (true);
grant select, insert on appointments_appointment to amarre_public, amarre_person;
grant update (centre_id, mode, room_id, starts_at, ends_at, span, state, sequence, changed_at) on appointments_appointment
  to amarre_public, amarre_person;
create policy own_select on appointments_appointment for select to amarre_public, amarre_person
  using (id = any ((select my_booked_meetings())::bigint[]));
create policy own_insert on appointments_appointment for insert to amarre_public, amarre_person
  with check (made_by_id is null and capacity = 1 and made_through_id = any ((select my_bookings())::bigint[]));
create policy own_update on appointments_appointment for update to amarre_public, amarre_person
  using (id = any ((select my_own_meetings())::bigint[])) with check (capacity = 1);

grant select, insert, update (span, held, centre_id, user_id) on appointments_seat to amarre_staff;
create policy circle_select on appointments_seat for select to amarre_staff
  using (centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{social_worker,secretary}'
      or appointment_id = any ((select my_seats())::bigint[]));
create policy booker_insert on appointments_seat for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator,health_team}');
create policy booker_update on appointments_seat for update to amarre_staff
  using (centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{social_worker,secretary}'
      or appointment_id = any ((select my_seats())::bigint[])) with check (true);
grant select, insert, update (span, held, centre_id) on appointments_seat to amarre_public, amarre_person;
create policy own_select on appointments_seat for select to amarre_public, amarre_person
  using (appointment_id = any ((select my_booked_meetings())::bigint[]));
create policy own_insert on appointments_seat for insert to amarre_public, amarre_person
  with check (appointment_id = any ((select my_own_meetings())::bigint[]) and host
    and user_id in (select booking_worker(b) from unnest((select my_bookings())::bigint[]) b));
create policy own_update on appointments_seat for update to amarre_public, amarre_person
  using (appointment_id = any ((select my_own_meetings())::bigint[])) with check (true);

-- Places.
grant select, insert, update on appointments_booking to amarre_staff;
create policy circle_select on appointments_booking for select to amarre_staff
  using (centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{social_worker,secretary}'
      or appointment_id = any ((select my_seats())::bigint[])
      or worker_id = amarre_me() and (select my_roles()) && '{social_worker}'
      or id = any ((select my_matter_bookings())::bigint[]));
create policy booker_insert on appointments_booking for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary}' and made_by_id = amarre_me());
create policy booker_update on appointments_booking for update to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary}'
    and (centre_id = any ((select my_centres())::bigint[]) or worker_id = amarre_me())) with check (true);
grant select on appointments_booking to amarre_public, amarre_person;
grant update (appointment_id, span, place, state, ended_by, mode, reply, replied_at, earlier_since, sequence, expires_at)
  on appointments_booking to amarre_public, amarre_person;
create policy own_select on appointments_booking for select to amarre_public, amarre_person
  using (id = any ((select my_bookings())::bigint[]));
create policy own_update on appointments_booking for update to amarre_public, amarre_person
  using (id = any ((select my_bookings())::bigint[])) with check (expires_at <= now() + interval '400 days');

-- Why, and who else: the members.
grant select, insert, update on appointments_matter to amarre_staff;
create policy member_select on appointments_matter for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]));
create policy member_insert on appointments_matter for insert to amarre_staff
  with check (case_id = any ((select my_cases())::bigint[])
    and exists (select from appointments_booking b where b.id = booking_id));
create policy member_update on appointments_matter for update to amarre_staff
  using (case_id = any ((select my_cases())::bigint[])) with check (case_id = any ((select my_cases())::bigint[]));
grant select, insert, update (sequence), delete on appointments_guest to amarre_staff;
create policy member_select on appointments_guest for select to amarre_staff
  using (exists (select from appointments_matter m where m.id = matter_id));
create policy member_insert on appointments_guest for insert to amarre_staff
  with check (exists (select from appointments_matter m where m.id = matter_id
    and agreement_covers(agreement_id, m.case_id)));
create policy member_update on appointments_guest for update to amarre_staff
  using (exists (select from appointments_matter m where m.id = matter_id)) with check (true);
create policy member_delete on appointments_guest for delete to amarre_staff
  using (exists (select from appointments_matter m where m.id = matter_id));

-- Places that were freed: offered by the machine, taken by who was offered.
grant select on appointments_offer to amarre_staff, amarre_public, amarre_person;
grant update (state) on appointments_offer to amarre_staff, amarre_public, amarre_person;
create policy circle_select on appointments_offer for select to amarre_staff
  using (centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{social_worker,secretary}');
create policy circle_update on appointments_offer for update to amarre_staff
  using (centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{social_worker,secretary}')
  with check (state <> 'open');
create policy own_select on appointments_offer for select to amarre_public, amarre_person
  using (booking_id = any ((select my_bookings())::bigint[]));
create policy own_update on appointments_offer for update to amarre_public, amarre_person
  using (booking_id = any ((select my_bookings())::bigint[])) with check (state <> 'open');

-- Sheets of visits: those who go, who was told; the coordinators of the centre once the alarm was raised.
grant select, insert, update on appointments_visit to amarre_staff;
create policy circle_select on appointments_visit for select to amarre_staff
  using (told_id = amarre_me() and (select my_roles()) <> '{}' or appointment_id = any ((select my_seats())::bigint[])
      or raised_at is not null and out_at is null and centre_id = any ((select my_centres())::bigint[])
         and (select my_roles()) && '{coordinator}');
create policy seated_insert on appointments_visit for insert to amarre_staff
  with check (appointment_id = any ((select my_seats())::bigint[]));
create policy circle_update on appointments_visit for update to amarre_staff
  using (told_id = amarre_me() and (select my_roles()) <> '{}' or appointment_id = any ((select my_seats())::bigint[])
      or raised_at is not null and out_at is null and centre_id = any ((select my_centres())::bigint[])
         and (select my_roles()) && '{coordinator}') with check (true);

grant select, insert, update (revoked_at) on appointments_feed to amarre_staff;
create policy own_select on appointments_feed for select to amarre_staff
  using (user_id = amarre_me() and (select my_roles()) <> '{}');
create policy own_insert on appointments_feed for insert to amarre_staff
  with check (user_id = amarre_me() and (select my_roles()) && '{social_worker,secretary,coordinator,health_team}');
create policy own_update on appointments_feed for update to amarre_staff
  using (user_id = amarre_me()) with check (user_id = amarre_me());

-- The machine reminds, offers what frees up, and raises the alarm: times and keys, no name.
grant select (id, kind_id, worker_id, centre_id, mode, person_id, solicitation_id, appointment_id, state, quiet, digest,
  expires_at, choose_until, reply, earlier_since, sequence, made_at) on appointments_booking to amarre_machine;
grant select (id, starts_at, ends_at, state, kind_id, sequence, capacity, centre_id, mode, changed_at)
  on appointments_appointment to amarre_machine;
grant select (id, minutes, notice_hours, capacity, bookable_by) on appointments_meetingkind to amarre_machine;
grant select (id, appointment_id, user_id, host, held) on appointments_seat to amarre_machine;
grant select, insert, update (state) on appointments_offer to amarre_machine;
grant select (id, appointment_id, centre_id, told_id, back_at, out_at, alarmed_at, raised_at, taken_at)
  on appointments_visit to amarre_machine;
grant update (alarmed_at, raised_at) on appointments_visit to amarre_machine;
do $$ declare t text; begin
  foreach t in array '{booking,appointment,meetingkind,seat,offer,visit}'::text[] loop
    execute format('create policy machine_select on appointments_%s for select to amarre_machine using (true)', t);
  end loop; end $$;
-- Where to write to whoever comes from elsewhere; who they are stays shut.
grant select (id, matter_id, agreement_id, email, sequence), update (sequence) on appointments_guest to amarre_machine;
create policy machine_select on appointments_guest for select to amarre_machine
  using (guest_booking(matter_id, agreement_id) is not null);
create policy machine_update on appointments_guest for update to amarre_machine
  using (guest_booking(matter_id, agreement_id) is not null) with check (true);
create policy machine_insert on appointments_offer for insert to amarre_machine with check (state = 'open');
create policy machine_update on appointments_offer for update to amarre_machine using (true) with check (state <> 'open');
create policy machine_update on appointments_visit for update to amarre_machine using (true) with check (true);
