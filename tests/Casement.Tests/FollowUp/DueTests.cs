using Casement.FollowUp;
using static Casement.Tests.FollowUp.Office;

namespace Casement.Tests.FollowUp;

/// <summary>Deadlines in the unit the rule uses, over weekends, holidays and both changes of the clock.</summary>
public sealed class DueTests
{
    static PracticeCalendar Calendar => Rules.Calendar;

    [Theory]
    [InlineData(2026, 1, 1), InlineData(2026, 1, 19), InlineData(2026, 2, 16), InlineData(2026, 5, 25), InlineData(2026, 6, 19)]
    // July 4, 2026 is a Saturday and kept on Friday; Sunday's are kept on Monday.
    [InlineData(2026, 7, 3), InlineData(2027, 7, 5), InlineData(2026, 9, 7), InlineData(2026, 10, 12), InlineData(2026, 11, 11), InlineData(2026, 11, 26), InlineData(2026, 12, 25)]
    // Days this practice is closed besides.
    [InlineData(2026, 11, 27), InlineData(2026, 12, 24)]
    // January 1, 2028 is a Saturday: the year before has its holiday on the last day.
    [InlineData(2027, 12, 31)]
    public void A_holiday_is_no_business_day(int year, int month, int day) => Assert.False(Calendar.IsBusinessDay(new(year, month, day)));

    [Theory]
    [InlineData(2026, 7, 2), InlineData(2026, 11, 30), InlineData(2026, 12, 31), InlineData(2027, 7, 6)]
    public void The_days_around_them_are(int year, int month, int day) => Assert.True(Calendar.IsBusinessDay(new(year, month, day)));

    [Fact]
    public void Two_business_days_over_thanksgiving_end_on_monday_at_close() =>
        Assert.Equal(Local(2026, 11, 30, 17), Calendar.Due(Local(2026, 11, 24, 22), 2, DueUnit.BusinessDays, Denver));

    [Fact]
    public void What_comes_on_a_weekend_counts_from_monday() => Assert.Equal(Local(2026, 11, 17, 17), Calendar.Due(Local(2026, 11, 14, 9), 2, DueUnit.BusinessDays, Denver));

    /// <summary>November 1 and March 8 are the days the clock changes in 2026: the close stays at five, hours run on.</summary>
    [Fact]
    public void A_change_of_the_clock_moves_no_close_and_stretches_no_hour()
    {
        Assert.Equal(new(2026, 10, 30, 23, 0, 0, TimeSpan.Zero), Calendar.Due(Local(2026, 10, 29, 12), 1, DueUnit.BusinessDays, Denver));
        Assert.Equal(new(2026, 11, 3, 0, 0, 0, TimeSpan.Zero), Calendar.Due(Local(2026, 10, 30, 12), 1, DueUnit.BusinessDays, Denver));
        Assert.Equal(new(2026, 3, 9, 23, 0, 0, TimeSpan.Zero), Calendar.Due(Local(2026, 3, 6, 12), 1, DueUnit.BusinessDays, Denver));
        var before = new DateTimeOffset(2026, 11, 1, 7, 30, 0, TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromHours(2), Calendar.Due(before, 2, DueUnit.Hours, Denver) - before);
    }

    [Fact]
    public void An_hour_the_clock_leaps_over_begins_after_the_leap_and_one_that_comes_twice_is_the_first()
    {
        Assert.Equal(new(2026, 3, 8, 9, 0, 0, TimeSpan.Zero), BusinessDays.At(new(2026, 3, 8), new(2, 30), Denver));
        Assert.Equal(new(2026, 11, 1, 7, 30, 0, TimeSpan.Zero), BusinessDays.At(new(2026, 11, 1), new(1, 30), Denver));
    }

    [Theory]
    [InlineData(DueUnit.Minutes, 25, 0, "25 minutes left")]
    [InlineData(DueUnit.Minutes, 25, 26, "overdue by 1 minute")]
    [InlineData(DueUnit.Hours, 180, 0, "3 hours left")]
    [InlineData(DueUnit.Hours, 60, 60 * 30, "overdue by 29 hours")]
    public void Urgent_things_are_told_in_minutes_and_hours(DueUnit unit, int dueMinutes, int nowMinutes, string said) =>
        Assert.Equal(said, Calendar.Left(Monday.AddMinutes(dueMinutes), unit, Monday.AddMinutes(nowMinutes), Denver));

    [Fact]
    public void Business_days_are_told_in_business_days()
    {
        var due = Local(2026, 11, 20, 17);
        Assert.Equal("4 business days left", Calendar.Left(due, DueUnit.BusinessDays, Local(2026, 11, 16, 9), Denver));
        Assert.Equal("1 business day left", Calendar.Left(due, DueUnit.BusinessDays, Local(2026, 11, 19, 9), Denver));
        Assert.Equal("due today", Calendar.Left(due, DueUnit.BusinessDays, Local(2026, 11, 20, 16, 59), Denver));
        Assert.Equal("overdue since today", Calendar.Left(due, DueUnit.BusinessDays, due, Denver));
        Assert.Equal("overdue by 1 business day", Calendar.Left(due, DueUnit.BusinessDays, Local(2026, 11, 23, 9), Denver));
        Assert.Equal("overdue by 3 days", Calendar.Left(due, DueUnit.CalendarDays, Local(2026, 11, 23, 9), Denver));
    }

    /// <summary>A wait for a clinic and a promise to a patient skip the same days.</summary>
    [Fact]
    public void The_loop_and_the_office_keep_one_calendar()
    {
        var loop = Casement.Definitions.ReferralFolder.Read(Root.Path("definitions", "referrals"), Clearance.Ketamine.Protocol).Calendar;
        for (var day = new DateOnly(2026, 11, 1); day < new DateOnly(2028, 2, 1); day = day.AddDays(1)) Assert.Equal(Calendar.IsBusinessDay(day), loop.IsBusinessDay(day));
        Assert.Equal((Calendar.Opens, Calendar.Closes, Calendar.Hours), (loop.Opens, loop.Closes, loop.Hours));
    }
}
