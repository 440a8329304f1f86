using WorkflowPlatform.Bench;

// Bench submissions|queue|queue-size|dry-run|job|standalone|all [--quick] [--folder DIR]
// Over private servers, which deploy/scripts/bench starts: TEST_POSTGRES, TEST_BROKER, PGBIN and PGLOG.
// Every figure stands beside a floor measured in the same run, because the machines differ. Exit code 0 only when all limits hold.
var which = args.FirstOrDefault(argument => !argument.StartsWith('-')) ?? "all";
var i = Array.IndexOf(args, "--folder");
var folder = i >= 0 ? Path.GetFullPath(args[i + 1]) : Directory.CreateTempSubdirectory("workflow-bench-").FullName;
if (i >= 0 && which == args[i + 1]) which = "all";
var report = new Report();
var length = args.Contains("--quick") ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(8);

(string Name, Func<Task> Run)[] benchmarks =
[
    ("submissions", () => Submissions.MeasureAsync(Path.Combine(folder, "submissions"), length, report)),
    ("queue", () => QueueLatency.MeasureAsync(Path.Combine(folder, "queue"), length * 2, report)),
    ("queue-size", () => QueueSize.MeasureAsync(Path.Combine(folder, "queue-size"), args.Contains("--quick") ? 100_000 : 1_000_000, report)),
    ("dry-run", () => DryRunSize.MeasureAsync(Path.Combine(folder, "dry-run"), args.Contains("--quick") ? 20_000 : 100_000, report)),
    ("job", () => WholeJob.MeasureSeparateAsync(Path.Combine(folder, "job"), length, report)),
    ("standalone", () => StandaloneStart.MeasureAsync(Path.Combine(folder, "standalone"), length, report)),
];
var chosen = benchmarks.Where(benchmark => which == "all" || which == benchmark.Name).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"There is no benchmark '{which}'. Choose one of: {string.Join(", ", benchmarks.Select(b => b.Name))}, all.");
    return 64;
}
foreach (var (name, run) in chosen)
{
    report.Head(name);
    await run();
}
return report.AllHeld ? 0 : 1;
