namespace Casement.Web.Components;

/// <summary>What is wrong with one answer.</summary>
/// <param name="Field">The name of the field; empty when it is the whole form.</param>
/// <param name="Because">A sentence the person can act on.</param>
public sealed record Problem(string Field, string Because)
{
    /// <summary>The sentence for one field, or null.</summary>
    public static string? For(IEnumerable<Problem> problems, string field) => problems.FirstOrDefault(p => p.Field == field)?.Because;
}
