using System.Text.Json.Nodes;

namespace Casement.Measures;

static class WindowVector
{
    public static JsonObject Run(JsonAt vector)
    {
        var input = vector["input"];
        var window = MeasureWindow.Around(input["anchor"].Date(), input["offsetDays"].Whole(), input["beforeDays"].Whole(), input["afterDays"].Whole());
        var status = window.StatusOn(input["today"].Date(), input.Find("submitted")?.Date());
        return new()
        {
            ["opens"] = TrajectoryVector.Date(window.Opens),
            ["due"] = TrajectoryVector.Date(window.Due),
            ["closes"] = TrajectoryVector.Date(window.Closes),
            ["status"] = status.Word,
            ["countsForMilestone"] = MeasureWindow.CountsForMilestone(status),
        };
    }
}
