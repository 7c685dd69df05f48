using System.Text.Json;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Web.Clinician.Office;
using Casement.Web.SignIn;

namespace Casement.Web.Messages;

/// <summary>How each member of staff is reached, on the shelf; and the roster as it stands now, from accounts, choices and absences.</summary>
public sealed class StaffBook(IShelf shelf, AccountShelf accounts, AbsenceBook absences, WebOptions options)
{
    const string Kind = "staff-reach";

    public async Task<StaffReach> Reach(string account, CancellationToken stop) => (await Open(account, stop)).Reach;

    public async Task Keep(string account, StaffReach reach, CancellationToken stop)
    {
        // Their own page alone writes it; of two tabs the last one saved holds.
        while (!await shelf.Write(options.Practice, Kind, account, (await Open(account, stop)).Version, JsonSerializer.SerializeToUtf8Bytes(reach), stop))
        {
        }
    }

    public async Task<OnDuty?> Find(string account, CancellationToken stop) => (await Staff(stop)).FirstOrDefault(s => s.Id == account);

    public async Task<DutyRoster> Roster(CancellationToken stop) => new([.. await Staff(stop)], await absences.Read(stop));

    async Task<List<OnDuty>> Staff(CancellationToken stop)
    {
        var staff = new List<OnDuty>();
        foreach (var account in (await accounts.All(stop)).Where(a => a.ClosedAt is null))
            staff.Add(new(account.Id.ToString("D"), account.Name, account.Email, account.Roles.Contains(Role.Clinician), account.Roles.Contains(Role.Owner), await Reach(account.Id.ToString("D"), stop)));
        return staff;
    }

    async Task<(StaffReach Reach, long Version)> Open(string account, CancellationToken stop) =>
        await shelf.Read(options.Practice, Kind, account, stop) is { } kept
            ? (JsonSerializer.Deserialize<StaffReach>(kept.Content.Span) ?? throw new JsonException("A choice of channels is empty."), kept.Version)
            : (StaffReach.Unasked, 0);
}
