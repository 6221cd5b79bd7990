-- Directory: the staff reads it whole; what came from a file is written by the service admin and the machine alone;
-- a partner's account reads its own structure, what that offers, and its own line.
create or replace function my_structures() returns bigint[] language sql stable security definer
  set search_path = pg_catalog, public as $$
  select coalesce(array_agg(c.structure_id), '{}') from directory_partnercontact c
    join accounts_user u on u.id = c.user_id and u.is_active and u.kind = 'partner'
   where c.user_id = amarre_me() and c.ended_on is null
$$;
alter function my_structures() owner to amarre_definer;
grant execute on function my_structures() to amarre_partner;

grant select on directory_structure, directory_service to amarre_staff, amarre_machine, amarre_partner;
grant insert, update on directory_structure, directory_service to amarre_staff, amarre_machine;
grant select, insert on directory_partnercontact to amarre_staff;
grant update (name, function, email, phone, regular, confirmed_at, ended_on) on directory_partnercontact to amarre_staff;
grant select on directory_partnercontact to amarre_partner, amarre_definer;
grant update (user_id, invited_at, invited_by_id) on directory_partnercontact to amarre_definer;
grant select, insert on directory_importrun to amarre_staff, amarre_machine;

call amarre_wall('directory_structure');
create policy staff_select on directory_structure for select to amarre_staff, amarre_machine using (true);
create policy partner_select on directory_structure for select to amarre_partner
  using (id = any ((select my_structures())::bigint[]));
create policy machine_insert on directory_structure for insert to amarre_machine with check (source <> 'local');
create policy machine_update on directory_structure for update to amarre_machine
  using (source <> 'local') with check (source <> 'local');
create policy staff_insert on directory_structure for insert to amarre_staff
  with check (source = 'local' and (select my_roles()) && '{social_worker,coordinator,service_admin}'
    or source <> 'local' and (select my_roles()) && '{service_admin}');
create policy staff_update on directory_structure for update to amarre_staff
  using (source = 'local' and (select my_roles()) && '{social_worker,coordinator,service_admin}'
    or source <> 'local' and (select my_roles()) && '{service_admin}')
  with check (source = 'local' and (select my_roles()) && '{social_worker,coordinator,service_admin}'
    or source <> 'local' and (select my_roles()) && '{service_admin}');

call amarre_wall('directory_service');
create policy staff_select on directory_service for select to amarre_staff, amarre_machine using (true);
create policy partner_select on directory_service for select to amarre_partner
  using (structure_id = any ((select my_structures())::bigint[]));
create policy machine_insert on directory_service for insert to amarre_machine with check (source <> 'local');
create policy machine_update on directory_service for update to amarre_machine
  using (source <> 'local') with check (source <> 'local');
create policy staff_insert on directory_service for insert to amarre_staff
  with check (source = 'local' and (select my_roles()) && '{social_worker,coordinator,service_admin}'
    or source <> 'local' and (select my_roles()) && '{service_admin}');
create policy staff_update on directory_service for update to amarre_staff
  using (source = 'local' and (select my_roles()) && '{social_worker,coordinator,service_admin}'
    or source <> 'local' and (select my_roles()) && '{service_admin}')
  with check (source = 'local' and (select my_roles()) && '{social_worker,coordinator,service_admin}'
    or source <> 'local' and (select my_roles()) && '{service_admin}');

-- Whom one knows there. An account is tied to a line by the service admin alone, who makes it.
call amarre_wall('directory_partnercontact');
create policy definer_select on directory_partnercontact for select to amarre_definer using (true);
create policy staff_select on directory_partnercontact for select to amarre_staff using (true);
create policy partner_select on directory_partnercontact for select to amarre_partner using (user_id = amarre_me());
create policy staff_insert on directory_partnercontact for insert to amarre_staff
  with check (user_id is null and invited_by_id is null and (select my_roles()) && '{social_worker,coordinator,service_admin}');
create policy staff_update on directory_partnercontact for update to amarre_staff
  using ((select my_roles()) && '{social_worker,coordinator,service_admin}')
  with check ((select my_roles()) && '{social_worker,coordinator,service_admin}');
create policy definer_update on directory_partnercontact for update to amarre_definer using (true) with check (true);
create or replace function tie_partner_account(contact bigint, account bigint) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  if not my_roles() && '{service_admin}'
     or not exists (select from accounts_user u where u.id = account and u.kind = 'partner') then
    return false;
  end if;
  update directory_partnercontact c set user_id = account, invited_at = now(), invited_by_id = amarre_me()
   where c.id = contact and c.user_id is null and c.regular and c.ended_on is null;
  return found;
end $$;
alter function tie_partner_account(bigint, bigint) owner to amarre_definer;
grant execute on function tie_partner_account(bigint, bigint) to amarre_staff;

call amarre_wall('directory_importrun');
create policy staff_select on directory_importrun for select to amarre_staff
  using ((select my_roles()) && '{social_worker,coordinator,service_admin}');
create policy staff_insert on directory_importrun for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin}');
create policy machine_select on directory_importrun for select to amarre_machine using (true);
create policy machine_insert on directory_importrun for insert to amarre_machine with check (true);
