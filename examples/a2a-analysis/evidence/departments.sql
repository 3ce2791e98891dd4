-- Sample file of a worked example. No such system runs.
-- The server signs in as itself and names the department of the task, which it takes from the client's certificate.
ALTER TABLE measurements ENABLE ROW LEVEL SECURITY;
ALTER TABLE measurements FORCE ROW LEVEL SECURITY;

CREATE POLICY own_department ON measurements
  FOR SELECT TO analysis
  USING (department = current_setting('task.department')
         OR shared_with @> ARRAY[current_setting('task.department')]);

REVOKE INSERT, UPDATE, DELETE ON measurements FROM analysis;
