using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages.Shared;

/// <summary>A sheet with the names that stand for its codes.</summary>
internal sealed record NamedSheet(Sheet Sheet, Place Place, DateTimeOffset Now, OfficeNames Offices, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>Whose names it tells.</summary>
    public static IEnumerable<string> People(Sheet sheet) =>
    [
        .. sheet.Contributors, sheet.SubmittedBy.Person, .. sheet.Decisions.SelectMany(d => new[] { d.Person, d.ActingFor, d.Notice?.By.Person }).OfType<string>(),
        .. sheet.Recorded.SelectMany(r => new[] { r.GivenBy, r.By.Person }), .. sheet.Review?.By is { } reviewer ? new[] { reviewer.Person } : [],
        .. sheet.Revocation is { } stop ? new[] { stop.Person } : [], .. OfficeTime.People(sheet),
    ];

    public string Name(string person) => Names.GetValueOrDefault(person, person);

    /// <summary>What an officer can do besides deciding, as links.</summary>
    public IEnumerable<Act> Open => Act.All.Where(act => act.IsOpen(Sheet));
}
