using System.Text;

namespace WorkflowPlatform.Testing;

/// <summary>A mission as the ministry's list has it.</summary>
public sealed record MissionLine(string Code, string Name, string City, string TimeZone, IReadOnlyList<string> Languages)
{
    public string Account => $"noticeboard:{Code}";

    /// <summary>Its drafting officer.</summary>
    public string Officer => $"D-{Code}";

    /// <summary>The languages of the ministry's posts, in the order in which it prefers them.</summary>
    public string Preferred => new[] { "ur", "ar", "fr" }.FirstOrDefault(Languages.Contains) ?? "en";
}

/// <summary>A post that a mission wants to go out.</summary>
/// <param name="Due">The instant at which it is to go out, whole seconds; null for as soon as it is cleared.</param>
public sealed record Post(MissionLine Mission, string Language, string Text, DateTimeOffset? Due)
{
    public string Officer => Mission.Officer;

    public PostEnclosures Enclosed { get; init; } = new([], [], null);
}

/// <summary>What goes with a post: pictures that were brought before, links, and a brief.</summary>
public sealed record PostEnclosures(IReadOnlyList<EnclosedPicture> Media, IReadOnlyList<string> Links, object? Brief);

public sealed record EnclosedPicture(string Digest, string Alt);

/// <summary>The two lists that a ministry is set up from: its missions, and one drafting officer for each, with the central unit.</summary>
public static class MinistryFiles
{
    public const string Registrar = "R-1";
    public const string Auditor = "A-1";

    public static readonly IReadOnlyList<string> ClearingOfficers = ["C-1", "C-2", "C-3"];

    /// <summary>The real list, which lies beside the programs.</summary>
    public static string MissionsPath => Path.Combine(AppContext.BaseDirectory, "missions.csv");

    public static IReadOnlyList<MissionLine> Missions() =>
        [.. File.ReadLines(MissionsPath).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))
            .Select(f => new MissionLine(f[0], f[1], f[3], f[6], f[7].Split(';')))];

    /// <summary>Writes both files for these missions, as <c>Registry:Seed</c> takes them.</summary>
    public static (string Missions, string People) Write(string folder, IReadOnlyList<MissionLine> missions)
    {
        var (codes, lines) = (missions.Select(mission => mission.Code).ToHashSet(), File.ReadAllLines(MissionsPath));
        var missionsPath = Path.Combine(Directory.CreateDirectory(folder).FullName, "missions.csv");
        File.WriteAllLines(missionsPath, lines.Where((line, i) => i == 0 || codes.Contains(line.Split(',')[0])));

        var people = new StringBuilder($"{PeopleHeader}\n");
        foreach (var mission in missions) people.Append($"{mission.Officer},Officer in {mission.City.Replace(',', ' ')},,,{mission.Code},drafting-officer,2020-01-01,\n");
        foreach (var officer in ClearingOfficers) people.Append($"{officer},Clearing {officer},,,CENTRAL,clearing-officer,2020-01-01,\n");
        people.Append($"{Registrar},Registrar,,,CENTRAL,registrar,2020-01-01,\n{Auditor},Auditor,,,CENTRAL,auditor,2020-01-01,\n");
        var peoplePath = Path.Combine(folder, "people.csv");
        File.WriteAllText(peoplePath, people.ToString());
        return (missionsPath, peoplePath);
    }

    public const string PeopleHeader = "person,name,issuer,subject,office,role,from,to";
}
