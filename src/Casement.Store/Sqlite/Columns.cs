namespace Casement.Store.Sqlite;

/// <summary>Every table with its columns, for copying one database into another row by row. The letters say what a column holds: i id, n number of 64 bits, m of 32, s of 16, t text, b bytes.</summary>
static class Columns
{
    const string ChainRow = "practice:i patient:i sequence:n recorded_at:n stored_name:t key_id:m ciphertext:b previous_hash:b hash:b";

    public static IReadOnlyList<(string Table, IReadOnlyList<(string Name, char Holds)> Columns)> All { get; } =
    [
        ("practice_keys", Of("practice:i key_id:m wrapped:b")),
        ("patient_keys", Of("practice:i patient:i key_id:m wrapped:b")),
        ("heads", Of("practice:i patient:i chain:s sequence:n hash:b signature:b")),
        ("entries", Of(ChainRow)),
        ("reads", Of(ChainRow)),
        ("list_rows", Of("practice:i patient:i list:t version:n ciphertext:b bucket:s changed:n")),
        ("list_changes", Of("practice:i bucket:s counter:n")),
        ("shelf", Of("practice:i kind:t name:b version:n ciphertext:b")),
        ("checkpoints", Of("practice:i number:n taken_at:n body:b previous_signature:b signature:b")),
    ];

    static List<(string, char)> Of(string columns) => [.. columns.Split(' ').Select(c => (c[..^2], c[^1]))];
}
