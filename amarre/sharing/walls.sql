-- The single way out: the case's members and the person; the named recipient, what was sent to them and nothing else.
do $$ declare t text; begin
  foreach t in array '{agreement,lawexception,ground,transmission,accesslink,answer,unit,unitmember}'::text[] loop
    call amarre_wall(('sharing_' || t)::regclass);
  end loop; end $$;
create policy definer_select on sharing_unitmember for select to amarre_definer using (true);
create policy definer_select on sharing_transmission for select to amarre_definer using (true);
create policy definer_select on sharing_accesslink for select to amarre_definer using (true);
create policy definer_select on sharing_agreement for select to amarre_definer using (true);

-- Agreements: asked by a member, answered by the person or in front of a member, taken back by either.
grant select, insert on sharing_agreement to amarre_staff;
grant update (state, answered_at, given_how, heard_by_id, proof_id, signature, withdrawn_at, withdrawn_by)
  on sharing_agreement to amarre_staff;
grant select on sharing_agreement to amarre_person;
grant update (state, answered_at, given_how, heard_by_id, proof_id, signature, withdrawn_at, withdrawn_by)
  on sharing_agreement to amarre_person;
create policy member_select on sharing_agreement for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]));
create policy own_select on sharing_agreement for select to amarre_person using (person_id = (select my_person()));
create policy member_insert on sharing_agreement for insert to amarre_staff
  with check (case_id = any ((select my_cases())::bigint[]) and asked_by_id = amarre_me() and state = 'proposed'
    and person_id = (select k.person_id from cases_case k where k.id = case_id));
create policy member_update on sharing_agreement for update to amarre_staff
  using (case_id = any ((select my_cases())::bigint[])) with check (case_id = any ((select my_cases())::bigint[])
    and (proof_id is null or exists (select from plans_document d join plans_plan p on p.id = d.plan_id
           where d.id = proof_id and p.case_id = sharing_agreement.case_id)));
create policy own_update on sharing_agreement for update to amarre_person
  using (person_id = (select my_person())) with check (person_id = (select my_person()));

-- Exceptions of the law: the members know why, the coordinators of the centre know that.
grant select, insert on sharing_lawexception, sharing_ground to amarre_staff;
grant update (reviewed_at, reviewed_by_id, outcome) on sharing_lawexception to amarre_staff;
create policy member_select on sharing_lawexception for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[])
      or centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{coordinator}');
create policy member_insert on sharing_lawexception for insert to amarre_staff
  with check (case_id = any ((select my_led_cases())::bigint[]) and declared_by_id = amarre_me() and reviewed_at is null
    and (number, centre_id) in (select a.number, a.centre_id from cases_assignment a where a.case_id = sharing_lawexception.case_id));
create policy another_update on sharing_lawexception for update to amarre_staff
  using (declared_by_id <> amarre_me() and reviewed_at is null
    and (case_id = any ((select my_cases())::bigint[])
      or centre_id = any ((select my_centres())::bigint[]) and (select my_roles()) && '{coordinator}'))
  with check (reviewed_by_id = amarre_me());
create policy member_select on sharing_ground for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]));
create policy member_insert on sharing_ground for insert to amarre_staff
  with check (case_id = any ((select my_led_cases())::bigint[])
    and exists (select from sharing_lawexception e where e.id = exception_id and e.case_id = sharing_ground.case_id));

-- Transmissions: prepared by a member, sent by one who answers for the case, read by the recipient.
grant select, insert on sharing_transmission to amarre_staff;
grant update (subject, content, visible_until, version, state, sent_at, sent_by_id, checked, read_at, recalled_at)
  on sharing_transmission to amarre_staff;
grant delete on sharing_transmission to amarre_staff;
grant select on sharing_transmission to amarre_person, amarre_employer, amarre_partner;
grant update (state, recalled_at) on sharing_transmission to amarre_person;
grant update (read_at) on sharing_transmission to amarre_employer, amarre_partner;
create policy member_select on sharing_transmission for select to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]) or id = any ((select my_received())::bigint[]));
create policy own_select on sharing_transmission for select to amarre_person
  using (about_id = (select my_person()) and exception_id is null and state <> 'draft');
create policy recipient_select on sharing_transmission for select to amarre_employer, amarre_partner
  using (id = any ((select my_received())::bigint[]));
