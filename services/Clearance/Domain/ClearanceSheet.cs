using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>Who must clear a text, and how it stands with each: worked out afresh from the route and the decisions, and kept nowhere.</summary>
public sealed class ClearanceSheet
{
    private readonly IReadOnlyList<OfficerDecision> standing;
    private readonly IReadOnlyList<OfficerDecision> votes;
    private readonly IReadOnlyList<OfficerDecision> recused;
    private readonly HashSet<Guid> spent = [];

    private ClearanceSheet(ClearanceRequest request)
    {
        // What was said of other bytes does not count for these.
        standing = [.. request.Decisions.Where(d => d.StandsOn(request.PackageDigest))];
        // But whoever takes no part takes none, however the text is changed.
        recused = [.. request.Decisions.Where(d => d is { Undone: false, Kind: DecisionKind.Recused })];
        // Whoever decides again for the same office has changed their mind, and whoever takes no part any more clears no more either.
        votes = [.. standing.Where((d, i) => d.Clears ? !SpeaksAgain(d, i) && !IsRecused(d) : d.Kind is DecisionKind.Objected && !SpeaksAgain(d, i))];
        Lines = [.. Seats(request).GroupBy(seat => seat.Stage).SelectMany(LinesOf)];
        Stage = Lines.Where(line => !line.IsCleared).Select(line => (int?)line.Stage).Min();
    }

    /// <summary>One line per office that must clear, in the order in which they are asked.</summary>
    public IReadOnlyList<SheetLine> Lines { get; }

    /// <summary>The stage whose turn it is; null when all have cleared.</summary>
    public int? Stage { get; }

    /// <summary>True when every office has cleared, or its objection was set aside.</summary>
    public bool IsCleared => Lines.Count > 0 && Stage is null;

    public bool HasObjections => Lines.Any(line => line.State is LineState.Objected);

    public static ClearanceSheet Of(ClearanceRequest request) => new(request);

    /// <summary>The line of an office, its own before one on which it may stand in.</summary>
    public SheetLine? LineOf(string office) => Lines.FirstOrDefault(line => line.Office == office) ?? Lines.FirstOrDefault(line => line.StandIns.Contains(office));

    /// <summary>True when it is this office's turn.</summary>
    public bool IsAsked(string office) => LinesBefore(office).Any();

    /// <summary>The lines on which it is this office's turn, its own or those on which it may stand in.</summary>
    public IEnumerable<SheetLine> LinesBefore(string office) =>
        Lines.Where(line => !line.IsCleared && line.Stage == Stage && (line.Office == office || line.StandIns.Contains(office)));

    /// <summary>Every office that has a say: those with a line, then those that may stand in for one.</summary>
    public IEnumerable<string> Offices => Lines.Select(line => line.Office).Concat(Lines.SelectMany(line => line.StandIns)).Distinct();

    /// <summary>True when some person has said yes to it: silence and passing over alone are no clearance.</summary>
    public bool SomebodyCleared => votes.Any(v => v.Clears) || standing.Any(d => d.Kind is DecisionKind.Overruled);

    /// <summary>True when this person, or whoever they act for, has cleared it for some office already.</summary>
    /// <remarks>Whoever passed over an office has used their say too: else one person could be a whole sheet.</remarks>
    public bool HasCleared(OfficerDecision decision) => votes.Any(v => v.Clears && IsOf(v, decision)) || standing.Any(d => d.Kind is DecisionKind.Bypassed && IsOf(d, decision));

    /// <summary>True when the office that leaves the matter and the one to which it is left would be one person: they could be a whole sheet.</summary>
    public bool IsLeftToThemselves(OfficerDecision decision) => decision.Kind is DecisionKind.Referred
        ? votes.Any(v => v.Clears && v.By.Office == decision.ReferredTo && IsOf(v, decision))
        : decision.Clears && standing.Any(d => d.Kind is DecisionKind.Referred && d.ReferredTo == decision.By.Office && IsOf(d, decision));

