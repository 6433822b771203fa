-- The endpoints of a business. The token is stored in plain text, because it is sent with each delivery.
-- `events` is a JSON list of names.
CREATE TABLE webhooks (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES accounts (id),
    id TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    token TEXT NOT NULL,
    events TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX webhooks_by_account ON webhooks (account);

-- The deliveries, written in the transaction of their payment. `due` is the time of the next attempt, and null once it was
-- acknowledged or given up. `round` counts how often it was restarted manually. `seed` is the seed of the adversary, if it
-- was on.
CREATE TABLE deliveries (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook INTEGER NOT NULL REFERENCES webhooks (sequence) ON DELETE CASCADE,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    created INTEGER NOT NULL,
    seed INTEGER,
    round INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    due INTEGER
) STRICT;
CREATE INDEX deliveries_by_age ON deliveries (webhook, number);
CREATE INDEX deliveries_due ON deliveries (webhook, due, number) WHERE due IS NOT NULL;

-- The result of each attempt: a status, or a problem.
CREATE TABLE attempts (
    delivery INTEGER NOT NULL REFERENCES deliveries (number) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    way TEXT NOT NULL,
    started INTEGER NOT NULL,
    took INTEGER NOT NULL,
    status INTEGER,
    problem TEXT,
    answer TEXT,
    PRIMARY KEY (delivery, number)
) STRICT, WITHOUT ROWID;

-- One row while the adversary is on: its seed, and its time unit in milliseconds.
CREATE TABLE adversary (
    seed INTEGER NOT NULL,
    unit INTEGER NOT NULL
) STRICT;
