using System.Reflection;
using System.Text.Json;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Standalone.Demonstration;

/// <summary>Makes the demonstration ministry at the first start in Development: twelve missions, nine people, forty posts over a hundred days.</summary>
/// <remarks>Every step is a real command over HTTP, signed in as the person who would give it, judged by the real rules; only the clock is stepped. No row is written by hand.</remarks>
internal sealed class DemonstrationMaker(string folder, DemonstrationClock clock)
{
    private static readonly string[] MissionCodes = ["LON", "RUH", "DXB", "PAR", "ALG", "RBA", "TYO", "OTT", "DOH", "NBO", "DKR", "WAS"];

    private string Unfinished => Path.Combine(folder, "demonstration-unfinished");

    public DemonstrationClock Clock => clock;

    public bool IsMade { get; private set; }

    /// <summary>Null when this folder has data already, or this is not Development, or <c>Demonstration:Enabled</c> is false.</summary>
    public static DemonstrationMaker? IfWanted(WebApplicationBuilder builder, string folder)
    {
        if (!builder.Environment.IsDevelopment() || !builder.Configuration.GetValue("Demonstration:Enabled", true)) return null;
        var marker = Path.Combine(folder, "demonstration-unfinished");
        if (File.Exists(marker))
            foreach (var file in Directory.GetFiles(folder, "*.db*")) File.Delete(file); // Half a demonstration is none.
        else if (File.Exists(Path.Combine(folder, "registry.db"))) return null;

        File.WriteAllText(marker, "");
        builder.Configuration["Registry:Seed:People"] = Write(folder, "people.csv", Read("people.csv"));
        builder.Configuration["Registry:Seed:Missions"] = Write(folder, "missions.csv", TwelveMissions());
        builder.Configuration["Registry:Seed:Offices"] = "offices.csv"; // Beside the program.
        return new DemonstrationMaker(folder, new DemonstrationClock(TimeSpan.FromDays(DemonstrationPost.Days + 1)));
    }

    public async Task MakeAsync(string address, CancellationToken ct)
    {
        var posts = JsonSerializer.Deserialize<List<DemonstrationPost>>(Read("posts.json"), JsonSerializerOptions.Web)!;
        var today = TimeProvider.System.Now;
        using var ministry = new DemonstrationMinistry(new Uri(address), clock);
        var made = 0;
        // Those that wait come one after another: whoever tries this out finds them in the same order each time.
        foreach (var day in posts.GroupBy(post => (post.Day, Alone: post.Fate is "waiting" ? post.Mission : "")).OrderByDescending(day => day.Key.Day))
        {
            await ministry.LiveThroughAsync([.. day], day.Key.Day > 0 ? today.AddDays(-day.Key.Day) : today.AddMinutes(-10), ct);
            Console.Write($"\rMaking the demonstration: {made += day.Count()} of {posts.Count} posts");
        }
        Console.WriteLine();
        clock.StepTo(DateTimeOffset.MaxValue);
        File.Delete(Unfinished);
        IsMade = true;
    }

    private static string TwelveMissions()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "missions.csv"));
        return string.Join('\n', lines.Where((line, i) => i == 0 || MissionCodes.Contains(line.Split(',')[0])));
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"{typeof(DemonstrationMaker).Namespace}.{name}")!);
        return reader.ReadToEnd();
    }

    private static string Write(string folder, string name, string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "demonstration")).FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
