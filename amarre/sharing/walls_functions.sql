-- Functions that look through the walls of the single way out. Laid before `walls.sql`.
-- The secret by which somebody without an account came (a digest of it): never that of a passer-by.
create or replace function my_link() returns text language sql stable security definer
  set search_path = pg_catalog, public as $$
  select case when current_setting('amarre.actor', true) like 'partner:%'
              then nullif(substr(current_setting('amarre.actor', true), 9), '') end
$$;
create or replace function my_units() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(m.unit_id), '{}') from sharing_unitmember m
    join accounts_user u on u.id = m.user_id and u.is_active and u.kind = 'staff'
   where m.user_id = amarre_me() and m.since <= (now() at time zone 'Europe/Paris')::date
     and (m.until is null or m.until >= (now() at time zone 'Europe/Paris')::date)
$$;
-- The transmissions of which I am the recipient, while they may be read.
create or replace function my_received() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(t.id), '{}') from sharing_transmission t
   where t.state = 'sent' and t.visible_until >= (now() at time zone 'Europe/Paris')::date
     and (t.to_user_id = (select u.id from accounts_user u where u.id = amarre_me() and u.is_active)
          and (t.contact_id is null or exists (select from organisations_contact c
                where c.id = t.contact_id and c.ended_on is null and c.confirmed_at is not null
                  and c.kind <> 'works_council'))
          and (t.partner_id is null or exists (select from directory_partnercontact p
                where p.id = t.partner_id and p.ended_on is null))
       or t.unit_id = any ((select my_units())::bigint[])
       or t.id = any (select l.transmission_id from sharing_accesslink l
                       where l.pass_digest = my_link() and l.ended_at is null and l.expires_at > now()))
$$;
-- Whether an agreement covers something today, in this very case.
create or replace function agreement_covers(a bigint, c bigint) returns boolean language sql stable security definer
  set search_path = pg_catalog, public as $$
  select exists (select from sharing_agreement g where g.id = a and g.case_id = c and g.state = 'given'
                    and g.until >= (now() at time zone 'Europe/Paris')::date)
$$;
alter function my_link() owner to amarre_definer; alter function my_units() owner to amarre_definer;
alter function my_received() owner to amarre_definer; alter function agreement_covers(bigint, bigint) owner to amarre_definer;
grant execute on function my_link() to amarre_staff, amarre_partner, amarre_definer;
grant execute on function my_units() to amarre_staff, amarre_definer;
grant execute on function my_received() to amarre_staff, amarre_employer, amarre_partner;
grant execute on function agreement_covers(bigint, bigint) to amarre_staff;
grant execute on function amarre_me() to amarre_employer, amarre_partner;
grant select (user_id, unit_id, since, until) on sharing_unitmember to amarre_definer;
grant select (id, state, visible_until, to_user_id, unit_id, contact_id, partner_id) on sharing_transmission to amarre_definer;
grant select (transmission_id, pass_digest, ended_at, expires_at) on sharing_accesslink to amarre_definer;
grant select (id, case_id, state, until) on sharing_agreement to amarre_definer;
grant select (id, ended_on, confirmed_at, user_id, kind) on organisations_contact to amarre_definer;
grant select (id, ended_on, user_id) on directory_partnercontact to amarre_definer;
