-- BYTES, NUMBER and OPTIONS are put into the words of the database by Migrations.cs. No other words differ.

-- The one row of the server itself.
CREATE TABLE server (
  one NUMBER PRIMARY KEY,
  incarnation BYTES NOT NULL,
  office BYTES,
  restored NUMBER NOT NULL,
  swept NUMBER NOT NULL,
  probe NUMBER NOT NULL
) OPTIONS;

CREATE TABLE log (
  place NUMBER PRIMARY KEY,
  hash BYTES NOT NULL,
  bytes BYTES NOT NULL,
  signature BYTES NOT NULL
) OPTIONS;

-- Current members only: what the log says now, for questions in SQL.
CREATE TABLE members (
  member BYTES PRIMARY KEY,
  role NUMBER NOT NULL,
  signing_key BYTES NOT NULL,
  record_counter NUMBER NOT NULL
) OPTIONS;

-- Each current member's principals: the member, the groups, the office. What a member may see or do is joined with this.
CREATE TABLE principals (
  member BYTES NOT NULL,
  principal BYTES NOT NULL,
  PRIMARY KEY (member, principal)
) OPTIONS;
CREATE INDEX principals_members ON principals (principal);

CREATE TABLE group_wraps (
  team BYTES NOT NULL,
  epoch NUMBER NOT NULL,
  member BYTES NOT NULL,
  wrap BYTES NOT NULL,
  PRIMARY KEY (member, team, epoch)
) OPTIONS;

-- Profiles, names of groups, the beacon. Without bytes: deleted, and only a higher counter brings it back.
CREATE TABLE statements (
  kind NUMBER NOT NULL,
  subject BYTES NOT NULL,
  counter NUMBER NOT NULL,
  bytes BYTES,
  signature BYTES,
  PRIMARY KEY (kind, subject)
) OPTIONS;

-- The newest state of each item. Without an envelope: founded, and empty yet. Without content: removed.
CREATE TABLE items (
  item BYTES PRIMARY KEY,
  version NUMBER NOT NULL,
  epoch NUMBER NOT NULL,
  record_bytes NUMBER NOT NULL,
  revision NUMBER NOT NULL,
  folder BYTES,
  envelope BYTES,
  envelope_signature BYTES,
  content BYTES
) OPTIONS;

CREATE TABLE records (
  item BYTES NOT NULL,
  version NUMBER NOT NULL,
  bytes BYTES NOT NULL,
  signature BYTES NOT NULL,
  PRIMARY KEY (item, version)
) OPTIONS;

-- The grants of each item's newest record.
CREATE TABLE grants (
  item BYTES NOT NULL,
  principal BYTES NOT NULL,
  granted NUMBER NOT NULL,
  not_before NUMBER NOT NULL,
  not_after NUMBER NOT NULL,
  PRIMARY KEY (item, principal)
) OPTIONS;
CREATE INDEX grants_begin ON grants (not_before);
CREATE INDEX grants_end ON grants (not_after);

-- The wraps of each item's newest epoch.
CREATE TABLE wraps (
  item BYTES NOT NULL,
  principal BYTES NOT NULL,
  epoch NUMBER NOT NULL,
  group_epoch NUMBER NOT NULL,
  wrap BYTES NOT NULL,
  PRIMARY KEY (item, principal)
) OPTIONS;

CREATE TABLE streams (
  principal BYTES PRIMARY KEY,
  head NUMBER NOT NULL,
  items NUMBER NOT NULL
) OPTIONS;

-- One row for each subject of a stream, at the place of its last change. lost: the record that took it, or 0.
CREATE TABLE changes (
  principal BYTES NOT NULL,
  kind NUMBER NOT NULL,
  subject BYTES NOT NULL,
  sequence NUMBER NOT NULL,
  records_at NUMBER NOT NULL,
  envelope_at NUMBER NOT NULL,
  lost NUMBER NOT NULL,
  PRIMARY KEY (principal, kind, subject)
) OPTIONS;
CREATE UNIQUE INDEX changes_order ON changes (principal, sequence);

-- What was done under an id that the client made, so that the same again gets the same answer.
CREATE TABLE done (
  member BYTES NOT NULL,
  id BYTES NOT NULL,
  digest BYTES NOT NULL,
  at NUMBER NOT NULL,
  PRIMARY KEY (member, id)
) OPTIONS;
CREATE INDEX done_age ON done (at);

CREATE TABLE invitations (
  invitation BYTES PRIMARY KEY,
  author BYTES NOT NULL,
  bytes BYTES NOT NULL,
  authentication BYTES NOT NULL,
  expires NUMBER NOT NULL,
  used NUMBER NOT NULL
) OPTIONS;

CREATE TABLE answers (
  invitation BYTES NOT NULL,
  number NUMBER NOT NULL,
  record_hash BYTES NOT NULL,
  record BYTES NOT NULL,
  record_signature BYTES NOT NULL,
  profile BYTES NOT NULL,
  profile_signature BYTES NOT NULL,
  authentication BYTES NOT NULL,
  PRIMARY KEY (invitation, number)
) OPTIONS;

CREATE TABLE requests (
  request BYTES PRIMARY KEY,
  author BYTES NOT NULL,
  asked BYTES NOT NULL,
  item BYTES,
  wanted NUMBER NOT NULL,
  at NUMBER NOT NULL,
  reason BYTES NOT NULL,
  stored NUMBER NOT NULL
) OPTIONS;
CREATE INDEX requests_age ON requests (stored);

CREATE TABLE audit_chains (
  chain BYTES PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  number NUMBER NOT NULL,
  hash BYTES
) OPTIONS;

CREATE TABLE audit (
  chain BYTES NOT NULL,
  number NUMBER NOT NULL,
  bytes BYTES NOT NULL,
  PRIMARY KEY (chain, number)
) OPTIONS;
