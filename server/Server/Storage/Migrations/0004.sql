-- Few grants have a limit, and only those are looked for by it: the others cost nothing here, and nobody takes the index to find the grants of an item.
DROP INDEX grants_begin;
DROP INDEX grants_end;
CREATE INDEX grants_begin ON grants (not_before) WHERE not_before > 0;
CREATE INDEX grants_end ON grants (not_after) WHERE not_after > 0;
