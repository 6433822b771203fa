CREATE TABLE {outbox} (
    key text PRIMARY KEY,
    kind text NOT NULL,
    -- SHA-256 of the name by which the platform's record can be found.
    name text,
    -- The write, perhaps encrypted. Deleted as soon as it is decided.
    body text,
    -- SHA-256 of the write. Kept after the write is decided.
    body_hash text NOT NULL,
    state text NOT NULL DEFAULT 'sending'
        CHECK (state IN ('ready', 'sending', 'unknown', 'done', 'refused', 'needs-person')),
    -- Whether the platform confirmed the write, so that it must not be sent again.
    executed boolean NOT NULL DEFAULT false,
    -- The number of the latest claim. Only the process with this claim may work on the write.
    fence bigint NOT NULL DEFAULT 1,
    -- The end of the latest claim. After that, another process can claim the write.
    leased_until timestamptz NOT NULL,
    -- Looks or attempts since the last change of state, and how many of the looks saw a complete list without the record.
    looks integer NOT NULL DEFAULT 0,
    unseen integer NOT NULL DEFAULT 0,
    sends integer NOT NULL DEFAULT 1,
    record text,
    reason text,
    created_at timestamptz NOT NULL DEFAULT now(),
    decided_at timestamptz
);
-- A write that was refused has no record, so its name is free.
CREATE UNIQUE INDEX ON {outbox} (kind, name) WHERE state <> 'refused';
CREATE INDEX ON {outbox} (leased_until) WHERE decided_at IS NULL;
CREATE INDEX ON {outbox} (decided_at) WHERE state = 'needs-person';
