using Microsoft.AspNetCore.Components;

namespace Casement.Web.Components;

/// <summary>What every kind of answer has: a name, a label, a hint, the value typed before and what was wrong with it.</summary>
public abstract class Answer : ComponentBase
{
    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public required string Label { get; set; }

    [Parameter] public string? Hint { get; set; }

    [Parameter] public string? Value { get; set; }

    [Parameter] public string? Error { get; set; }

    [Parameter] public bool Optional { get; set; }

    /// <summary>The ids of the hint and the error, for a screen reader; null when there is neither.</summary>
    protected string? DescribedBy =>
        string.Join(' ', new[] { Hint is null ? null : $"{Name}-hint", Error is null ? null : $"{Name}-error" }.OfType<string>()) is { Length: > 0 } ids ? ids : null;

    protected string? Invalid => Error is null ? null : "true";
}
