using System.Security.Cryptography;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Store;
using Casement.Store.Tests;

namespace Casement.Web.Tests.Messages;

/// <summary>What two programs over one store must not do twice, whatever the store is.</summary>
public abstract class OutboxSuite(IDatabase database) : IAsyncLifetime
{
    const int Messages = 30;

    static readonly CancellationToken Stop = CancellationToken.None;

    readonly PracticeId practice = new(Guid.NewGuid());
    readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    readonly Mailbox post = new();
    readonly List<IAsyncDisposable> open = [];
    RecordRoom room = null!;
    House one = null!, two = null!;

    public async ValueTask InitializeAsync()
    {
        var address = database.NewAddress();
        room = await Room(address);
        // A store in memory is one store; every other is opened by each program for itself.
        var other = address == "memory:" ? room : await Room(address);
        one = await Node(room);
        two = await Node(other);
        two.Clock.Ahead = one.Clock.Ahead;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        open.Reverse();
        foreach (var each in open) await each.DisposeAsync();
    }

    async Task<RecordRoom> Room(string address)
    {
        var opened = await Stores.Open(address, new StoreSettings { MasterKey = key, Warn = _ => { } });
        open.Add(opened);
        return opened;
    }

    async Task<House> Node(RecordRoom store)
    {
        var house = await House.Open(o => o with { Journals = store.Journals, Shelf = store.Shelf, Practice = practice, Post = post, Rows = null });
        open.Add(house);
        house.ToLocal(new(12, 0));
        return house;
    }

    /// <summary>Both at once, several times, and then until nothing is left.</summary>
    async Task<int[]> SendFromBoth()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).SendDue())));
        while (await two.SendDue() > 0)
        {
            // What one claimed and left.
        }
        return counts;
    }

    [Fact]
    public async Task Two_programs_on_one_store_send_each_message_once()
    {
        var asked = new List<Guid>();
        for (var i = 0; i < Messages / 3; i++)
        {
            var patient = await one.Admit(Sayings.Claudia with { Email = $"somebody{i}@example.org" });
            foreach (var template in (string[])["intake-waiting", "consent-waiting", "sign-in"]) asked.Add(await one.Ask(patient, template));
        }
        var counts = await SendFromBoth();
        Assert.Equal(Messages, post.Taken.Count);
        Assert.Equal(asked.Select(a => $"{a:N}").Order(), post.Taken.Select(m => m.MessageId?.Split('@')[0]).Order());
        Assert.True(counts.Sum() <= Messages);
        Assert.Empty(await room.Journals.ReadList(practice, Outbox.List, Stop));
        Assert.Empty(await room.Shelf.ReadAll(practice, "message-claim", Stop));
    }

    [Fact]
    public async Task Two_programs_tell_everybody_on_duty_once()
    {
        foreach (var name in (string[])["alma", "ben", "cleo"]) await one.Invite(new(name, $"{name}@practice.example", [Role.Clinician]));
        var patients = new List<PatientId>();
        for (var i = 0; i < 4; i++)
        {
            var patient = await one.Admit(Sayings.Claudia);
            await one.Carry(patient, _ => Decision.Accept(new DutyCalled(Guid.NewGuid(), Duty.Everyone, Urgent: true, "staff-urgent", "/staff")));
            patients.Add(patient);
        }
        await SendFromBoth();
        Assert.Equal(12, post.Taken.Count);
        Assert.Equal(12, post.Taken.Select(m => m.MessageId).Distinct().Count());
        foreach (var patient in patients) Assert.Equal(3, (await one.Read(patient)).Messages.Count);
        Assert.Empty(await room.Journals.ReadList(practice, Outbox.List, Stop));
    }
}

public sealed class OutboxInMemory(Casement.Store.Tests.InMemory database) : OutboxSuite(database), IClassFixture<Casement.Store.Tests.InMemory>;

public sealed class OutboxOnSqlite(OnSqlite database) : OutboxSuite(database), IClassFixture<OnSqlite>;

public sealed class OutboxOnPostgres(OnPostgres database) : OutboxSuite(database);
