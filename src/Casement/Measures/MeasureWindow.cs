namespace Casement.Measures;

public enum WindowStatus { NotOpen, Open, Overdue, Missed, Early, OnTime, InWindow, Late }

/// <summary>When a questionnaire is asked for, all days inclusive; instruments.md section 6, "Window rule". Dates are the practice's.</summary>
public sealed record MeasureWindow(DateOnly Opens, DateOnly Due, DateOnly Closes)
{
    public static MeasureWindow Around(DateOnly anchor, int offsetDays, int beforeDays, int afterDays)
    {
        var due = anchor.AddDays(offsetDays);
        return new(due.AddDays(-beforeDays), due, due.AddDays(afterDays));
    }

    /// <param name="today">Decides only while nothing was submitted.</param>
    /// <param name="submitted">Null when nothing was.</param>
    public WindowStatus StatusOn(DateOnly today, DateOnly? submitted) => submitted switch
    {
        null when today < Opens => WindowStatus.NotOpen,
        null when today <= Due => WindowStatus.Open,
        null when today <= Closes => WindowStatus.Overdue,
        null => WindowStatus.Missed,
        { } on when on < Opens => WindowStatus.Early,
        { } on when on <= Due => WindowStatus.OnTime,
        { } on when on <= Closes => WindowStatus.InWindow,
        _ => WindowStatus.Late,
    };

    public static bool CountsForMilestone(WindowStatus status) => status is WindowStatus.OnTime or WindowStatus.InWindow;
}
