-- The journal: anybody at a door appends, the privacy officer reads, the machine seals, nobody changes or deletes.
call amarre_wall('audit_entry');
call amarre_wall('audit_seal');
grant insert on audit_entry to amarre_public, amarre_staff, amarre_machine;
grant select on audit_entry to amarre_staff;
create policy append on audit_entry for insert to amarre_public, amarre_staff, amarre_machine
  with check (seal_id is null and user_id is not distinct from amarre_me());
create policy privacy_officer on audit_entry for select to amarre_staff
  using ((select 'privacy_officer' = any (my_roles())));
grant select, update (seal_id) on audit_entry to amarre_machine;
grant select, insert on audit_seal to amarre_machine;
create policy machine_select on audit_entry for select to amarre_machine using (true);
create policy machine_seals on audit_entry for update to amarre_machine
  using (seal_id is null) with check (seal_id is not null);
create policy machine_select on audit_seal for select to amarre_machine using (true);
create policy machine_insert on audit_seal for insert to amarre_machine with check (true);
