-- Where the sandbox's own world is: one row. With a seed `time` is the time that it is there, in milliseconds since 1970;
-- without one, by how many milliseconds it is ahead of the machine's clock.
CREATE TABLE world (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seed TEXT,
    drawn INTEGER NOT NULL,
    time INTEGER NOT NULL
) STRICT;

-- When something was paid, instead of whether: a recurring payment falls due again.
ALTER TABLE resources ADD COLUMN paid_at INTEGER;
UPDATE resources SET paid_at = CAST(unixepoch('subsec') * 1000 AS INTEGER) WHERE paid;
ALTER TABLE resources DROP COLUMN paid;