create policy member_insert on sharing_transmission for insert to amarre_staff
  with check (case_id = any ((select my_cases())::bigint[]) and prepared_by_id = amarre_me() and state = 'draft'
    and read_at is null and about_id = (select k.person_id from cases_case k where k.id = case_id)
    and (agreement_id is null or exists (select from sharing_agreement g
           where g.id = agreement_id and g.case_id = sharing_transmission.case_id and g.party_kind = sharing_transmission.party_kind
             and g.colleague_id is not distinct from sharing_transmission.colleague_id
             and g.unit_id is not distinct from sharing_transmission.unit_id
             and g.contact_id is not distinct from sharing_transmission.contact_id
             and g.partner_id is not distinct from sharing_transmission.partner_id
             and g.purpose = sharing_transmission.purpose))
    and (exception_id is null or case_id = any ((select my_led_cases())::bigint[])
         and exists (select from sharing_lawexception e
           where e.id = exception_id and e.case_id = sharing_transmission.case_id))
    and (to_user_id is null or to_user_id = colleague_id
      or exists (select from organisations_contact c
           where c.id = sharing_transmission.contact_id and c.user_id = sharing_transmission.to_user_id)
      or exists (select from directory_partnercontact c
           where c.id = sharing_transmission.partner_id and c.user_id = sharing_transmission.to_user_id))
    and (action_id is null or exists (select from plans_action a join plans_plan p on p.id = a.plan_id
           where a.id = action_id and p.case_id = sharing_transmission.case_id)));
create policy member_update on sharing_transmission for update to amarre_staff
  using (case_id = any ((select my_cases())::bigint[]) or id = any ((select my_received())::bigint[]))
  with check (true);
create policy own_update on sharing_transmission for update to amarre_person
  using (about_id = (select my_person()) and exception_id is null and state = 'sent' and read_at is null)
  with check (state = 'recalled');
create policy recipient_update on sharing_transmission for update to amarre_employer, amarre_partner
  using (id = any ((select my_received())::bigint[])) with check (true);
create policy member_delete on sharing_transmission for delete to amarre_staff
  using (state = 'draft' and case_id = any ((select my_cases())::bigint[]));

-- Links: the members make and end them; whoever holds the secret reads theirs, counts a miss, says it was opened.
grant select, insert on sharing_accesslink to amarre_staff;
grant update (ended_at, secret) on sharing_accesslink to amarre_staff;
grant select on sharing_accesslink to amarre_partner;
grant update (tries, opened_at, ended_at) on sharing_accesslink to amarre_partner;
create policy member_select on sharing_accesslink for select to amarre_staff
  using (exists (select from sharing_transmission t
    where t.id = transmission_id and t.case_id = any ((select my_cases())::bigint[])));
create policy holder_select on sharing_accesslink for select to amarre_partner
  using ((select my_link()) in (digest, pass_digest));
create policy member_insert on sharing_accesslink for insert to amarre_staff
  with check (made_by_id = amarre_me() and opened_at is null and exists (select from sharing_transmission t
    where t.id = transmission_id and t.state = 'sent' and t.carrier = 'link'
      and t.case_id = any ((select my_led_cases())::bigint[])));
create policy member_update on sharing_accesslink for update to amarre_staff
  using (exists (select from sharing_transmission t
    where t.id = transmission_id and t.case_id = any ((select my_led_cases())::bigint[]))) with check (true);
create policy holder_update on sharing_accesslink for update to amarre_partner
  using ((select my_link()) in (digest, pass_digest) and ended_at is null) with check (true);

-- Answers: the recipient writes, whoever sees the transmission reads.
grant select, insert on sharing_answer to amarre_staff, amarre_employer, amarre_partner;
grant select on sharing_answer to amarre_person;
grant update (seen_at) on sharing_answer to amarre_staff;
create policy circle_select on sharing_answer for select to amarre_staff, amarre_person, amarre_employer, amarre_partner
  using (exists (select from sharing_transmission t where t.id = transmission_id));
create policy recipient_insert on sharing_answer for insert to amarre_staff, amarre_employer, amarre_partner
  with check (transmission_id = any ((select my_received())::bigint[]) and by_id is not distinct from amarre_me()
    and seen_at is null
    and exists (select from sharing_transmission t where t.id = transmission_id and t.read_at is not null));
