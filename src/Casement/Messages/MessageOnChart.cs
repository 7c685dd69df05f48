namespace Casement.Messages;

/// <summary>A message with what became of it.</summary>
public sealed record MessageOnChart(MessageAsked Asked, DateTimeOffset AskedAt);
