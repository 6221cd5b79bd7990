-- Functions that look through the walls of collective actions. Laid before `walls.sql`.
drop function if exists seat_page(text);
-- The actions that a contact reads: of their workplace, once agreed; and what they asked for themselves.
create or replace function my_actions() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(a.id), '{}') from collective_action a
   where (a.establishment_id = any ((select my_establishments())::bigint[])
          or a.establishment_id is null and a.company_id = any ((select my_companies())::bigint[]))
     and (a.contact_id = any ((select my_contacts())::bigint[]) or a.agreed_on is not null)
$$;
-- Of these, the actions whose totals may leave the service.
create or replace function my_told_actions() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(a.id), '{}') from collective_action a
   where a.id = any ((select my_actions())::bigint[]) and not a.sensitive and a.report_on is not null
$$;
-- Whether a session is still to come: `open`, `past` or `cancelled`.
create or replace function session_standing(session_state text, action_state text, day date, ends time) returns text
  language sql stable security definer set search_path = pg_catalog, public as $$
  select case when session_state = 'cancelled' or action_state in ('withdrawn', 'refused') then 'cancelled'
              when session_state = 'held' or day + ends <= now() at time zone 'Europe/Paris' then 'past'
              else 'open' end
$$;
-- What the code of a session shows to anybody: nothing that says how many come. The link of a remote meeting is for who
-- holds a place, where one signs up.
drop function if exists action_page(text);
create function action_page(session_code text)
  returns table (title text, aim text, audience text, contacts text[], sensitive boolean, signs boolean, centre bigint, day date, starts time, ends time, place text,
    access text, link text, languages text[], interpreter text, accessibility text, sequence int, changed timestamptz,
    standing text, sign_up boolean, full_up boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select a.title, a.aim, a.audience, a.local_contacts::text[], a.sensitive, a.signs, a.centre_id, s.day, s.starts, s.ends, s.place, a.access,
         case when n.standing = 'open' and not (s.sign_up and not a.sensitive) then s.link else '' end,
         s.languages::text[], a.interpreter, a.accessibility, s.sequence, s.changed_at, n.standing,
         n.standing = 'open' and s.sign_up and not a.sensitive,
         n.standing = 'open' and s.sign_up and (select count(*) from collective_seat t
                                                 where t.session_id = s.id and t.state = 'taken') >= s.capacity
    from collective_session s join collective_action a on a.id = s.action_id, session_standing(s.state, a.state, s.day, s.ends) n(standing)
   where s.code = session_code
$$;
-- The other sessions of the same action that are to come.
create or replace function action_others(session_code text)
  returns table (code text, day date, starts time, ends time, place text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select s.code, s.day, s.starts, s.ends, s.place
    from collective_session m join collective_session s on s.action_id = m.action_id and s.id <> m.id
    join collective_action a on a.id = s.action_id
   where m.code = session_code and session_standing(s.state, a.state, s.day, s.ends) = 'open'
   order by s.day, s.starts, s.id
$$;
-- A place, or the hope of one; null when the list is closed. The session is held while its places are counted, and its
-- clock read: who came first is first. A place whose form was sent twice is the same place.
create or replace function take_seat(session_code text, seat bigint, secret text, name bytea, email bytea, phone bytea)
  returns text language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare here record; taken bigint; waiting bigint; got text;
begin
  select s.id, s.capacity into here from collective_session s join collective_action a on a.id = s.action_id
   where s.code = session_code and s.sign_up and not a.sensitive
     and session_standing(s.state, a.state, s.day, s.ends) = 'open'
     for no key update of s;
  if here.id is null then return null; end if;
  select t.state into got from collective_seat t where t.id = seat and t.session_id = here.id and t.digest = secret;
  if found then return got; end if;
  select count(*) filter (where t.state = 'taken'), count(*) filter (where t.state = 'waiting')
    into taken, waiting from collective_seat t where t.session_id = here.id;
  if waiting >= 200 then return null; end if;
  got := case when taken < here.capacity then 'taken' else 'waiting' end;
  insert into collective_seat (id, session_id, name, email, phone, state, digest, made_at)
  values (seat, here.id, name, email, phone, got, secret, clock_timestamp());
  return got;
end $$;
-- What the link of a place shows.
drop function if exists seat_of(text);
create function seat_of(secret text)
  returns table (seat bigint, code text, title text, centre bigint, day date, starts time, ends time, place text,
    access text, link text, languages text[], interpreter text, accessibility text, sequence int, changed timestamptz,
    standing text, taken boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select t.id, s.code, a.title, a.centre_id, s.day, s.starts, s.ends, s.place, a.access,
         case when t.state = 'taken' and n.standing = 'open' then s.link else '' end, s.languages::text[],
         a.interpreter, a.accessibility, s.sequence, s.changed_at, n.standing, t.state = 'taken'
    from collective_seat t join collective_session s on s.id = t.session_id
    join collective_action a on a.id = s.action_id, session_standing(s.state, a.state, s.day, s.ends) n(standing)
   where t.digest = secret
$$;
-- A place given up: the keys of the places that those who wait have now; null when there was none to give up.
drop function if exists give_up_seat(text);
create function give_up_seat(secret text) returns bigint[] language plpgsql volatile security definer
  set search_path = pg_catalog, public as $$
declare mine record; now_taken bigint[];
begin
  select t.id, t.session_id into mine from collective_seat t where t.digest = secret;
  if mine.id is null then return null; end if;
  perform from collective_session s where s.id = mine.session_id for no key update;
  delete from collective_seat t where t.id = mine.id;
  if not found then return null; end if;
  with promoted as (
    update collective_seat t set state = 'taken'
     where t.id in (select w.id from collective_seat w where w.session_id = mine.session_id and w.state = 'waiting'
                     order by w.made_at, w.id
                     limit greatest(0, (select s.capacity from collective_session s
                                          join collective_action a on a.id = s.action_id where s.id = mine.session_id
                                           and session_standing(s.state, a.state, s.day, s.ends) = 'open')
                       - (select count(*) from collective_seat h
                           where h.session_id = mine.session_id and h.state = 'taken')))
    returning t.id)
  select coalesce(array_agg(p.id), '{}') into now_taken from promoted p;
  return now_taken;
end $$;
-- Whom to call about a place: its centre, for the message that goes to its holder.
create or replace function seat_centre(seat bigint) returns bigint language sql stable security definer
  set search_path = pg_catalog, public as $$
  select a.centre_id from collective_seat t join collective_session s on s.id = t.session_id
    join collective_action a on a.id = s.action_id where t.id = seat
$$;

-- The time that a session took in the team's agenda is given back by whoever arranges sessions, in whichever centre.
create or replace function give_session_time_back(session bigint) returns void language plpgsql volatile security definer
  set search_path = pg_catalog, public as $$
declare kept bigint;
begin
  if not my_roles() && '{social_worker,secretary,coordinator}' then return; end if;
  select s.appointment_id into kept from collective_session s where s.id = give_session_time_back.session;
  if kept is null then return; end if;
  update appointments_appointment a set state = 'cancelled', changed_at = now(), sequence = a.sequence + 1
   where a.id = kept and a.state = 'planned';
  update appointments_seat t set held = false where t.appointment_id = kept and t.held;
  update collective_session s set appointment_id = null where s.id = give_session_time_back.session;
end $$;

-- The questions behind a code, while they may be answered.
drop function if exists evaluation_page(text);
create function evaluation_page(questions_code text)
  returns table (title text, questions text[], knowledge text[], sensitive boolean, centre bigint)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select a.title, a.questions::text[], a.knowledge::text[], a.sensitive, a.centre_id from collective_action a
   where a.evaluation = 'open' and a.evaluation_code = questions_code
     and a.evaluation_until >= (now() at time zone 'Europe/Paris')::date
$$;
-- One set of answers, added to counters: no row is anybody's, and nothing says in which order they came.
create or replace function give_answer(questions_code text, asked text, ids bigint[], levels int[]) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare act bigint; wanted int;
begin
  select a.id, case when asked = 'end' then cardinality(a.questions)
                    when asked in ('before', 'after') then cardinality(a.knowledge) else 0 end
    into act, wanted from collective_action a
   where a.evaluation = 'open' and a.evaluation_code = questions_code
     and a.evaluation_until >= (now() at time zone 'Europe/Paris')::date for share;
  if act is null or wanted = 0 or cardinality(levels) is distinct from wanted
     or exists (select from unnest(levels) l where l is null or l not between 1 and 4)
     or (select coalesce(sum(t.count), 0) >= 2000 from collective_tally t
          where t.action_id = act and t.moment = asked and t.question = 0) then
    return false;
  end if;
  for n in 1 .. wanted loop
    insert into collective_tally as t (id, action_id, moment, question, level, count)
    values (ids[n], act, asked, n - 1, levels[n], 1)
    on conflict (action_id, moment, question, level) do update set count = t.count + 1;
  end loop;
  return true;
end $$;
-- The questions close, once and for good. A set of totals is kept from five answers, and when there are no more answers
-- than people; the counters are destroyed either way. `shown`, `silent`, or null when nothing was open.
create or replace function close_evaluation(act bigint, ids bigint[]) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare heads bigint; written int; came text;
begin
  if amarre_me() is not null and not my_roles() && '{social_worker,coordinator}' then return null; end if;
  perform from collective_action a where a.id = act and a.evaluation = 'open' for update;
  if not found then return null; end if;
  select case when bool_and(s.head_count is not null) then sum(s.head_count) end into heads
    from collective_session s where s.action_id = act and s.state = 'held';
  insert into collective_finding (id, action_id, moment, question, answers, favourable, band, told)
  select ids[row_number() over (order by q.moment, q.question)], act, q.moment, q.question, q.answers, q.favourable,
         case when 10 * q.favourable >= 9 * q.answers then 'almost_all' when 10 * q.favourable >= 6 * q.answers then 'most'
              when 10 * q.favourable >= 4 * q.answers then 'half' when 10 * q.favourable >= q.answers then 'some'
              else 'few' end, q.answers >= 11
    from (select t.moment, t.question, sum(t.count) as answers,
                 coalesce(sum(t.count) filter (where t.level >= 3), 0) as favourable
            from collective_tally t where t.action_id = act group by t.moment, t.question) q
   where q.answers >= 5 and (heads is null or q.answers <= heads);
  get diagnostics written = row_count;
  delete from collective_tally t where t.action_id = act;
  came := case when written > 0 then 'shown' else 'silent' end;
  update collective_action a set evaluation = came, evaluation_code = '' where a.id = act;
  return came;
end $$;
do $$
declare f text;
begin
  foreach f in array array['my_actions()', 'my_told_actions()', 'give_session_time_back(bigint)',
    'action_page(text)', 'action_others(text)', 'seat_of(text)', 'seat_centre(bigint)', 'give_up_seat(text)',
    'session_standing(text, text, date, time)',
    'take_seat(text, bigint, text, bytea, bytea, bytea)', 'evaluation_page(text)',
    'give_answer(text, text, bigint[], int[])', 'close_evaluation(bigint, bigint[])'] loop
    execute format('alter function %s owner to amarre_definer', f);
  end loop;
end $$;
grant execute on function my_actions() to amarre_employer, amarre_definer;
grant execute on function my_told_actions() to amarre_employer;
grant execute on function give_session_time_back(bigint) to amarre_staff;
grant execute on function my_companies() to amarre_definer;
grant execute on function seat_centre(bigint) to amarre_machine;
grant execute on function action_page(text), action_others(text), take_seat(text, bigint, text, bytea, bytea, bytea),
  seat_of(text), give_up_seat(text), evaluation_page(text), give_answer(text, text, bigint[], int[]) to amarre_public;
grant execute on function close_evaluation(bigint, bigint[]) to amarre_staff, amarre_machine;
grant execute on function give_up_seat(text) to amarre_staff;  -- of a list that one reads: who has its digests
