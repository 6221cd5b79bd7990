-- The journal: anybody at a door appends, the privacy officer reads, the machine seals, nobody changes or deletes.
call amarre_wall('audit_entry');
call amarre_wall('audit_seal');
grant insert on audit_entry to amarre_public, amarre_staff, amarre_person, amarre_employer, amarre_partner,
  amarre_machine;
grant select on audit_entry to amarre_staff, amarre_person;
create policy append on audit_entry for insert to amarre_public, amarre_staff, amarre_person, amarre_employer,
  amarre_partner, amarre_machine
  with check (seal_id is null and user_id is not distinct from amarre_me()
    and door = replace(current_user::text, 'amarre_', ''));
create policy privacy_officer on audit_entry for select to amarre_staff
  using ((select 'privacy_officer' = any (my_roles())));
grant select, update (seal_id) on audit_entry to amarre_machine;
grant select, insert on audit_seal to amarre_machine;
create policy machine_select on audit_entry for select to amarre_machine using (true);
create policy machine_seals on audit_entry for update to amarre_machine
  using (seal_id is null) with check (seal_id is not null);
create policy machine_select on audit_seal for select to amarre_machine using (true);
create policy machine_insert on audit_seal for insert to amarre_machine with check (true);

-- The person reads what the staff did about them, by a declared list of verbs: never a law exception, a worker's
-- safety, a sealed note, nor what the privacy officer did.
create policy about_me on audit_entry for select to amarre_person
  using (person_id = (select my_person()) and door = 'staff' and outcome in ('done', 'read') and verb in (
    'case.open', 'case.read', 'case.close', 'case.reopen', 'case.hand_over', 'case.change_lead', 'member.name',
    'member.end', 'person.read', 'person.edit', 'plan.read', 'plan.freeze', 'plan.answer', 'plan.hand', 'plan.review',
    'grid.read', 'grid.finish', 'goal.propose', 'goal.close', 'document.add', 'document.read', 'budget.read',
    'message.read', 'procedure.read', 'space.confirm', 'space.close', 'agreement.ask', 'agreement.give',
    'agreement.decline', 'agreement.withdraw', 'transmission.send', 'transmission.recall', 'transmission.open',
    'transmission.answer', 'transmission.read', 'letter.make', 'letter.make_for_person', 'letter.certificate',
    'letter.read'));

-- Requests about one's data: who made them, and the privacy officer who answers.
call amarre_wall('audit_datarequest');
grant select, insert on audit_datarequest to amarre_person;
grant select on audit_datarequest to amarre_staff;
grant update (answer, answered_at, answered_by) on audit_datarequest to amarre_staff;
create policy own_select on audit_datarequest for select to amarre_person using (person_id = (select my_person()));
create policy own_insert on audit_datarequest for insert to amarre_person
  with check (person_id = (select my_person()) and answered_at is null and answer is null);
create policy officer_select on audit_datarequest for select to amarre_staff
  using ((select my_roles()) && '{privacy_officer}');
create policy officer_update on audit_datarequest for update to amarre_staff
  using ((select my_roles()) && '{privacy_officer}') with check (answered_by = amarre_me());
