-- People: staff reads identity; those who meet people or take their calls write it; nobody deletes.
grant select, insert, update on people_person, people_job to amarre_staff;
call amarre_wall('people_person');
create policy staff_select on people_person for select to amarre_staff using (true);
create policy staff_insert on people_person for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator}');
create policy staff_update on people_person for update to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}') with check (true);
call amarre_wall('people_job');
create policy staff_select on people_job for select to amarre_staff using (true);
create policy staff_insert on people_job for insert to amarre_staff
  with check ((select my_roles()) && '{social_worker,secretary,coordinator}');
create policy staff_update on people_job for update to amarre_staff
  using ((select my_roles()) && '{social_worker,secretary,coordinator}') with check (true);
