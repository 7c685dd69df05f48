using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Casement.Clearance;
using Casement.Definitions;
using Casement.Journal;

namespace Casement.Web.Clinician.Clearance;

/// <summary>Somebody moved a parameter.</summary>
public sealed record ParameterMoved(string Parameter, decimal From, decimal To, Actor By, DateTimeOffset At);

/// <summary>The protocol this practice works under, the parameters it has moved, and every protocol a decision was ever signed under.</summary>
public sealed class ProtocolInForce(WebOptions options, IShelf shelf) : IHostedService
{
    const string SettingKind = "setting", ParametersKey = "parameters", ProtocolKind = "protocol", MoveKind = "setting-moved";

    readonly ConcurrentDictionary<string, Protocol> past = new();
    Moved moved = new(ImmutableSortedDictionary<string, decimal>.Empty, 0);

    sealed record Moved(ImmutableSortedDictionary<string, decimal> Settings, long Version);

    public Protocol Protocol => options.Protocol;

    /// <summary>The parameters moved from their defaults, as last read.</summary>
    public ImmutableSortedDictionary<string, decimal> Settings => moved.Settings;

    /// <summary>Reads the moved parameters again, since another node may have moved one. Every page that assesses asks this first.</summary>
    public async Task<ImmutableSortedDictionary<string, decimal>> Refresh(CancellationToken stop)
    {
        if (await shelf.Read(options.Practice, SettingKind, ParametersKey, stop) is not { } kept) return Settings;
        if (kept.Version == moved.Version) return Settings;
        var read = JsonSerializer.Deserialize<Dictionary<string, decimal>>(kept.Content.Span) ?? throw new JsonException("The moved parameters are empty.");
        // A newer protocol may have drawn a bound closer; what is outside now falls back to the default and is shown as such.
        moved = new(read.Where(p => Protocol.RefusesSetting(p.Key, p.Value) is null).ToImmutableSortedDictionary(StringComparer.Ordinal), kept.Version);
        return Settings;
    }

    /// <summary>Moves one parameter; its default takes it off the list of the moved. Answers why not, in a sentence, or null when it is done.</summary>
    public async Task<string?> Move(string id, decimal value, Actor by, CancellationToken stop)
    {
        if (Protocol.RefusesSetting(id, value) is { } why) return why;
        await Refresh(stop);
        var before = moved;
        var settings = With(before.Settings, id, value);
        if (!await shelf.Write(options.Practice, SettingKind, ParametersKey, before.Version, JsonSerializer.SerializeToUtf8Bytes(settings), stop))
            return "Somebody else moved a parameter at the same moment. Nothing was changed here; please look again.";
        moved = new(settings, before.Version + 1);
        var move = new ParameterMoved(id, before.Settings.GetValueOrDefault(id, Protocol.ParameterById[id].Default), value, by, options.Clock.GetUtcNow());
        await shelf.Write(options.Practice, MoveKind, moved.Version.ToString(CultureInfo.InvariantCulture), 0, JsonSerializer.SerializeToUtf8Bytes(move), stop);
        return null;
    }

    /// <summary>Every move so far, newest first.</summary>
    public async Task<ImmutableArray<ParameterMoved>> Moves(CancellationToken stop) =>
        [.. (await shelf.ReadAll(options.Practice, MoveKind, stop)).Select(s => JsonSerializer.Deserialize<ParameterMoved>(s.Content.Span) ?? throw new JsonException("A move is empty.")).OrderByDescending(m => m.At)];

    /// <summary>The moved parameters as they would be.</summary>
    public ImmutableSortedDictionary<string, decimal> With(ImmutableSortedDictionary<string, decimal> settings, string id, decimal value) =>
        Protocol.ParameterById[id].Default == value ? settings.Remove(id) : settings.SetItem(id, value);

    /// <summary>The protocol with this hash; null when its files were never kept here.</summary>
    public async Task<Protocol?> At(string hash, CancellationToken stop)
    {
        if (hash == Protocol.Hash) return Protocol;
        if (past.TryGetValue(hash, out var known)) return known;
        if (await shelf.Read(options.Practice, ProtocolKind, hash, stop) is not { } kept) return null;
        var files = JsonSerializer.Deserialize<Dictionary<string, string>>(kept.Content.Span) ?? throw new JsonException("A kept protocol is empty.");
        var protocol = ProtocolFolder.Read(files.ToImmutableSortedDictionary(StringComparer.Ordinal));
        return protocol.Hash == hash ? past[hash] = protocol : throw new InvalidOperationException($"The protocol kept as {hash} has the hash {protocol.Hash}.");
    }

    /// <summary>Keeps the files of the protocol in force before anybody can sign under it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await shelf.Read(options.Practice, ProtocolKind, Protocol.Hash, cancellationToken) is null)
            await shelf.Write(options.Practice, ProtocolKind, Protocol.Hash, 0, JsonSerializer.SerializeToUtf8Bytes(Protocol.Files), cancellationToken);
        await Refresh(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
