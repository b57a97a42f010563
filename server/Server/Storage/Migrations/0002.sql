CREATE TABLE former_members (
  member BYTES PRIMARY KEY,
  signing_key BYTES NOT NULL,
  place NUMBER NOT NULL
) OPTIONS;
