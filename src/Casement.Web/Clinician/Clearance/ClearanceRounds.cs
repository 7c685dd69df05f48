using Casement.Clearance;
using Casement.Courses;
using Casement.Journal;

namespace Casement.Web.Clinician.Clearance;

/// <summary>Goes through every signed clearance: after a start, after a limit was moved, and as time passes.</summary>
public sealed class ClearanceRounds(Desk desk, ProtocolInForce room, WebOptions options)
{
    public async Task Run(CancellationToken stop)
    {
        await room.Refresh(stop);
        await ClearanceClocks.Run(desk, options.Journals, options.Practice, room.Protocol, () => room.Settings, options.Clock, options.Measuring is { } measuring ? new CourseGate(room.Protocol, measuring, () => room.Settings, options.Zone).Pace : null, stop);
    }
}
