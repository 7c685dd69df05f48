namespace Casement.Cli;

/// <summary>What the program says to whoever started it.</summary>
static class Exit
{
    /// <summary>All well.</summary>
    public const int Well = 0;

    /// <summary>It ran, and something did not hold: a case failed, a chain is broken, a proof has a hole.</summary>
    public const int DoesNotHold = 1;

    /// <summary>The command line could not be understood.</summary>
    public const int Usage = 2;

    /// <summary>A file could not be read, or does not say what it should.</summary>
    public const int BadInput = 3;

    /// <summary>The store could not be opened, read or written.</summary>
    public const int Store = 4;

    public const string Words = """
        Exit codes:
          0  all well
          1  it ran, and something does not hold (a failed case, a broken chain, a hole in a proof)
          2  the command line could not be understood
          3  a file could not be read, or does not say what it should
          4  the store could not be opened, read or written
        """;
}
