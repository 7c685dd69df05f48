using Casement.Documents;
using Casement.Journal;
using Casement.Sessions;
using Casement.Web.Clinician.Files;
using Casement.Web.Clinician.Referrals;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>Bytes that no entry names go after a day; bytes that one names never do.</summary>
public sealed class FilesOnTheWayTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly byte[] Bytes = [0x25, 0x50, 0x44, 0x46, 0x2D, 1, 2, 3];

    static DocumentReceived Received(Guid file) => new(file, "Letter", "letter", FileFormat.Pdf, Bytes.Length, KeptFiles.Hash(Bytes), Sud: false);

    static async Task<int> Sweep(House house, double hours)
    {
        house.Clock.Ahead += TimeSpan.FromHours(hours);
        return await house.Services.GetRequiredService<FilesOnTheWay>().Sweep(Stop);
    }

    [Fact]
    public async Task What_a_crash_left_goes_after_a_day_and_not_before()
    {
        await using var house = await House.Open();
        var (files, patient, file) = (house.Services.GetRequiredService<KeptFiles>(), await house.Admit("Wren", new(1988, 1, 2)), Guid.NewGuid());
        await files.Keep(patient, file, Bytes, Stop);
        Assert.Equal(0, await Sweep(house, 23));
        Assert.NotNull(await files.Find(Received(file), Stop));
        Assert.Equal(1, await Sweep(house, 2));
        Assert.Null(await files.Find(Received(file), Stop));
        Assert.Equal(0, await Sweep(house, 48));
    }

    [Fact]
    public async Task What_an_entry_names_stays_also_when_the_entry_was_a_mistake()
    {
        await using var house = await House.Open();
        var (files, patient, file) = (house.Services.GetRequiredService<KeptFiles>(), await house.Admit("Wren", new(1988, 1, 2)), Guid.NewGuid());
        await files.Keep(patient, file, Bytes, Stop);
        await house.Carry(patient, _ => Decision.Accept(Received(file)));
        var entry = (await house.Read(patient)).Version;
        await house.Carry(patient, _ => Decision.Accept(new EnteredInError(entry, "Another person's")));
        Assert.DoesNotContain(file, (await house.Read(patient)).Documents.Keys);
        Assert.Equal(0, await Sweep(house, 25));
        Assert.NotNull(await files.Find(Received(file), Stop));
    }

    [Fact]
    public async Task A_file_of_a_clinic_is_swept_and_spared_the_same_way()
    {
        await using var house = await House.Open();
        var (files, patient, left, named) = (house.Services.GetRequiredService<SessionFiles>(), await house.Admit("Wren", new(1988, 1, 2)), Guid.NewGuid(), Guid.NewGuid());
        await files.Keep(patient, left, Bytes, Stop);
        await files.Keep(patient, named, Bytes, Stop);
        await house.Carry(patient, _ => Decision.Accept(new SessionFileReceived(named, Guid.NewGuid(), "report.pdf", "application/pdf", Bytes.Length, KeptFiles.Hash(Bytes), new(2026, 11, 23), false)));
        Assert.Equal(1, await Sweep(house, 25));
        Assert.Null(await files.Read(left, Stop));
        Assert.NotNull(await files.Read(named, Stop));
    }

    [Fact]
    public async Task The_same_bytes_brought_again_begin_their_day_anew()
    {
        await using var house = await House.Open();
        var (files, patient, file) = (house.Services.GetRequiredService<KeptFiles>(), await house.Admit("Wren", new(1988, 1, 2)), Guid.NewGuid());
        await files.Keep(patient, file, Bytes, Stop);
        house.Clock.Ahead += TimeSpan.FromHours(20);
        await files.Keep(patient, file, Bytes, Stop);
        Assert.Equal(0, await Sweep(house, 10));
        Assert.NotNull(await files.Find(Received(file), Stop));
    }
}
