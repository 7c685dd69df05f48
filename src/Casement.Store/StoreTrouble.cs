using System.Diagnostics.CodeAnalysis;

namespace Casement.Store;

/// <summary>The store cannot do what was asked. The message says what happened, what was kept and what to do, in words for whoever runs the practice.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is called what it is.")]
public sealed class StoreTrouble(string message, Exception? cause = null) : Exception(message, cause);
