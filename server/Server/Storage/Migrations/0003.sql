-- The sealed parts of attached files, each named by its own bytes; the item counts them.
CREATE TABLE parts (
  item BYTES NOT NULL,
  part BYTES NOT NULL,
  bytes BYTES NOT NULL,
  PRIMARY KEY (item, part)
) OPTIONS;
ALTER TABLE items ADD COLUMN parts NUMBER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN part_bytes NUMBER NOT NULL DEFAULT 0;
