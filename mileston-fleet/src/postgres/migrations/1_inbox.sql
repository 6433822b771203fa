CREATE TABLE {inbox} (
    key text PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON {inbox} (received_at);
