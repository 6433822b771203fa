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

-- When something was paid, instead of whether, because a recurring payment is due again.
ALTER TABLE resources ADD COLUMN paid_at INTEGER;
UPDATE resources SET paid_at = CAST(unixepoch('subsec') * 1000 AS INTEGER) WHERE paid;
ALTER TABLE resources DROP COLUMN paid;

-- Payments on the simulated chains, to addresses of an account. `kind` and `id` are what the payment paid, `used`
-- is how much of it was used.
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

-- The token of a payment on a chain; unknown for a reported payment.
ALTER TABLE receipts ADD COLUMN token TEXT;
-- Whether it is another part of the payment before it.
ALTER TABLE receipts ADD COLUMN further INTEGER NOT NULL DEFAULT 0;

-- Money in transit to a wallet. Without a time it arrives when the status of its transfer is fetched.
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

-- When a transfer ends by the clock. Without a time it ends when its status is fetched the second time.
ALTER TABLE transfers ADD COLUMN ends INTEGER;
ALTER TABLE transfers ADD COLUMN fails INTEGER NOT NULL DEFAULT 0;

-- A payer knows an address, but not its owner.
CREATE INDEX holdings_by_address_alone ON holdings (chain, address);
