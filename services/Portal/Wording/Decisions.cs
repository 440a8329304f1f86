using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>What officers and offices say, in words.</summary>
internal static class Decisions
{
    /// <summary>What an officer can choose besides "Clear" and "Return", in the order the form offers it.</summary>
    public static readonly IReadOnlyList<(DecisionKind Kind, string Words, string Hint)> More =
    [
        (DecisionKind.ClearedWithComment, "Clear, and say something", "The author reads it; nothing has to change"),
        (DecisionKind.NotObjected, "No objection", "It counts like clearing, and is recorded as what it is"),
        (DecisionKind.Objected, "Object", "Holds it up until you clear it after all, or the head of the central unit decides"),
        (DecisionKind.Referred, "Refer up", "The office above yours decides instead"),
        (DecisionKind.Recused, "Take no part", "Another officer of your office has to decide"),
        (DecisionKind.Refused, "Refuse", "It must not go out, whatever is changed"),
    ];

    public static string Of(DecisionKind kind) => kind switch
    {
        DecisionKind.Cleared => "Cleared",
        DecisionKind.ClearedWithComment => "Cleared, with a comment",
        DecisionKind.ClearedAsAmended => "Changed, for another to clear",
        DecisionKind.NotObjected => "No objection",
        DecisionKind.Objected => "Objected",
        DecisionKind.Overruled => "Objection set aside",
        DecisionKind.Recused => "Took no part",
        DecisionKind.Referred => "Referred up",
        DecisionKind.Returned => "Returned",
        DecisionKind.Refused => "Refused",
        DecisionKind.OvertakenByEvents => "Overtaken by events",
        DecisionKind.Escalated => "Time over: the office above is asked",
        DecisionKind.DeemedCleared => "Deemed cleared by silence",
        DecisionKind.Bypassed => "Passed over an office",
        DecisionKind.ReleasedImmediately => "Released before clearance",
        _ => kind.ToString(),
    };

    /// <summary>A decision with its reason, when there is a code for it.</summary>
    public static string Of(SheetDecision decision) =>
        decision.Kind is DecisionKind.Returned ? $"{Of(decision.Kind)}: {Reasons.OfReturn(decision.ReasonCode)}"
        : decision is { Kind: DecisionKind.Escalated, CutOff: not null } ? "Cut off: the office above is asked" : Of(decision.Kind);

    /// <summary>Who said it and for whom; of what came about by itself, what brought it about.</summary>
    /// <param name="numbered">For the file: with staff numbers.</param>
    public static string By(SheetDecision d, Place place, OfficeNames offices, IReadOnlyDictionary<string, string> names, bool numbered = false)
    {
        string Name(string person) => names.GetValueOrDefault(person, person);
        return d.Kind switch
        {
            DecisionKind.Escalated => $"{offices[d.Office]} {Missing(d.CutOff)}{(d.To is { } above ? $", so this was asked: {offices[above]}" : "")}",
            DecisionKind.DeemedCleared => $"{offices[d.Office]}{(d.Notice is { } notice ? $": {Name(notice.By.Person)} had opened it on {Times.Text(notice.At, place)}" : "")}",
            _ => $"{Name(d.Person)}{(numbered ? $" ({d.Person})" : "")}, {offices[d.Office]}{(d.ActingFor is { } absent ? $", acting for {Name(absent)}" : "")}"
                + $"{(d.PassedOver is { } missing ? $", over this: {offices[missing]}{(d.CutOff is null ? "" : $", which {Missing(d.CutOff)}")}" : "")}{(d.RecordedAs is null ? "" : ", signing what was written down")}",
        };
    }

    /// <summary>Why an office was not waited for any longer.</summary>
    /// <param name="cause">Null and <c>late</c>: its time was over.</param>
    public static string Missing(string? cause) => cause switch
    {
        null or "late" => "was late",
        "declared" => "was declared cut off",
        "unseen" => "counted as cut off, since nobody of it was seen",
        _ => "was cut off",
    };

    /// <summary>What would have to be otherwise for no rule to ask for an office.</summary>
    public static string Unless(SheetOffice office) => office.Unless is { } unless ? $"Not needed {unless}." : "This is asked of every text.";

    /// <summary>How it stands with a text, and by which way it came there.</summary>
    public static string Standing(Sheet sheet) => sheet is { Standing: { Kind: DecisionKind.ReleasedImmediately, Stands: true }, Status: "Cleared" or "PermitIssued" }
        ? $"It was released before it was cleared{(sheet.Status == "Cleared" ? ", and its officer can still take that back" : "")}." : Reasons.OfRequest(sheet.Status);

    /// <summary>How it stands with an office.</summary>
    /// <param name="open">False when the round is over and nobody is asked any more.</param>
    public static string Of(SheetOffice office, bool open = true) => office.State switch
    {
        "Cleared" => office.Needed > 1 ? $"cleared by {office.Given} of its officers" : "cleared",
        "Overruled" => "its objection was set aside",
        "Objected" => "objects",
        "Deemed" => "deemed cleared: it said nothing in its time",
        "Bypassed" => "was passed over",
        _ when office.Asked => office.Needed > 1 ? $"asked now; {office.Given} of {office.Needed} officers have cleared it" : "asked now",
        _ => open ? "asked when those before it have cleared" : "has said nothing",
    };

    public static string Of(SheetFinding finding) => finding.Code switch
    {
        "third-state-named" => $"names a third state ({string.Join(", ", finding.About)})",
        "alt-text-missing" => "a picture without words for who cannot see it",
        "over-network-limit" => $"longer than the network takes ({string.Join(" of ", finding.About)} characters)",
        "term-listed" => $"a listed term ({string.Join(", ", finding.About)})",
        _ => finding.Code,
    };

    /// <summary>What can be found in a text, as a kind.</summary>
    public static string Finding(string code) => code switch
    {
        "third-state-named" => "Names a third state",
        "alt-text-missing" => "Picture without words",
        "over-network-limit" => "Too long for the network",
        "term-listed" => "Listed term",
        "none" => "Nothing",
        _ => code,
    };

    /// <summary>A letter of the matrix.</summary>
    public static string Matrix(string letter) => letter switch
    {
        "D" => "Diplomatic",
        "I" => "Informational",
        "M" => "Military",
        "E" => "Economic",
        "C" => "Cultural",
        _ => letter,
    };

    /// <summary>Whom a text that is not cleared yet waits for.</summary>
    public static string Waits(Sheet sheet, OfficeNames offices) => sheet.Offices.Where(o => o.State == "Objected").Select(o => o.Office).ToList() is { Count: > 0 } against
        ? $"It is held up by the objection of {offices.Listed(against)}."
        : $"It now waits for {offices.Listed(sheet.Offices.Where(o => o.Asked).Select(o => o.Office))}.";
}
