-- Organisations: staff reads; passers-by read centres, public words and public numbers, and are routed by a function.
grant select on organisations_centre, organisations_commune, organisations_company, organisations_establishment,
  organisations_term, organisations_crisisnumber to amarre_staff;
grant insert, update on organisations_centre, organisations_commune, organisations_company,
  organisations_establishment, organisations_term, organisations_crisisnumber to amarre_staff;
grant delete on organisations_commune to amarre_staff;
grant select on organisations_centre, organisations_term, organisations_crisisnumber to amarre_public;
grant select on organisations_term, organisations_crisisnumber to amarre_person;
grant select on organisations_centre, organisations_company, organisations_establishment, organisations_term,
  organisations_crisisnumber to amarre_employer;
-- The operator's import of companies runs as the machine.
grant select on organisations_centre, organisations_commune, organisations_company, organisations_establishment
  to amarre_machine;
grant insert, update on organisations_company, organisations_establishment to amarre_machine;

call amarre_wall('organisations_centre');
create policy staff_select on organisations_centre for select
  to amarre_staff, amarre_public, amarre_machine, amarre_employer using (true);
create policy admin_insert on organisations_centre for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin}');
create policy admin_update on organisations_centre for update to amarre_staff
  using ((select my_roles()) && '{service_admin}') with check (true);

call amarre_wall('organisations_commune');
create policy staff_select on organisations_commune for select to amarre_staff, amarre_machine using (true);
create policy admin_insert on organisations_commune for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin}');
create policy admin_update on organisations_commune for update to amarre_staff
  using ((select my_roles()) && '{service_admin}') with check (true);
create policy admin_delete on organisations_commune for delete to amarre_staff
  using ((select my_roles()) && '{service_admin}');

call amarre_wall('organisations_company');
create policy staff_select on organisations_company for select to amarre_staff, amarre_machine using (true);
create policy own_select on organisations_company for select to amarre_employer
  using (id = any ((select my_companies())::bigint[]));
create policy machine_insert on organisations_company for insert to amarre_machine with check (true);
create policy machine_update on organisations_company for update to amarre_machine using (true) with check (true);
create policy staff_insert on organisations_company for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator,service_admin}');
create policy staff_update on organisations_company for update to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator,service_admin}') with check (true);

call amarre_wall('organisations_establishment');
create policy staff_select on organisations_establishment for select to amarre_staff, amarre_machine using (true);
create policy own_select on organisations_establishment for select to amarre_employer
  using (id = any ((select my_establishments())::bigint[]));
create policy machine_insert on organisations_establishment for insert to amarre_machine with check (true);
create policy machine_update on organisations_establishment for update to amarre_machine using (true) with check (true);
create policy staff_insert on organisations_establishment for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator,service_admin}');
create policy staff_update on organisations_establishment for update to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator,service_admin}') with check (true);

call amarre_wall('organisations_term');
create policy staff_select on organisations_term for select to amarre_staff using (true);
create policy public_select on organisations_term for select to amarre_public
  using (active and vocabulary in ('employee_reason', 'employer_reason'));
create policy person_select on organisations_term for select to amarre_person
  using (active and vocabulary in ('employee_reason', 'employment'));
create policy employer_select on organisations_term for select to amarre_employer
  using (active and vocabulary in ('employer_reason', 'advice_theme'));
create policy admin_insert on organisations_term for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin}');
create policy admin_update on organisations_term for update to amarre_staff
  using ((select my_roles()) && '{service_admin}') with check (true);

call amarre_wall('organisations_crisisnumber');
create policy staff_select on organisations_crisisnumber for select to amarre_staff using (true);
create policy public_select on organisations_crisisnumber for select
  to amarre_public, amarre_person, amarre_employer using (active and public);
create policy admin_insert on organisations_crisisnumber for insert to amarre_staff
  with check ((select my_roles()) && '{service_admin,coordinator}');
create policy admin_update on organisations_crisisnumber for update to amarre_staff
  using ((select my_roles()) && '{service_admin,coordinator}') with check (true);

-- Which centre answers: by company name or commune or postcode, else the default one. The answer never says whether
-- the company is a member.
create or replace function route_request(commune text, postcode text, company text) returns bigint
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(
    (select e.centre_id from organisations_establishment e join organisations_centre k on k.id = e.centre_id and k.active
      where company <> '' and e.active and e.centre_id is not null and e.search like '%' || company || '%'
      order by (commune <> '' and e.search like '%' || commune || '%') desc, e.id limit 1),
    (select c.centre_id from organisations_commune c join organisations_centre k on k.id = c.centre_id and k.active
      where commune <> '' and c.search = commune order by c.id limit 1),
    (select c.centre_id from organisations_commune c join organisations_centre k on k.id = c.centre_id and k.active
      where c.postcode <> '' and route_request.postcode like c.postcode || '%'
      order by length(c.postcode) desc, c.id limit 1),
    (select c.id from organisations_centre c where c.active order by c.is_default desc, c.name limit 1))
$$;
alter function route_request(text, text, text) owner to amarre_definer;
grant execute on function route_request(text, text, text) to amarre_public, amarre_staff, amarre_machine,
  amarre_employer;
grant select on organisations_establishment, organisations_commune, organisations_centre to amarre_definer;
create policy definer_select on organisations_establishment for select to amarre_definer using (true);
create policy definer_select on organisations_commune for select to amarre_definer using (true);
create policy definer_select on organisations_centre for select to amarre_definer using (true);
