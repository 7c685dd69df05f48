using System.Text.RegularExpressions;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Web.Messages;

namespace Casement.Web.Tests.Messages;

/// <summary>Text messages to patients who chose them (expectations P1, P15): as little said as in a letter, a way in, a way to stop, and nothing of either kept.</summary>
public sealed partial class PatientTextTests
{
    [Fact]
    public async Task A_text_lets_its_reader_in_and_can_be_stopped()
    {
        var folder = Directory.CreateTempSubdirectory("casement-texts-");
        try
        {
            var (house, post) = await Sayings.OpenWithMail(o => o with { Rows = null, Texts = new TextFolder(folder.FullName) });
            await using var open = house;
            var clau = await house.Admit(Sayings.Claudia);
            await house.Carry(clau, chart => Delivering.Choose(chart, [new(Purpose.Task, Channel.Text)]));
            var id = await house.Ask(clau, "intake-waiting", page: "/my/intake");
            await house.SendDue();

            Assert.Empty(post.Taken);
            var text = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder.FullName)), TestContext.Current.CancellationToken);
            Assert.StartsWith("Text to +13035550199", text, StringComparison.Ordinal);
            Assert.DoesNotContain("ketamine", text, StringComparison.OrdinalIgnoreCase);
            var (way, stop) = (Links().Matches(text)[0].Value, Links().Matches(text)[1].Value);
            var kept = (await house.Read(clau)).Messages[id].Sent ?? throw new InvalidOperationException("It was not sent.");
            Assert.DoesNotContain("http", kept.Subject, StringComparison.Ordinal);

            // The number is another's by now: what went there opens nothing.
            await house.Carry(clau, _ => Decision.Accept(new PatientDetailsChanged(Sayings.Claudia with { Phone = "303 555 0111" }, "New phone")));
            using var other = house.Visit();
            await other.Go(new Uri(way).PathAndQuery);
            await other.Send("main form");
            Assert.NotEqual("/my/intake", other.Where.AbsolutePath);
            await house.Carry(clau, _ => Decision.Accept(new PatientDetailsChanged(Sayings.Claudia, "Her own again")));

            await house.Ask(clau, "intake-waiting", page: "/my/intake");
            await house.SendDue();
            var second = await File.ReadAllTextAsync(Directory.GetFiles(folder.FullName).OrderByDescending(File.GetLastWriteTimeUtc).First(), TestContext.Current.CancellationToken);
            using var mine = house.Visit();
            await mine.Go(new Uri(Links().Matches(second)[0].Value).PathAndQuery);
            await mine.Send("main form");
            Assert.Equal("/my/intake", mine.Where.AbsolutePath);

            using var gone = house.Visit();
            await gone.Go(new Uri(stop).PathAndQuery);
            await gone.Send("main form");
            Assert.NotNull((await house.Read(clau)).Reaching.StoppedAt);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Links();
}
