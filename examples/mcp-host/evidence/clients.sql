-- Sample file of a worked example. No such system runs.
-- One role a client; neither sees the rows of the other.
CREATE ROLE client_host;
CREATE ROLE client_ide;

ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;

CREATE POLICY own_rows ON notes
  USING (client = current_user)
  WITH CHECK (client = current_user);

GRANT SELECT, UPDATE ON notes TO client_host;
GRANT SELECT ON notes TO client_ide;
