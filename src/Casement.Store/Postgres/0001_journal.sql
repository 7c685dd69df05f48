-- The journals and what hangs on them; the same tables as in SQLite. Everything about a person is inside a ciphertext.
-- Times are UTC in units of 100 ns since 0001-01-01. Tables lead with the practice, so they can be distributed by it.

CREATE TABLE practice_keys (
    practice uuid NOT NULL,
    key_id integer NOT NULL,
    wrapped bytea NOT NULL,
    PRIMARY KEY (practice, key_id)
);

CREATE TABLE patient_keys (
    practice uuid NOT NULL,
    patient uuid NOT NULL,
    key_id integer NOT NULL,
    wrapped bytea NOT NULL,
    PRIMARY KEY (practice, patient, key_id)
);

-- The signed end of every chain: 1 entries, 2 reads, 3 the practice's checkpoints.
CREATE TABLE heads (
    practice uuid NOT NULL,
    patient uuid NOT NULL,
    chain smallint NOT NULL,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    signature bytea NOT NULL,
    PRIMARY KEY (practice, patient, chain)
) WITH (fillfactor = 70);

CREATE TABLE entries (
    practice uuid NOT NULL,
    patient uuid NOT NULL,
    sequence bigint NOT NULL,
    recorded_at bigint NOT NULL,
    stored_name text NOT NULL,
    key_id integer NOT NULL,
    ciphertext bytea NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (practice, patient, sequence)
);

-- Who looked at a chart, in the same kind of chain.
CREATE TABLE reads (
    practice uuid NOT NULL,
    patient uuid NOT NULL,
    sequence bigint NOT NULL,
    recorded_at bigint NOT NULL,
    stored_name text NOT NULL,
    key_id integer NOT NULL,
    ciphertext bytea NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (practice, patient, sequence)
);

-- Noise does not compress; trying costs time.
ALTER TABLE entries ALTER COLUMN ciphertext SET STORAGE EXTERNAL;
ALTER TABLE reads ALTER COLUMN ciphertext SET STORAGE EXTERNAL;

-- All rows of one patient in one list, sealed together. A null ciphertext: no row any more.
CREATE TABLE list_rows (
    practice uuid NOT NULL,
    patient uuid NOT NULL,
    list text NOT NULL,
    version bigint NOT NULL,
    ciphertext bytea,
    bucket smallint NOT NULL,
    changed bigint NOT NULL,
    PRIMARY KEY (practice, patient, list)
);

CREATE INDEX list_rows_changed ON list_rows (practice, list, bucket, changed);

CREATE TABLE list_changes (
    practice uuid NOT NULL,
    bucket smallint NOT NULL,
    counter bigint NOT NULL,
    PRIMARY KEY (practice, bucket)
) WITH (fillfactor = 50);

-- Documents of the practice. The name is a keyed hash of kind and key.
CREATE TABLE shelf (
    practice uuid NOT NULL,
    kind text NOT NULL,
    name bytea NOT NULL,
    version bigint NOT NULL,
    ciphertext bytea NOT NULL,
    PRIMARY KEY (practice, kind, name)
);

CREATE TABLE checkpoints (
    practice uuid NOT NULL,
    number bigint NOT NULL,
    taken_at bigint NOT NULL,
    body bytea NOT NULL,
    previous_signature bytea NOT NULL,
    signature bytea NOT NULL,
    PRIMARY KEY (practice, number)
);

-- Moves a head from where it is expected. False when it is elsewhere.
CREATE FUNCTION move_head(in_practice uuid, in_patient uuid, in_chain smallint, expected bigint, in_sequence bigint, in_hash bytea, in_signature bytea)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF expected = 0 THEN
        INSERT INTO heads (practice, patient, chain, sequence, hash, signature)
        VALUES (in_practice, in_patient, in_chain, in_sequence, in_hash, in_signature)
        ON CONFLICT DO NOTHING;
    ELSE
        UPDATE heads SET sequence = in_sequence, hash = in_hash, signature = in_signature
        WHERE practice = in_practice AND patient = in_patient AND chain = in_chain AND sequence = expected;
    END IF;
    RETURN FOUND;
END $$;

-- Rows at the end of a chain, its new head and the patient's list rows: all, or false and nothing.
-- The change counter of the bucket is locked first and every transaction takes its acts in the order of buckets, so two nodes cannot wait for each other in a ring.
CREATE FUNCTION append_rows(
    in_practice uuid, in_patient uuid, in_chain smallint, expected bigint, in_sequence bigint, in_hash bytea, in_signature bytea,
    sequences bigint[], times bigint[], names text[], key_ids integer[], ciphertexts bytea[], previous_hashes bytea[], hashes bytea[],
    in_bucket smallint, lists text[], list_ciphertexts bytea[])
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    change bigint;
BEGIN
    IF lists IS NOT NULL THEN
        INSERT INTO list_changes AS c (practice, bucket, counter) VALUES (in_practice, in_bucket, 1)
        ON CONFLICT (practice, bucket) DO UPDATE SET counter = c.counter + 1
        RETURNING counter INTO change;
    END IF;

    IF NOT move_head(in_practice, in_patient, in_chain, expected, in_sequence, in_hash, in_signature) THEN
        RETURN false;
    END IF;

    IF in_chain = 1 THEN
        INSERT INTO entries
        SELECT in_practice, in_patient, * FROM unnest(sequences, times, names, key_ids, ciphertexts, previous_hashes, hashes);
    ELSE
        INSERT INTO reads
        SELECT in_practice, in_patient, * FROM unnest(sequences, times, names, key_ids, ciphertexts, previous_hashes, hashes);
    END IF;

    IF lists IS NOT NULL THEN
        INSERT INTO list_rows (practice, patient, list, version, ciphertext, bucket, changed)
        SELECT in_practice, in_patient, l.list, in_sequence, l.ciphertext, in_bucket, change FROM unnest(lists, list_ciphertexts) AS l (list, ciphertext)
        ON CONFLICT (practice, patient, list) DO UPDATE SET version = excluded.version, ciphertext = excluded.ciphertext, changed = excluded.changed;

        UPDATE list_rows SET version = in_sequence, ciphertext = NULL, changed = change
        WHERE practice = in_practice AND patient = in_patient AND list <> ALL (lists) AND ciphertext IS NOT NULL;
    END IF;
    RETURN true;
END $$;
