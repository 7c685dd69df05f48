namespace Casement.Journal;

/// <summary>One practice: every table and every key belongs to exactly one.</summary>
public readonly record struct PracticeId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>One person's journal. In natural medicine the same person has a second, separate journal.</summary>
public readonly record struct PatientId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>A member of staff.</summary>
public readonly record struct StaffId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}
