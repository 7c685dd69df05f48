namespace Casement.Web.Components;

/// <summary>One of the answers to choose from.</summary>
/// <param name="Value">As sent.</param>
/// <param name="Label">As read.</param>
/// <param name="Hint">What choosing it means; null when the label says it all.</param>
public sealed record Option(string Value, string Label, string? Hint = null);
