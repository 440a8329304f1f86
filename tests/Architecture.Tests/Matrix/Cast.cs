using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Architecture.Tests.Matrix;

/// <summary>Somebody who asks, and how they stand to the post that they ask about.</summary>
/// <param name="Person">Staff number; null for a service and for nobody.</param>
internal sealed record Visitor(string Name, string? Person, string Words, params (string Office, string Role)[] Holds)
{
    /// <summary>Named in a service's own token.</summary>
    public bool IsService { get; init; }

    /// <summary>True when all that they ever held has ended.</summary>
    public bool IsOver { get; init; }

    /// <summary>Whose seat they sit in, and until when.</summary>
    public (string Absent, string Office, string Role, string Until)? StandsIn { get; init; }

    /// <summary>False where the way itself refuses them, by what it asks for in the routing table and before it knows of any post.</summary>
    public bool MayEnter(Way way) => way.Access.Split(':') switch
    {
        ["roles", "any"] => Holds.Length > 0 && !IsOver,
        ["roles", var roles] => !IsOver && Holds.Any(held => roles.Split('+').Contains(held.Role)),
        ["services", var services] => IsService && services.Split('+').Contains(Name[..^"-service".Length]),
        _ => true,
    };
}

/// <summary>Every role of the product, in every way in which one can have to do with a post of the mission or nothing.</summary>
internal static class Cast
{
    public const string Mission = "KBL";
    private const string OtherMission = "KDH";

    /// <summary>Clears every text before the central unit does.</summary>
    public const string Desk = "DESK-ASKED";

    /// <summary>Is told of every text and decides nothing.</summary>
    public const string Told = "DESK-TOLD";
    private const string OtherDesk = "DESK-OTHER";

    // They have a part in the plays.
    public const string Writer = "W-1", Both = "B-1", Decider = "C-2", DeskOfficer = "K-1", DeskColleague = "K-2", DeskHead = "KH-1", Head = "H-1", Releaser = "U-4", Caller = "C-3";

    public static readonly IReadOnlyList<Visitor> All =
    [
        new("writer", Writer, "wrote it", (Mission, Roles.DraftingOfficer)),
        new("fellow", "W-2", "writes for the same mission, and had no hand in it", (Mission, Roles.DraftingOfficer)),
        new("other-mission", "W-3", "writes for another mission", (OtherMission, Roles.DraftingOfficer)),
        new("both-hands", Both, "saved a revision of it, and clears for the central unit", (Mission, Roles.DraftingOfficer), (Offices.Central, Roles.ClearingOfficer)),
        new("both-hands-deputy", "P-1", "sits in the seat of both-hands", (OtherDesk, Roles.ClearingOfficer)) { StandsIn = (Both, Offices.Central, Roles.ClearingOfficer, "2027-06-01") },
        new("clearing", "C-1", "clears for the central unit, and has not spoken yet", (Offices.Central, Roles.ClearingOfficer)),
        new("decider", Decider, "clears for the central unit, and spoke for it wherever it has spoken", (Offices.Central, Roles.ClearingOfficer)),
        new("deputy", "P-2", "sits in the seat of clearing", (OtherDesk, Roles.ClearingOfficer)) { StandsIn = ("C-1", Offices.Central, Roles.ClearingOfficer, "2027-06-01") },
        new("former-deputy", "P-3", "sat in the seat of clearing until the absence was over", (OtherDesk, Roles.ClearingOfficer)) { StandsIn = ("C-1", Offices.Central, Roles.ClearingOfficer, "2026-11-20") },
        new("desk", DeskOfficer, "clears for the desk that is asked first, and spoke for it wherever it has spoken", (Desk, Roles.ClearingOfficer)),
        new("desk-colleague", DeskColleague, "clears for the same desk, and has not spoken yet", (Desk, Roles.ClearingOfficer)),
        new("desk-deputy", "P-4", "sits in the seat of desk", (OtherDesk, Roles.ClearingOfficer)) { StandsIn = (DeskOfficer, Desk, Roles.ClearingOfficer, "2027-06-01") },
        new("told-desk", "T-1", "clears for a desk that is told of it and not asked", (Told, Roles.ClearingOfficer)),
        new("other-desk", "Z-1", "clears for a desk that it does not concern", (OtherDesk, Roles.ClearingOfficer)),
        new("head", Head, "heads the central unit", (Offices.Central, Roles.HeadOfUnit)),
        new("desk-head", DeskHead, "heads the desk that is asked first", (Desk, Roles.HeadOfUnit)),
        new("duty", "U-1", "has the duty of the central unit", (Offices.Central, Roles.DutyOfficer)),
        new("desk-duty", "U-2", "has the duty of the desk, and it is their turn on the roster", (Desk, Roles.DutyOfficer)),
        new("off-duty", "U-3", "has the duty of another desk, and it is not their turn", (OtherDesk, Roles.DutyOfficer)),
        new("releaser", Releaser, "clears for the central unit and has its duty, and released it wherever it was released at once", (Offices.Central, Roles.DutyOfficer), (Offices.Central, Roles.ClearingOfficer)),
        new("former-writer", "N-1", "wrote for the mission once, and holds nothing now", (Mission, Roles.DraftingOfficer)) { IsOver = true },
        new("former-clearing", "N-2", "cleared for the central unit once, and holds nothing now", (Offices.Central, Roles.ClearingOfficer)) { IsOver = true },
        new("auditor", "A-1", "reads the ledger", (Offices.Central, Roles.Auditor)),
        new("inspector", "A-2", "reads the ledger, and writes for another mission", (Offices.Central, Roles.Auditor), (OtherMission, Roles.DraftingOfficer)),
        new("registrar", "R-1", "keeps the register", (Offices.Central, Roles.Registrar)),
        new("keeper", "R-2", "keeps the register, and writes for another mission", (Offices.Central, Roles.Registrar), (OtherMission, Roles.DraftingOfficer)),
        new("anonymous", null, "shows no token"),
        .. new[] { "drafting", "clearance", "publishing", "oversight", "portal" }.Select(name => new Visitor($"{name}-service", null, $"is {name} in its own name") { IsService = true }),
    ];

