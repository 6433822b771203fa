-- Where a business wants to be told of payments. The token is kept as it is: it is sent along.
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

-- What is to be told, to whom, written with the payment itself. `due` is when to try next, and nothing once it was
-- acknowledged or given up. `round` counts how often it was begun anew by hand. `seed` is that of the adversary, if
-- there was one at the time.
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

-- What became of each try: a status, or a problem.
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

-- One row while an adversary is at work: its seed, and the milliseconds that it counts time in.
CREATE TABLE adversary (
    seed INTEGER NOT NULL,
    unit INTEGER NOT NULL
) STRICT;
