using System.Globalization;

namespace WorkflowPlatform.Bench;

/// <summary>What was measured, line by line as it comes.</summary>
internal sealed class Report
{
    private readonly TextWriter paper = Console.Out;

    /// <summary>False once a limit was missed.</summary>
    public bool AllHeld { get; private set; } = true;

    public void Head(string name) => paper.WriteLine($"\n{name}");

    public void Say(string what) => paper.WriteLine($"  {what}");

    /// <summary>A figure that is told and not judged.</summary>
    public void Tell(string what, double value, string unit) => paper.WriteLine($"  {what,-58} {Round(value),10} {unit}");

    public void AtLeast(string what, double value, double limit) => Judge(what, value, value >= limit, $"at least {Round(limit)}");

    public void AtMost(string what, double value, double limit, string unit = "") => Judge(what, value, value <= limit, $"at most {Round(limit)} {unit}".TrimEnd());

    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    private void Judge(string what, double value, bool held, string limit)
    {
        AllHeld &= held;
        paper.WriteLine($"  {what,-58} {Round(value),10}   {limit}: {(held ? "held" : "MISSED")}");
    }

    private static string Round(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture);
}
