using Casement.Journal;
using Casement.Messages;
using Casement.Web.Clinician.Office;

namespace Casement.Web.Messages;

/// <summary>Messages to staff that belong to no patient's record: that they cover for somebody, and the test they ask for themselves. Without a chart there is no outbox; who asks hears what came of it.</summary>
public sealed class StaffPost(StaffBook staff, AbsenceBook absences, Writing writing, WebOptions options, ILogger<StaffPost> log)
{
    public const string Cover = "staff-cover", Test = "staff-test";

    /// <summary>A server that says nothing for so long keeps somebody waiting before a page.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Tells every cover of their absences. Run by one node at a time; a crash between sending and noting sends the same message again, under its own id.</summary>
    public async Task TellCovers(CancellationToken stop)
    {
        foreach (var absence in (await absences.Read(stop)).ToTell(options.Clock.GetUtcNow()).ToArray())
        {
            var problem = await staff.Find(absence.Cover, stop) is { } cover
                ? await Deliver(DerivedId.Of("cover", absence.Id.ToString("D")), Cover, cover, urgent: false, stop)
                : $"{absence.CoverName} has no account any more.";
            await absences.Change(book => (problem is null ? book.Told(absence.Id, options.Clock.GetUtcNow()) : book.CouldNotTell(absence.Id, problem), null), CancellationToken.None);
        }
    }

    /// <summary>By each of their channels. Null when all took it; otherwise the sentences why not.</summary>
    public async Task<string?> Deliver(Guid id, string template, OnDuty to, bool urgent, CancellationToken stop)
    {
        var problems = new List<string>();
        foreach (var address in to.Reach.Addresses(to.Email, urgent, options.Texts is not null))
        {
            try
            {
                using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
                enough.CancelAfter(Longest);
                await Deliver(DerivedId.Of("staff", id.ToString("D"), address), template, to, address, enough.Token);
            }
            catch (NotDeliveredException e)
            {
                problems.Add(e.Message);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                problems.Add("The server did not answer in time.");
            }
        }
        foreach (var problem in problems) SendingLog.NotDelivered(log, template, problem);
        return problems.Count == 0 ? null : string.Join(" ", problems.Distinct());
    }

    async Task Deliver(Guid id, string template, OnDuty to, string address, CancellationToken stop)
    {
        if (!options.Messages.Templates.TryGetValue(template, out var words)) throw new NotDeliveredException("There is no template of this name.");
        if (PhoneOrMail.Read(address) is (Channel.Text or Channel.Call, _))
            await (options.Texts ?? throw new NotDeliveredException("Text messages and calls are not set up here.")).Deliver(writing.Text(id, words, address, "/staff"), stop);
        else
            await (options.Post ?? throw new NotDeliveredException("Mail is not set up here.")).Deliver(writing.ToStaff(id, words, to.Name, address, "/staff"), stop);
    }
}
