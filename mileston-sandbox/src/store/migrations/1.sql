-- Times are milliseconds since 1970, amounts are decimal text, `data` and `report` are JSON of the platform's own types.

-- The sandbox's clock and seed, in one row. With a seed, `time` is the time in milliseconds since 1970; without a seed, it is
-- the number of milliseconds by which the clock is ahead of the machine's.
CREATE TABLE world (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seed TEXT,
    drawn INTEGER NOT NULL,
    time INTEGER NOT NULL,
    -- How many of the next transfers fail.
    failing INTEGER NOT NULL
) STRICT;

-- The wallet secret is stored in plain text, because it is needed to check signatures.
CREATE TABLE businesses (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    wallet_secret TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;

-- A business in one mode. All data belongs to one account, so accounts can't reach each other's data.
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    business TEXT NOT NULL REFERENCES businesses (id),
    mode TEXT NOT NULL CHECK (mode IN ('test', 'live')),
    UNIQUE (business, mode)
) STRICT;

-- Only the SHA-256 of a key is stored.
CREATE TABLE keys (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL CHECK (kind IN ('normal', 'checkout')),
    hash BLOB NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    expires INTEGER,
    revoked INTEGER
) STRICT;

-- Payment links, invoices and recurring payments. Later records have a higher sequence.
CREATE TABLE resources (
    sequence INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    -- The time of the payment instead of a flag, because a recurring payment falls due again.
    paid_at INTEGER,
    data TEXT NOT NULL,
    created INTEGER NOT NULL,
    -- The business name that the request had. A payment link has none.
    business_name TEXT,
    UNIQUE (kind, id)
) STRICT;
CREATE INDEX resources_by_age ON resources (account, kind, sequence);

-- The payments that count for a resource now, without those of an earlier amount or period.
CREATE TABLE receipts (
    resource INTEGER NOT NULL REFERENCES resources (sequence) ON DELETE CASCADE,
    chain TEXT NOT NULL,
    payer TEXT NOT NULL,
    recipient TEXT NOT NULL,
    -- The token of a payment on a chain; unknown for a reported payment.
    token TEXT,
    -- Whether this receipt and the previous one count as one payment.
    further INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX receipts_by_resource ON receipts (resource, chain);

-- Every reported transaction, including those for deleted resources, so that no transaction pays twice.
CREATE TABLE payments (
    account INTEGER NOT NULL REFERENCES accounts (id),
    chain TEXT NOT NULL,
    signature TEXT NOT NULL,
    kind TEXT NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (account, chain, signature)
) STRICT;

CREATE TABLE subwallets (
    account INTEGER NOT NULL REFERENCES accounts (id),
    id TEXT NOT NULL,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- Wallets on one chain. `owner` is the id of a sub wallet, or empty for the business itself.
CREATE TABLE holdings (
    account INTEGER NOT NULL REFERENCES accounts (id),
    owner TEXT NOT NULL,
    chain TEXT NOT NULL,
    address TEXT NOT NULL,
    balance TEXT NOT NULL,
    PRIMARY KEY (account, owner, chain)
) STRICT, WITHOUT ROWID;
CREATE INDEX holdings_by_address ON holdings (account, chain, address);
-- A payer knows an address, but not its owner.
CREATE INDEX holdings_by_address_alone ON holdings (chain, address);

CREATE TABLE transfers (
    id TEXT NOT NULL PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    asked INTEGER NOT NULL,
    data TEXT NOT NULL,
    -- When the transfer ends, by the clock. If this is null, the transfer ends when its status is fetched the second
    -- time.
    ends INTEGER,
    fails INTEGER NOT NULL
) STRICT;

CREATE TABLE on_ramps (
    id TEXT NOT NULL PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    amount TEXT NOT NULL,
    recipient TEXT NOT NULL,
    evm_chain TEXT NOT NULL,
    chain TEXT NOT NULL,
    asked INTEGER NOT NULL
) STRICT;

-- Payments on the simulated chains, to addresses of an account. `kind` and `id` identify the record that the payment
-- paid for; `used` is how much of the payment was used.
CREATE TABLE chain_payments (
    sequence INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    chain TEXT NOT NULL,
    hash TEXT NOT NULL,
    token TEXT NOT NULL,
    amount TEXT NOT NULL,
    payer TEXT NOT NULL,
    recipient TEXT NOT NULL,
    sent INTEGER NOT NULL,
    confirmed INTEGER NOT NULL,
    kind TEXT,
    id TEXT,
    used TEXT,
    UNIQUE (account, chain, hash)
) STRICT;
CREATE INDEX chain_payments_unused ON chain_payments (account, chain, token) WHERE kind IS NULL;

-- Money in transit to a wallet. If `arrives` is null, the money comes back from a failed transfer once a status request
-- has reported the failure.
CREATE TABLE arrivals (
    sequence INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    chain TEXT NOT NULL,
    address TEXT NOT NULL,
    amount TEXT NOT NULL,
    transfer TEXT,
    arrives INTEGER
) STRICT;
CREATE INDEX arrivals_by_wallet ON arrivals (account, chain, address);
CREATE INDEX arrivals_by_transfer ON arrivals (transfer) WHERE arrives IS NULL;

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

-- The deliveries, written in the transaction of their payment. `due` is the time of the next attempt, and null once the
-- delivery was acknowledged or given up. `round` counts how many times the delivery was sent again manually. `seed` is
-- the adversary's seed, if the adversary was on.
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