    /// <summary>True when an objection that was not set aside is this person's, or that of whoever they act for.</summary>
    public bool IsOwnObjection(OfficerDecision decision) => votes.Any(v => v.Kind is DecisionKind.Objected && IsOf(v, decision) && !IsSetAside(v));

    /// <summary>True when this person, or whoever they act for, takes no part.</summary>
    public bool IsRecused(OfficerDecision decision) => recused.Any(d => IsOf(d, decision));

    private bool SpeaksAgain(OfficerDecision said, int place)
    {
        for (var i = place + 1; i < standing.Count; i++)
            if ((standing[i].Clears || standing[i].Kind is DecisionKind.Objected) && standing[i].By.Office == said.By.Office && standing[i].Principal == said.Principal) return true;
        return false;
    }

    internal static bool IsOf(OfficerDecision earlier, OfficerDecision now) =>
        earlier.By.Person == now.By.Person || earlier.Principal == now.Principal || earlier.Principal == now.By.Person || earlier.By.Person == now.Principal;

    /// <summary>The lines of a stage. A vote fills one line: of the first stage where it is needed, and there the office's own before one in whose place it stands.</summary>
    private List<SheetLine> LinesOf(IEnumerable<Seat> stage)
    {
        List<(Seat Seat, LineState? Otherwise, int Own)> asked = [];
        foreach (var seat in stage)
        {
            var otherwise = Otherwise(seat);
            asked.Add((seat, otherwise, Spend(seat, otherwise, Of(seat.Office))));
        }
        return [.. asked.Select(a => ToLine(a.Seat, a.Otherwise, a.Own >= a.Seat.Needed ? a.Own : Math.Max(a.Own, InItsPlace(a.Seat, a.Otherwise))))];
    }

    /// <summary>How many of an office that stands in have cleared: it needs as many, of its own people, and only what was said since then is meant for it.</summary>
    private int InItsPlace(Seat seat, LineState? otherwise) => seat.StandIns.Select(since => Of(since.ReferredTo!).Where(vote => IsAfter(vote, since)).ToList())
        .MaxBy(said => Math.Min(Count(said), seat.Needed)) is { } most ? Spend(seat, otherwise, most) : 0;

    /// <summary>What an office has said for the text, and not yet used up.</summary>
    private IEnumerable<OfficerDecision> Of(string office) => votes.Where(vote => vote.Clears && vote.By.Office == office && !spent.Contains(vote.Id));

    private int Spend(Seat seat, LineState? otherwise, IEnumerable<OfficerDecision> given)
    {
        List<OfficerDecision> used = [.. given.Take(seat.Needed)];
        if (otherwise is null or LineState.Objected) spent.UnionWith(used.Select(vote => vote.Id)); // A line that is done without them leaves them to others.
        return Count(used);
    }

    /// <summary>One human is one vote, and one seat is one vote, whoever sits in it.</summary>
    private static int Count(IReadOnlyList<OfficerDecision> given) => given.Count < 2 ? given.Count : Math.Min(given.Select(v => v.By.Person).Distinct().Count(), given.Select(v => v.Principal).Distinct().Count());

    private static SheetLine ToLine(Seat seat, LineState? otherwise, int given) =>
        new(seat.Office, seat.Stage, seat.Needed, given, otherwise ?? (given >= seat.Needed ? LineState.Cleared : LineState.Open), seat.ReferredBy) { StandIns = [.. seat.StandIns.Select(s => s.ReferredTo!)] };