create policy member_update on sharing_answer for update to amarre_staff
  using (exists (select from sharing_transmission t
    where t.id = transmission_id and t.case_id = any ((select my_cases())::bigint[]))) with check (true);

-- Units: known to the service, kept by it.
grant select, insert on sharing_unit, sharing_unitmember to amarre_staff;
grant update (name, centre_id, active) on sharing_unit to amarre_staff;
grant update (until) on sharing_unitmember to amarre_staff;
create policy staff_select on sharing_unit for select to amarre_staff using (true);
create policy keeper_insert on sharing_unit for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin,coordinator}');
create policy keeper_update on sharing_unit for update to amarre_staff
  using ((select my_roles()) && '{service_admin,coordinator}') with check (true);
create policy staff_select on sharing_unitmember for select to amarre_staff using (true);
create policy keeper_insert on sharing_unitmember for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin,coordinator}');
create policy keeper_update on sharing_unitmember for update to amarre_staff
  using ((select my_roles()) && '{service_admin,coordinator}') with check (true);

-- What a policy cannot say, since it sees one row at a time. An agreement goes one way, and each signs for themselves.
create or replace function sharing_stays() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin raise insufficient_privilege using message = tg_table_name || ': what is settled stays'; end $$;
create or replace trigger stays before update on sharing_agreement for each row when (current_user <> 'amarre_owner' and not (
  old.state = 'proposed' and new.state = 'declined' and new.given_how = ''
  or old.state = 'proposed' and new.state = 'given' and case current_user when 'amarre_person'
       then new.given_how = 'space' and new.heard_by_id is null and new.proof_id is null and new.signature is null
       else new.given_how in ('screen', 'paper', 'oral') and new.heard_by_id is not distinct from amarre_me() end
  or old.state = 'given' and new.state = 'withdrawn'
     and new.withdrawn_by = case current_user when 'amarre_person' then 'person' else 'worker' end
     and to_jsonb(new) - '{state,withdrawn_at,withdrawn_by}'::text[] = to_jsonb(old) - '{state,withdrawn_at,withdrawn_by}'::text[]))
  execute function sharing_stays();

-- A transmission leaves checked and covered, is frozen from then on, and is recalled unread by a member or the person.
create or replace function sharing_frozen() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare moved jsonb := (select coalesce(jsonb_object_agg(n.key, n.value), '{}') from jsonb_each(to_jsonb(new)) n
                         where n.value is distinct from to_jsonb(old) -> n.key);
        fine boolean;
begin
  if current_user = 'amarre_owner' then return new; end if;
  if old.state = 'draft' and new.state = 'draft' then
    fine := moved - '{subject,content,visible_until,version}'::text[] = '{}' and current_user = 'amarre_staff';
  elsif old.state = 'draft' and new.state = 'sent' then
    fine := moved - '{state,sent_at,sent_by_id,checked}'::text[] = '{}' and new.sent_by_id = amarre_me()
      and new.case_id = any (my_led_cases())
      and (new.exception_id is not null or agreement_covers(new.agreement_id, new.case_id)
           and new.visible_until <= (select g.until from sharing_agreement g where g.id = new.agreement_id));
  elsif old.state = 'sent' and new.state = 'recalled' then
    fine := moved - '{state,recalled_at}'::text[] = '{}' and old.read_at is null;
    if current_user <> 'amarre_person' then fine := fine and new.case_id = any (my_cases()); end if;
  else
    fine := new.state = old.state and moved - '{read_at}'::text[] = '{}' and old.read_at is null
      and new.id = any (my_received());
  end if;
  if fine then return new; end if;
  raise insufficient_privilege using message = 'sharing_transmission: what has left stays as it left';
end $$;
create or replace trigger frozen before update on sharing_transmission for each row execute function sharing_frozen();
-- A link that ended stays ended; without its code, misses are not forgotten and nothing is said to be opened.
create or replace trigger stays before update on sharing_accesslink for each row when (current_user <> 'amarre_owner'
  and old.ended_at is not null and new.ended_at is distinct from old.ended_at or current_user = 'amarre_partner'
  and (new.tries < old.tries and my_link() is distinct from old.pass_digest
    or new.opened_at is distinct from old.opened_at and my_link() is distinct from old.pass_digest))
  execute function sharing_stays();
