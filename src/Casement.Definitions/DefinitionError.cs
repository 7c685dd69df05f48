using System.Collections.Immutable;

namespace Casement.Definitions;

/// <summary>Something wrong in a definition file, with the place to look.</summary>
public sealed record DefinitionError(string File, int Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}

/// <summary>Definitions that must not be used, with every error found in one reading.</summary>
public sealed class DefinitionException(ImmutableArray<DefinitionError> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public ImmutableArray<DefinitionError> Errors { get; } = errors;
}