    /// <summary>Who clears by telephone in the plays, and is nobody's visitor: another of the central unit.</summary>
    private static readonly Visitor AnotherOfTheCentre = new("caller", Caller, "", (Offices.Central, Roles.ClearingOfficer));

    public static IEnumerable<string> MissionsFile => File.ReadLines(MinistryFiles.MissionsPath).Where((line, i) => i == 0 || line.Split(',')[0] is Mission or OtherMission);

    public static IEnumerable<string> OfficesFile =>
    [
        "code,name,kind,parent,zone,hours,rest_days,holidays,covers",
        .. new[] { (Desk, "JP"), (Told, "KR"), (OtherDesk, "MN") }.Select(desk => $"{desk.Item1},{desk.Item1},country-desk,{Offices.Central},Asia/Tokyo,00:00-24:00,,,{desk.Item2}"),
    ];

    public static IEnumerable<string> PeopleFile =>
    [
        MinistryFiles.PeopleHeader,
        .. All.Append(AnotherOfTheCentre).SelectMany(v => v.Holds.Select(held => $"{v.Person},{v.Name},{TestIssuer.Name},{v.Person},{held.Office},{held.Role},2020-01-01,{(v.IsOver ? "2026-11-01" : "")}")),
    ];

    public static string DelegationsFile => string.Join('\n',
        ["absent,deputy,office,role,from,to,kind", .. All.Where(v => v.StandsIn is not null).Select(v => $"{v.StandsIn!.Value.Absent},{v.Person},{v.StandsIn.Value.Office},{v.StandsIn.Value.Role},2026-11-01,{v.StandsIn.Value.Until},deputy"), ""]);

    public static string DutiesFile => $"office,person,from,to,zone\n{Desk},U-2,2026-11-30T00:00:00Z,2027-06-01T00:00:00Z,\n";

    /// <summary>The desk clears every text, and after it the central unit. In lane Priority the desk's silence counts.</summary>
    public static string Policy =>
        $$"""
        pack: matrix
        version: 1
        title: A desk before the central unit
        rules:
          - id: every-text
            title: The central unit clears every text, after the desk, and another desk is told
            when: always
            clear: [{ office: central, stage: 2 }]
            inform: [{{Told}}]
            amend: [text, alt-text, links]
            bypass: [head-of-unit]
          - id: desk
            title: The desk clears every text
            when: { lane: [routine, immediate, flash] }
            clear: [{{Desk}}]
            clock: { routine: 30 }
          - id: silent-desk
            title: The desk may let it pass
            when: { lane: [priority] }
            clear: [{{Desk}}]
            clock: { priority: 30 }
            silence: counts
        """;
}
