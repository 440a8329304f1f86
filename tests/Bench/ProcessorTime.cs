using System.Globalization;

namespace WorkflowPlatform.Bench;

/// <summary>Processor time and memory of processes, from Linux' /proc.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET runs on.

    /// <summary>Seconds of processor time that these processes and all they have started have used so far.</summary>
    public static double SecondsOf(IEnumerable<int> roots)
    {
        var all = All();
        return roots.Sum(root => Sum(root, all));
    }

    /// <summary>The server process behind a log file in its data folder: PostgreSQL writes its number beside.</summary>
    public static int Postgres(string log) =>
        int.Parse(File.ReadLines(Path.Combine(Path.GetDirectoryName(log)!, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Resident memory in MiB.</summary>
    public static double ResidentMiB(int process) => MiB(process, "VmRSS:");

    /// <summary>The most resident memory in MiB that it has had since <see cref="ForgetPeak"/>.</summary>
    public static double PeakMiB(int process) => MiB(process, "VmHWM:");

    public static void ForgetPeak(int process) => File.WriteAllText($"/proc/{process}/clear_refs", "5");

    private static double MiB(int process, string line) =>
        File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(line, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kib, ..]
            ? double.Parse(kib, CultureInfo.InvariantCulture) / 1024 : double.NaN;

    private static double Sum(int root, IReadOnlyDictionary<int, (int Parent, double Seconds)> all) =>
        (all.TryGetValue(root, out var own) ? own.Seconds : 0) + all.Where(p => p.Value.Parent == root).Sum(p => Sum(p.Key, all));

    /// <remarks>Beside its own time a process bears that of its children who have ended (cutime, cstime): PostgreSQL's, of closed connections.</remarks>
    private static Dictionary<int, (int Parent, double Seconds)> All()
    {
        var all = new Dictionary<int, (int, double)>();
        foreach (var folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var id))
                try
                {
                    var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                    var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    all[id] = (int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond);
                }
                catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
                {
                    // It ended while we looked.
                }
        return all;
    }
}
