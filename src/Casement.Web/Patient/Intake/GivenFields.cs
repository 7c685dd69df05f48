using System.Collections.Immutable;
using Casement.Intake;

namespace Casement.Web.Patient.Intake;

/// <summary>The fields of a question's form, and what they give.</summary>
public static class GivenFields
{
    public const string Answer = "Answer", Unit = "Unit", Feet = "Feet", Inches = "Inches", Centimetres = "Centimetres", Year = "Year", Month = "Month";

    public static ImmutableArray<string> Read(IntakeQuestion question, IFormCollection form) => question switch
    {
        ToldQuestion { Kind: ToldKind.Weight } => One(form, Answer) is { Length: > 0 } number ? [number, One(form, Unit) is BodyMeasures.Kilograms ? BodyMeasures.Kilograms : BodyMeasures.Pounds] : [],
        ToldQuestion { Kind: ToldKind.Height } => One(form, Centimetres) is { Length: > 0 } cm ? [cm, BodyMeasures.Centimetres]
            : One(form, Feet) is { Length: > 0 } feet ? [feet, One(form, Inches), BodyMeasures.Feet] : [],
        MonthQuestion => One(form, Year).Length + One(form, Month).Length > 0 ? [One(form, Year), One(form, Month)] : [],
        ToldQuestion { Kind: ToldKind.Text } => One(form, Answer) is { Length: > 0 } text ? [text] : [],
        GroupQuestion q => Ordered(q.Items.Select(i => i.Question.Id).Append(GroupQuestion.NoOther), form),
        ToldQuestion q => Ordered(q.Options.Select(o => o.Value).Append(GroupQuestion.NoOther), form),
        _ => One(form, Answer) is { Length: > 0 } only ? [only] : [],
    };

    /// <summary>Ticks in the order of the page, so that the same ticks are the same answer; what is not on the page is kept, to be refused.</summary>
    static ImmutableArray<string> Ordered(IEnumerable<string> order, IFormCollection form)
    {
        var sent = form[Answer].OfType<string>().Distinct().ToArray();
        var known = order.ToArray();
        return [.. known.Where(sent.Contains), .. sent.Except(known)];
    }

    static string One(IFormCollection form, string name) => form[name].ToString().Trim();
}
