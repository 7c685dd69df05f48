using Casement.Definitions;
using Casement.Measures;

namespace Casement.Tests.Measures;

public sealed class MeasureRulesTests
{
    [Xunit.Theory]
    [Xunit.InlineData("smallest-published-group: 11", "smallest-published-grop: 11", "practice.yaml, line ")]
    [Xunit.InlineData("smallest-published-group: 11", "", "practice.yaml, line ")]
    [Xunit.InlineData("smallest-published-group: 11", "smallest-published-group: eleven", "practice.yaml, line ")]
    [Xunit.InlineData("youngest-age: 12, ", "", "practice.yaml, line ")]
    public void A_slip_in_the_rules_is_an_error_with_file_and_line(string from, string to, string message)
    {
        var text = File.ReadAllText(Path.Combine(Given.Repository, "definitions", "measures", "practice.yaml"));
        Xunit.Assert.Contains(from, text, StringComparison.Ordinal);
        var wrong = Xunit.Assert.Throws<MalformedFileException>(() => ScalesFolder.Practice("practice.yaml", text.Replace(from, to, StringComparison.Ordinal)));
        Xunit.Assert.StartsWith(message, wrong.Message, StringComparison.Ordinal);
    }

    [Xunit.Theory]
    [Xunit.InlineData("confirm-to-days: 21", "confirm-to-days: 0", "trajectory.yaml, rules: relapse: confirm-from-days lies after confirm-to-days.")]
    [Xunit.InlineData("nearest-to-days: 7", "nearest-to-days: 70", "trajectory.yaml, rules: checkpoint-b: nearest-to-days must lie between from-days and to-days.")]
    [Xunit.InlineData("to-days: 7}", "to-days: 0}", "trajectory.yaml, rules: checkpoint-a: from-days lies after to-days.")]
    public void A_window_that_could_never_open_is_an_error(string from, string to, string message)
    {
        var text = File.ReadAllText(Path.Combine(Given.Repository, "definitions", "measures", "trajectory.yaml"));
        Xunit.Assert.Contains(from, text, StringComparison.Ordinal);
        Xunit.Assert.Equal(message, Xunit.Assert.Throws<MalformedFileException>(() => ScalesFolder.Courses("trajectory.yaml", text.Replace(from, to, StringComparison.Ordinal))).Message);
    }

    [Xunit.Fact]
    public void A_folder_without_instruments_is_an_error()
    {
        var empty = Directory.CreateTempSubdirectory();
        try
        {
            Xunit.Assert.Contains("There is not one instrument", Xunit.Assert.Throws<MalformedFileException>(() => InstrumentFolder.Read(empty.FullName)).Message, StringComparison.Ordinal);
        }
        finally
        {
            empty.Delete();
        }
    }
}
