using Casement.Bench;

var root = Path.GetFullPath(args is [var given, ..] ? given : ".");
var quick = args.Contains("quick");

if (args.Contains("web"))
{
    await WebBench.Run(root, patients: quick ? 1_000 : 10_000, entries: 300, seconds: quick ? 6 : 12, only: args.SkipWhile(a => a != "only").ElementAtOrDefault(1));
    return;
}
if (args.Contains("course"))
{
    await CourseBench.Run(root, quick, only: args.SkipWhile(a => a != "only").ElementAtOrDefault(1));
    return;
}
if (!args.Contains("store"))
{
    ClearanceBench.Run(root);
    CqlBench.Run(root);
    RecordBench.Run(root, people: quick ? 2_000 : 10_000);
    await StartBench.Run(root);
}
await StoreBench.Run(Path.Combine(root, "data", "bench"), Environment.GetEnvironmentVariable("CASEMENT_BENCH_POSTGRES"), seconds: quick ? 1 : 3);
