using WorkflowPlatform.Contracts.Clearance;

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

    /// <summary>Why a permit is taken back, in the order the form offers them.</summary>
    public static readonly IReadOnlyList<(string Code, string Words)> ForStop =
    [
        ("events", "Events have overtaken it"),
        ("facts", "The facts are wrong or not sure"),
        ("line", "It departs from the ministry’s line"),
        ("mistake", "It was cleared by mistake"),
        ("security", "An account or a key is not safe"),
        ("other", "Something else"),
    ];

    public static string OfStop(string code) => ForStop.FirstOrDefault(r => r.Code == code).Words ?? code;

    /// <summary>What came of the wish to stop it.</summary>
    public static string OfRevocation(string answer) => answer switch
    {
        "asked" => "It was asked to be stopped. Until the answer is here it may still go out.",
        "revoked" => "It was stopped in time and does not go out.",
        "released" => "It was too late to stop it: it is public.",
        "rejected" => "It was too late to stop it; the network had refused it.",
        "stopped" => "It had been stopped already.",
        _ => $"It was too late to stop it ({answer}).",
    };

    public static string OfReturn(string? code) => ForReturn.FirstOrDefault(r => r.Code == code).Words ?? code ?? "No reason was given";

    public static string OfRequest(string status) => status switch
    {
        "InClearance" => "It waits for a decision.",
        "RefusalDecided" => "It is being refused, and its officer can still take that back.",
        "Refused" => "It was refused.",
        "Overtaken" => "Events overtook it.",
        "Cleared" => "It is cleared, and its officer can still take that back.",
        "ReturnDecided" => "It is being returned, and its officer can still take that back.",
        "AmendmentDecided" => "Its text is being changed, and its officer can still take that back.",
        "PermitIssued" => "It is cleared.",
        "Returned" => "It was returned to its author.",
        "Withdrawn" => "Its author took it back.",
        "Lapsed" => "Its time passed before anybody cleared it.",
        "Revoked" => "It was cleared, and then stopped: its permit was taken back.",
        _ => status,
    };

    /// <summary>A detail of a post that can change.</summary>
    public static string OfField(string name) => name switch
    {
        "account" => "Where",
        "network" => "Network",
        "lane" => "Urgency",
        "language" => "Language",
        "notBefore" => "Goes out",
        "notAfter" => "Expires",
        "local" => "Time there",
        "zone" => "Time zone",
        _ => name,
    };

    public static string OfChange(string change, string otherwise) => change switch
    {
        "Added" => "came",
        "Removed" => "is gone",
        "Moved" => "stands elsewhere",
        _ => otherwise,
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
        "signature" => "the key that signed its permit is not trusted any more",
        _ => $"a check right before sending stopped it ({code})",
    };

    /// <summary>How a clearance was given away from the screen.</summary>
    public static string OfMeans(string means) => means switch
    {
        "telephone" => "Cleared by telephone",
        "paper" => "Cleared on paper",
        _ => $"Cleared ({means})",
    };

    public static string OfVerdict(ReviewVerdict verdict) => verdict switch
    {
        ReviewVerdict.Upheld => "Its release before clearance was reviewed: it was right.",
        ReviewVerdict.NotUpheld => "Its release before clearance was reviewed: it was not right.",
        _ => verdict.ToString(),
    };

    public static string OfRole(string role) => role switch
    {
        "drafting-officer" => "Drafting officer",
        "clearing-officer" => "Clearing officer",
        "head-of-unit" => "Head of unit",
        "duty-officer" => "Duty officer",
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
        "ClearanceGiven" => "An officer had their say; others still have to decide",
        "ObjectionRaised" => "An office objected",
        "OfficerRecused" => "An officer chose to take no part",
        "MatterReferred" => "An office left it to the one above it",
        "RefusalDecided" => "An officer decided to refuse it",
        "PackageRefused" => "It was refused",
        "ClearanceOvertaken" => "Events overtook it",
        "PackageCleared" => "It was cleared by every office that had to",
        "ReturnDecided" => "An officer decided to return it",
        "DecisionUndone" => "The decision was taken back",
        "AmendmentDecided" => "An officer changed the text",
        "PackageAmended" => "The changed text came into the queue",
        "AmendmentTaken" => "The changed text became the mission’s draft",
        "VotesLapsed" => "What it was cleared on changed: everybody is asked anew",
        "PermitGroundsLapsed" => "What it was cleared on changed, and its permit is out",
        "PermitWithheld" => "Its time came, and the permit office refused the permit",
        "ClearanceReminded" => "An office was reminded",
        "ClearanceEscalated" => "The office above was asked in a late one’s place",
        "SilenceCounted" => "An office said nothing, which counts here",
        "ClearanceRecorded" => "A clearance given by telephone or on paper was recorded",
        "OfficeBypassed" => "An office was passed over",
        "ReleasedImmediately" => "A duty officer released it before it was cleared",
        "RetrospectiveReviewed" => "Its release before clearance was reviewed",
        "ReviewOverdue" => "Its release before clearance was not reviewed in time",
        "PackageReturned" => "It was returned to its author",
        "PermitIssued" => "The permit to release it was issued",
        "PermitRevocationAsked" => "The central unit asked for its permit back",
        "PermitRevoked" => "Its permit was taken back",
        "PermitRevocationRefused" => "Its permit could not be taken back any more",
        "RevocationRefused" => "Its permit was asked back when it was over",
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

    /// <summary>What changed under a text.</summary>
    public static string OfLapse(string cause) => cause switch
    {
        "account-closed" => "The account is not live any more.",
        "account-moved" => "The account is another mission’s now.",
        "account-flagship" => "The account speaks for the ministry as a whole now.",
        "account-back" => "The account is live, and the mission’s, again.",
        _ when cause.StartsWith("line:", StringComparison.Ordinal) => "A line that the text rests on was withdrawn.",
        _ when cause.StartsWith("figure:", StringComparison.Ordinal) => "A figure that the text cites is another one now.",
        _ => cause,
    };

    public static string OfAlert(string kind) => kind switch
    {
        "PermitRefused" => "Something came as a permit that is none",
        "ReleaseHeld" => "A release waits for a person",
        "OfficeBypassed" => "An office was passed over",
        "ReviewOverdue" => "A release before clearance was not reviewed in time",
        "PermitGroundsLapsed" => "What an issued permit rests on has changed",
        "PermitWithheld" => "A cleared text gets no permit",
        "Gap" => "An entry of the ledger is missing",
        "BrokenChain" => "An entry of the ledger was not built on the one before it",
        "Fork" => "Two entries of the ledger claim one place",
        "NoEntry" => "A message came that is in nobody’s ledger",
        _ => kind,
    };
}
