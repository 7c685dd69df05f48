-- The journals and what hangs on them. Everything about a person is inside a ciphertext; ids, times and kinds of entry are in clear.
-- Ids are 16 bytes, big-endian. Times are UTC in units of 100 ns since 0001-01-01. Tables lead with the practice.
-- Rows of one patient lie together (WITHOUT ROWID), because a journal is always read whole.

CREATE TABLE practice_keys (
    practice BLOB NOT NULL,
    key_id INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (practice, key_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE patient_keys (
    practice BLOB NOT NULL,
    patient BLOB NOT NULL,
    key_id INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (practice, patient, key_id)
) STRICT, WITHOUT ROWID;

-- The signed end of every chain: 1 entries, 2 reads, 3 the practice's checkpoints.
CREATE TABLE heads (
    practice BLOB NOT NULL,
    patient BLOB NOT NULL,
    chain INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (practice, patient, chain)
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    practice BLOB NOT NULL,
    patient BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    stored_name TEXT NOT NULL,
    key_id INTEGER NOT NULL,
    ciphertext BLOB NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (practice, patient, sequence)
) STRICT, WITHOUT ROWID;

-- Who looked at a chart, in the same kind of chain.
CREATE TABLE reads (
    practice BLOB NOT NULL,
    patient BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    stored_name TEXT NOT NULL,
    key_id INTEGER NOT NULL,
    ciphertext BLOB NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (practice, patient, sequence)
) STRICT, WITHOUT ROWID;

-- All rows of one patient in one list, sealed together. A null ciphertext: no row any more.
CREATE TABLE list_rows (
    practice BLOB NOT NULL,
    patient BLOB NOT NULL,
    list TEXT NOT NULL,
    version INTEGER NOT NULL,
    ciphertext BLOB,
    bucket INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (practice, patient, list)
) STRICT, WITHOUT ROWID;

CREATE INDEX list_rows_changed ON list_rows (practice, list, bucket, changed);

CREATE TABLE list_changes (
    practice BLOB NOT NULL,
    bucket INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    PRIMARY KEY (practice, bucket)
) STRICT, WITHOUT ROWID;

-- Documents of the practice. The name is a keyed hash of kind and key.
CREATE TABLE shelf (
    practice BLOB NOT NULL,
    kind TEXT NOT NULL,
    name BLOB NOT NULL,
    version INTEGER NOT NULL,
    ciphertext BLOB NOT NULL,
    PRIMARY KEY (practice, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (
    practice BLOB NOT NULL,
    number INTEGER NOT NULL,
    taken_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    previous_signature BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (practice, number)
) STRICT, WITHOUT ROWID;
