using System.Threading.Channels;
using Casement.Store.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace Casement.Store.Postgres;

/// <summary>Several writers, each committing what waits for it in one transaction. A patient always has the same writer, so a node never races itself.</summary>
sealed class PostgresAppends : IAsyncDisposable
{
    const int Writers = 4;
    const int MostTogether = 128;

    readonly NpgsqlDataSource source;
    readonly string where;
    readonly Channel<Act>[] waiting;
    readonly Task[] loops;

    public PostgresAppends(NpgsqlDataSource source, string where)
    {
        this.source = source;
        this.where = where;
        waiting = [.. Enumerable.Range(0, Writers).Select(_ => Channel.CreateUnbounded<Act>(new() { SingleReader = true }))];
        loops = [.. waiting.Select(w => Task.Run(() => Loop(w.Reader)))];
    }

    /// <summary>Completes after the commit that holds it.</summary>
    public Task<bool> Do(Appending what)
    {
        var act = new Act(what);
        var writer = waiting[act.Bucket % Writers].Writer;
        ObjectDisposedException.ThrowIf(!writer.TryWrite(act), this);
        return act.Done.Task;
    }

    async Task Loop(ChannelReader<Act> arriving)
    {
        var group = new List<Act>();
        while (await arriving.WaitToReadAsync())
        {
            while (group.Count < MostTogether && arriving.TryRead(out var act)) group.Add(act);
            // Every transaction takes its locks in this one order; see append_rows.
            group.Sort(static (a, b) => a.Order.CompareTo(b.Order));
            if (!await Commit(group, last: group.Count == 1))
            {
                // One act may spoil the group, so each is tried alone; what fails alone is told so.
                foreach (var act in group) await Commit([act], last: true);
            }
            group.Clear();
        }
    }

    /// <summary>False when the group was refused as one and may be tried apart: the server said so, and nothing of it was written.</summary>
    async Task<bool> Commit(List<Act> group, bool last)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var batch = new NpgsqlBatch(connection, transaction))
            {
                foreach (var act in group) batch.BatchCommands.Add(Command(act.What));
                await using var answers = await batch.ExecuteReaderAsync();
                foreach (var act in group)
                {
                    await answers.ReadAsync();
                    act.Result = answers.GetBoolean(0);
                    await answers.NextResultAsync();
                }
            }
            await transaction.CommitAsync();
        }
        catch (PostgresException) when (!last)
        {
            return false;
        }
        catch (NpgsqlException e)
        {
            // Whether the commit arrived is not known, so nobody is told that it did.
            var trouble = PostgresTrouble.From(e, where);
            foreach (var act in group) act.Done.SetException(trouble);
            return true;
        }
        // Whatever else went wrong belongs to whoever asked; the writer itself goes on.
        catch (Exception e)
        {
            foreach (var act in group) act.Done.SetException(e);
            return true;
        }
        foreach (var act in group) act.Done.SetResult(act.Result);
        return true;
    }

    static NpgsqlBatchCommand Command(Appending what)
    {
        var rows = what.Rows;
        return new("SELECT append_rows($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = what.At.Practice.Value },
                new NpgsqlParameter<Guid> { TypedValue = what.At.Patient.Value },
                new NpgsqlParameter<short> { TypedValue = (short)what.At.Chain },
                new NpgsqlParameter<long> { TypedValue = what.Expected },
                new NpgsqlParameter<long> { TypedValue = what.Head.Sequence },
                new NpgsqlParameter<byte[]> { TypedValue = what.Head.Hash },
                new NpgsqlParameter<byte[]> { TypedValue = what.Head.Signature },
                Array(NpgsqlDbType.Bigint, rows.Select(r => r.Sequence).ToArray()),
                Array(NpgsqlDbType.Bigint, rows.Select(r => r.RecordedAtTicks).ToArray()),
                Array(NpgsqlDbType.Text, rows.Select(r => r.StoredName).ToArray()),
                Array(NpgsqlDbType.Integer, rows.Select(r => r.KeyId).ToArray()),
                Array(NpgsqlDbType.Bytea, rows.Select(r => r.Ciphertext).ToArray()),
                Array(NpgsqlDbType.Bytea, rows.Select(r => r.PreviousHash).ToArray()),
                Array(NpgsqlDbType.Bytea, rows.Select(r => r.Hash).ToArray()),
                new NpgsqlParameter<short> { TypedValue = SealedList.BucketOf(what.At.Patient) },
                Array(NpgsqlDbType.Text, what.Lists?.Select(l => l.List).ToArray()),
                Array(NpgsqlDbType.Bytea, what.Lists?.Select(l => l.Ciphertext).ToArray()),
            },
        };

        static NpgsqlParameter Array<T>(NpgsqlDbType of, T[]? values) => new() { Value = (object?)values ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | of };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in waiting) channel.Writer.TryComplete();
        await Task.WhenAll(loops);
    }

    sealed class Act(Appending what)
    {
        public Appending What { get; } = what;
        public short Bucket { get; } = SealedList.BucketOf(what.At.Patient);
        public (Chain, short, Guid, Guid) Order => (What.At.Chain, Bucket, What.At.Practice.Value, What.At.Patient.Value);
        public bool Result { get; set; }
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
