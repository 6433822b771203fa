-- Times are milliseconds since 1970, amounts are decimal text, `data` and `report` are JSON of the platform's own types.

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

-- Payment links, invoices and recurring payments. A later one has a higher sequence.
CREATE TABLE resources (
    sequence INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    paid INTEGER NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (kind, id)
) STRICT;
CREATE INDEX resources_by_age ON resources (account, kind, sequence);

-- The payments that count for a resource now, without those of an earlier amount or period.
CREATE TABLE receipts (
    resource INTEGER NOT NULL REFERENCES resources (sequence) ON DELETE CASCADE,
    chain TEXT NOT NULL,
    payer TEXT NOT NULL,
    recipient TEXT NOT NULL
) STRICT;
CREATE INDEX receipts_by_resource ON receipts (resource, chain);

-- Every reported transaction, also for deleted resources, so that none pays twice.
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

CREATE TABLE transfers (
    id TEXT NOT NULL PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    asked INTEGER NOT NULL,
    data TEXT NOT NULL
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
