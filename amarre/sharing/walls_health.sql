-- What the health team may know and share. Laid before `walls.sql`.
-- The people who agreed that I be told « suivi en cours », while their case is open: ids, and nothing beside them.
create or replace function followed_for_me() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select case when (select my_roles()) && '{health_team}' then coalesce((
    select array_agg(distinct g.person_id) from sharing_agreement g
      join cases_assignment a on a.case_id = g.case_id and a.state <> 'closed'
     where g.party_kind = 'colleague' and g.colleague_id = (select amarre_me()) and g.purpose = 'followed'
       and g.state = 'given' and g.until >= (now() at time zone 'Europe/Paris')::date), '{}')
  else '{}'::bigint[] end
$$;
alter function followed_for_me() owner to amarre_definer;
grant execute on function followed_for_me() to amarre_staff;
grant select (person_id, party_kind, colleague_id, purpose) on sharing_agreement to amarre_definer;

-- Questions that name nobody: whoever asked, and whoever was asked.
call amarre_wall('sharing_question');
grant select, insert on sharing_question to amarre_staff;
grant update (answer, answered_by_id, answered_at) on sharing_question to amarre_staff;
create policy two_select on sharing_question for select to amarre_staff
  using ((select my_roles()) && '{health_team,social_worker}'
    and (asked_by_id = (select amarre_me()) or to_id = (select amarre_me())
      or centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{social_worker}'));
create policy asker_insert on sharing_question for insert to amarre_staff
  with check (asked_by_id = amarre_me() and answered_at is null and answered_by_id is null and answer is null
    and to_id is distinct from asked_by_id
    and ((select my_roles()) && '{health_team}' and (centre_id is not null or exists (select from accounts_user u
           where u.id = to_id and u.is_active and u.roles::text[] && '{social_worker}'))
      or (select my_roles()) && '{social_worker}' and exists (select from accounts_user u
           where u.id = to_id and u.is_active and u.roles::text[] && '{health_team}')));
create policy asked_update on sharing_question for update to amarre_staff
  using (answered_at is null and asked_by_id <> amarre_me()
    and (to_id = amarre_me()
      or centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{social_worker}'))
  with check (answered_by_id = amarre_me() and answer is not null);

-- Fact sheets, about nobody: written by the social service, read by their audience once published.
call amarre_wall('sharing_factsheet');
grant select, insert on sharing_factsheet to amarre_staff;
grant update (title, body, audience, published_on, reviewed_on) on sharing_factsheet to amarre_staff;
grant select (id, title, body, audience, published_on, reviewed_on) on sharing_factsheet to amarre_employer;
create policy audience_select on sharing_factsheet for select to amarre_staff
  using ((select my_roles()) && '{social_worker,coordinator}'
    or published_on is not null and cardinality((select my_roles())) > 0
      and (audience in ('staff', 'employers') or audience = 'health_team' and (select my_roles()) && '{health_team}'));
create policy contact_select on sharing_factsheet for select to amarre_employer
  using (published_on is not null and audience = 'employers' and cardinality((select my_contacts())) > 0);
create policy writer_insert on sharing_factsheet for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,coordinator}' and author_id = amarre_me() and published_on is null);
create policy writer_update on sharing_factsheet for update to amarre_staff
  using ((select my_roles()) && '{social_worker,coordinator}') with check (true);
