using System.Collections.Immutable;
using Casement.Clearance;

namespace Casement.Sessions;

/// <summary>Minutes, as a number or as a parameter a practice or clinic may tighten.</summary>
/// <param name="Parameter">Empty for a plain number.</param>
public sealed record Minutes(string Parameter, decimal Number)
{
    public double In(Protocol protocol, ImmutableSortedDictionary<string, decimal> settings) =>
        (double)(Parameter.Length == 0 ? Number : settings.GetValueOrDefault(Parameter, protocol.ParameterById[Parameter].Default));
}

/// <summary>When readings are due with one product (clearance.md 8.3).</summary>
/// <param name="Id">The line of the schedule it follows.</param>
/// <param name="Every">Between readings while the dose goes on; null where only certain minutes count.</param>
/// <param name="ForMinutes">After the beginning, this long; null means until the dose ends.</param>
/// <param name="At">Certain minutes after the dose, in order; empty where readings are regular.</param>
/// <param name="ThenEvery">Between readings after that.</param>
public sealed record MonitoringLine(string Id, string Product, Minutes? Every, int? ForMinutes, ImmutableArray<Minutes> At, int ThenEvery)
{
    /// <summary>When the next reading is due after one at an instant, or after the beginning.</summary>
    public DateTimeOffset NextDue(Protocol protocol, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset startedAt, DateTimeOffset? endedAt, DateTimeOffset at)
    {
        if (Every is not { } every) return At.Select(m => startedAt.AddMinutes(m.In(protocol, settings))).Where(due => due > at).DefaultIfEmpty(at.AddMinutes(ThenEvery)).Min();
        var dense = ForMinutes is { } minutes ? at < startedAt.AddMinutes(minutes) : endedAt is null;
        return at.AddMinutes(dense ? every.In(protocol, settings) : ThenEvery);
    }
}
