namespace WorkflowPlatform.Portal.Wording;

/// <summary>Codes in words.</summary>
internal static class Reasons
{
    /// <summary>Why a text goes back, in the order the form offers them.</summary>
    public static readonly IReadOnlyList<(string Code, string Words)> ForReturn =
    [
        ("facts", "The facts are wrong or not sure"),
        ("line", "It departs from the ministry’s line"),
        ("tone", "The tone is not right"),
        ("timing", "It is the wrong moment"),
        ("language", "The language needs work"),
        ("other", "Something else"),
    ];

    public static string OfReturn(string? code) => ForReturn.FirstOrDefault(r => r.Code == code).Words ?? code ?? "No reason was given";

    public static string OfRequest(string status) => status switch
    {
        "InClearance" => "It waits for a decision.",
        "Cleared" => "It is cleared, and its officer can still take that back.",
        "ReturnDecided" => "It is being returned, and its officer can still take that back.",
        "PermitIssued" => "It is cleared.",
        "Returned" => "It was returned to its author.",
        "Withdrawn" => "Its author took it back.",
        "Lapsed" => "Its time passed before anybody cleared it.",
        _ => status,
    };

    /// <summary>Why a release is held or was refused.</summary>
    public static string OfRelease(string code) => code switch
    {
        "stale" => "its time passed before it could go out",
        "attempts" => "the network did not take it, however often it was tried",
        "handle-taken" => "another text stands in its place on the account",
        "unsettled" => "the account could not be read back",
        "length" => "the network does not take a text of this length",
        "pictures" => "the network does not take so many pictures, or so large ones",
        "media" => "its pictures were not those that were cleared",
        "channel" => "there is no way to this network",
        _ => $"a check right before sending stopped it ({code})",
    };

    public static string OfRole(string role) => role switch
    {
        "drafting-officer" => "Drafting officer",
        "clearing-officer" => "Clearing officer",
        "registrar" => "Registrar",
        "auditor" => "Auditor",
        _ => role,
    };

    /// <summary>What the ledger's facts say, to a person.</summary>
    public static string OfFact(string type) => type[(type.LastIndexOf('.') + 1)..] switch
    {
        "RevisionSaved" => "The text was saved",
        "PackageSubmitted" => "It was submitted for clearance",
        "WithdrawalAsked" => "Its withdrawal was asked for",
        "DraftWithdrawn" => "It is its author’s again",
        "DraftReopened" => "It came back and can be revised",
        "ClearanceOpened" => "It came into the queue",
        "PackageCleared" => "It was cleared",
        "ReturnDecided" => "An officer decided to return it",
        "DecisionUndone" => "The decision was taken back",
        "PackageReturned" => "It was returned to its author",
        "PermitIssued" => "The permit to release it was issued",
        "ClearanceWithdrawn" => "Its round of clearance ended at its author’s wish",
        "ClearanceLapsed" => "Its time passed before anybody cleared it",
        "ReleaseScheduled" => "It was put on the schedule",
        "ReleaseStarted" => "It was sent to the network",
        "ReleaseCompleted" => "It became public",
        "ReleaseOutcomeUnknown" => "The network gave no clear answer; the account is read back",
        "ReleaseRescheduled" => "It was not there, and stands in the schedule again",
        "ReleaseRejected" => "The network refused it",
        "ReleaseHeld" => "It was held for a person to look at",
        "ReleaseStopped" => "It was stopped before it went out",
        var other => other,
    };

    public static string OfAlert(string kind) => kind switch
    {
        "PermitRefused" => "Something came as a permit that is none",
        "ReleaseHeld" => "A release waits for a person",
        "Gap" => "An entry of the ledger is missing",
        "BrokenChain" => "An entry of the ledger was not built on the one before it",
        "Fork" => "Two entries of the ledger claim one place",
        "NoEntry" => "A message came that is in nobody’s ledger",
        _ => kind,
    };
}