    /// <summary>How an office stands to the text besides its votes for it; null where these alone say it.</summary>
    private LineState? Otherwise(Seat seat)
    {
        var objections = votes.Where(v => v.Kind is DecisionKind.Objected && (v.By.Office == seat.Office || seat.StandIns.Any(s => s.ReferredTo == v.By.Office && IsAfter(v, s)))).ToList();
        // An office that left the matter to this one takes no objection with it: that stands until it is set aside.
        var left = votes.Where(v => v.Kind is DecisionKind.Objected && seat.ReferredBy.Contains(v.By.Office));
        return objections.Concat(left).Any(o => !IsSetAside(o)) ? LineState.Objected
            : objections.Count > 0 ? LineState.Overruled
            : standing.Any(d => d.Kind is DecisionKind.Bypassed && d.PassedOver == seat.Office && IsOfThatMatter(d, seat)) ? LineState.Bypassed
            : standing.Any(d => d.Kind is DecisionKind.DeemedCleared && d.By.Office == seat.Office && IsOfThatMatter(d, seat)) ? LineState.Deemed : null;
    }

    private bool IsSetAside(OfficerDecision objection) => standing.SkipWhile(d => d != objection).Any(d => d.Kind is DecisionKind.Overruled);

    /// <summary>What an office was silent on, or passed over with, is not what another left to it since.</summary>
    private bool IsOfThatMatter(OfficerDecision decision, Seat seat) => seat.Left is null || IsAfter(decision, seat.Left);

    private bool IsAfter(OfficerDecision vote, OfficerDecision escalation) => standing.SkipWhile(d => d.Id != escalation.Id).Any(d => d.Id == vote.Id);

    /// <summary>The route's offices; where one left the matter to the office above it, that one stands there, and needs as many; where one's time ran out, the one above stands beside it.</summary>
    private IEnumerable<Seat> Seats(ClearanceRequest request)
    {
        var seats = request.Route.Required.Select(r => new Seat(r.Office, r.Stage, Math.Max(1, r.Quorum), [])).ToList();
        foreach (var referral in standing.Where(d => d.Kind is DecisionKind.Referred or DecisionKind.Escalated))
        {
            if (referral.Kind is DecisionKind.Escalated || seats.Find(s => s.Office == referral.By.Office) is not { } left)
            {
                seats = [.. seats.Select(s => s.IsOf(referral.By.Office) && !s.IsOf(referral.ReferredTo!) ? s with { StandIns = [.. s.StandIns, referral] } : s)];
                continue;
            }
            var above = seats.Find(s => s.Office == referral.ReferredTo) ?? new Seat(referral.ReferredTo!, left.Stage, 1, []);
            seats.RemoveAll(s => s.Office == left.Office || s.Office == above.Office);
            seats.Add(above with { Left = referral, Stage = Math.Max(above.Stage, left.Stage), Needed = Math.Max(above.Needed, left.Needed), ReferredBy = [.. above.ReferredBy, .. left.ReferredBy, left.Office], StandIns = [.. above.StandIns.Concat(left.StandIns).Where(s => s.ReferredTo != above.Office)] });
        }
        return seats.OrderBy(s => s.Stage).ThenBy(s => s.Office, StringComparer.Ordinal);
    }

    private sealed record Seat(string Office, int Stage, int Needed, IReadOnlyList<string> ReferredBy)
    {
        /// <summary>The escalations by which other offices may clear in its place.</summary>
        public IReadOnlyList<OfficerDecision> StandIns { get; init; } = [];

        /// <summary>The referral by which another office's matter came to it last; null when none did.</summary>
        public OfficerDecision? Left { get; init; }

        public bool IsOf(string office) => Office == office || StandIns.Any(s => s.ReferredTo == office);
    }
}

/// <summary>How it stands with one office.</summary>
/// <param name="Needed">How many of its people must clear.</param>
/// <param name="Given">How many have.</param>
/// <param name="ReferredBy">Offices that left the matter to this one.</param>
public sealed record SheetLine(string Office, int Stage, int Needed, int Given, LineState State, IReadOnlyList<string> ReferredBy)
{
    public bool IsCleared => State is LineState.Cleared or LineState.Overruled or LineState.Deemed or LineState.Bypassed;

    /// <summary>Offices that may clear in its place since its time ran out.</summary>
    public IReadOnlyList<string> StandIns { get; init; } = [];
}

/// <summary>How an office stands to a text.</summary>
public enum LineState { Open, Cleared, Objected, Overruled, Deemed, Bypassed }
