using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>What offices are called. One that the register does not name is called by its code.</summary>
internal sealed class OfficeNames(IReadOnlyDictionary<string, string> names)
{
    public static OfficeNames Unknown { get; } = new(new Dictionary<string, string>());

    /// <summary>The central unit has one name on all pages, whatever its full name is.</summary>
    public string this[string code] => code == Offices.Central ? "central unit" : names.GetValueOrDefault(code, code);

    public string Listed(IEnumerable<string> codes) => string.Join(", ", codes.Select(code => this[code]));
}
