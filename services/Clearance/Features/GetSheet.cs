using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Clearance.Features.Queueing;
using WorkflowPlatform.Clearance.Features.Waiting;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>The clearance sheet: the text as it was submitted, who must clear it, and how it stands. <c>GET /requests/{id}</c> and <c>GET /requests?draft=</c>.</summary>
public static class GetSheet
{
    public sealed record Sheet(
        Guid Id, int Version, Guid DraftId, ClearanceStatus Status, string Mission, string Account, string Network, Lane Lane, string Language, string Text,
        string PackageDigest, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string? Local, string? Zone, IReadOnlyList<string> Contributors,
        Capacity SubmittedBy, DateTimeOffset SubmittedAt, DateTimeOffset OpenedAt, DateTimeOffset? UndoUntil, IReadOnlyList<SheetDecision> Decisions,
        IReadOnlyList<SheetOffice> Offices, IReadOnlyList<string> Informed, IReadOnlyList<RuleMatch> Because, IReadOnlyList<Finding> Findings,
        bool MayDecide, string? WhyNot, string PolicyVersion, Guid? PermitId,
        Brief? Brief, IReadOnlyList<MediaItem> Media, IReadOnlyList<string> Links)
    {
        /// <summary>Whether whoever asks may ask for the permit back.</summary>
        public bool MayRevoke { get; init; }

        /// <summary>That it was asked back, and what came of it; null when it never was.</summary>
        public SheetRevocation? Revocation { get; init; }

        /// <summary>Who is at work on it; empty for those who are of no office.</summary>
        public AtWork AtWork { get; init; } = AtWork.Nobody;

        /// <summary>The review of a release before clearance, open or given; null when there was none.</summary>
        public SheetReview? Review { get; init; }

        /// <summary>What an officer may change of it: <c>text</c>, <c>alt-text</c>, <c>links</c>.</summary>
        public IReadOnlyList<string> Amendable { get; init; } = [];

        /// <summary>What the text rests on.</summary>
        public IReadOnlyList<string> Cites { get; init; } = [];

        /// <summary>What changed under it and made votes lapse, or its permit doubtful.</summary>
        public IReadOnlyList<SheetLapse> Lapses { get; init; } = [];

        /// <summary>Clearances of this text that were given by telephone or on paper.</summary>
        public IReadOnlyList<SheetRecorded> Recorded { get; init; } = [];

        /// <summary>What whoever asks could do besides deciding; told on the sheet itself and not in lists.</summary>
        public SheetActs Acts { get; init; } = SheetActs.None;
    }

    public sealed record SheetLapse(string Cause, DateTimeOffset At);

    /// <param name="By">Who wrote it down.</param>
    /// <param name="Pending">True until whoever gave it has signed: so long it does not count.</param>
    public sealed record SheetRecorded(Guid Id, string GivenBy, string Office, string Means, string? Comment, Capacity By, DateTimeOffset At, bool Pending);

    /// <param name="Verdict">Null while it is open.</param>
    public sealed record SheetReview(DateTimeOffset? ReviewBy, bool Overdue, ReviewVerdict? Verdict, Capacity? By, string? Comment, DateTimeOffset? At, bool MayReview);

    /// <param name="Asked">True when it is this office's turn.</param>
    public sealed record SheetOffice(string Office, int Stage, int Needed, int Given, LineState State, bool Asked, IReadOnlyList<string> ReferredBy)
    {
        /// <summary>When the office's time is over; null without a clock, or before its turn.</summary>
        public DateTimeOffset? DueAt { get; init; }

        /// <summary>In words: what would have to be otherwise for no rule to ask for it; null where every text is asked about it, or no rule did.</summary>
        public string? Unless { get; init; }

        /// <summary>How often it was reminded.</summary>
        public int Reminders { get; init; }

        /// <summary>Offices that may clear in its place since its time ran out.</summary>
        public IReadOnlyList<string> StandIns { get; init; } = [];

        /// <summary>Why they may: <c>late</c>, or cut off as <c>declared</c> or <c>unseen</c>; <c>cut-off</c> where the cause was not kept. Null without them.</summary>
        public string? StandInCause { get; init; }

        /// <summary>When its turn began; null before that.</summary>
        public DateTimeOffset? AskedAt { get; init; }

        /// <summary>True while it is cut off, so that nobody waits for it.</summary>
        public bool CutOff => Away is not null;

        /// <summary>Why it is cut off and by whose word; told on the sheet itself and not in lists.</summary>
        public SheetAway? Away { get; init; }

        /// <summary>The proof that the text has reached it since its turn began; told on the sheet itself and not in lists.</summary>
        public SheetNotice? Notice { get; init; }

        /// <summary>True when its silence may count at the end of its time.</summary>
        public bool SilenceCounts { get; init; }
    }

    /// <param name="By">Who of the office opened or acknowledged it first.</param>
    public sealed record SheetNotice(Capacity By, DateTimeOffset At);

    /// <param name="Cause"><c>declared</c> or <c>unseen</c>.</param>
    /// <param name="By">Who declared it; null when nobody was seen.</param>
    public sealed record SheetAway(string Cause, Capacity? By, DateTimeOffset Since);

    /// <param name="Answer"><c>asked</c>, <c>revoked</c>, or how the release had ended when it was too late.</param>
    public sealed record SheetRevocation(Guid Id, string Person, string Office, string ReasonCode, string? Comment, DateTimeOffset At, string Answer);

    public sealed record SheetDecision(
        Guid Id, string Person, string Office, string? ActingFor, DecisionKind Kind, string? ReasonCode, string? Comment, DateTimeOffset At, bool Undone)
    {
        /// <summary>The record that it countersigns, where it was given by telephone or on paper.</summary>
        public Guid? RecordedAs { get; init; }

        /// <summary>The office to which a matter was left, or which was asked in a late one's place.</summary>
        public string? To { get; init; }

        /// <summary>The policy by which it was judged: another than the sheet's when the text was routed anew since.</summary>
        public string? PolicyVersion { get; init; }

        /// <summary>The office that was passed over.</summary>
        public string? PassedOver { get; init; }

        /// <summary>Why the office that was waited for was cut off: <c>declared</c> or <c>unseen</c>; <c>cut-off</c> where that was not kept. Null when it was not.</summary>
        public string? CutOff { get; init; }

        /// <summary>Who had opened it, and when, where an office's silence counted.</summary>
        public Notice? Notice { get; init; }

        /// <summary>The time that the office had had by then, and by whose hours; null where time does not matter.</summary>
        public OfficeClock? Clock { get; init; }

        public static SheetDecision Of(OfficerDecision d) => new(d.Id, d.By.Person, d.By.Office, d.By.ActingFor, d.Kind, d.ReasonCode, d.Comment, d.At, d.Undone)
        {
            RecordedAs = d.RecordedAs, PolicyVersion = d.PolicyVersion, To = d.ReferredTo, PassedOver = d.PassedOver, CutOff = CauseOf(d), Notice = d.Notice, Clock = d.Clock,
        };

        /// <summary>False when it was taken back, lapsed, or was said of an earlier text.</summary>
        public bool Stands { get; init; } = true;
    }

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("requests/{id:guid}", OneAsync).ForRole();
        api.MapGet("requests", OfDraftAsync).ForRole();
    }

    private static async Task<Results<Ok<Sheet>, NotFound>> OneAsync(
        Guid id, HttpContext http, Actor actor, Acting acting, ClearanceDb db, PackageStore packages, Noticing noticing, Presence presence, TimeProvider clock,
        [FromHeader(Name = Presence.Header)] string? seen = null, CancellationToken ct = default)
    {
        var held = await acting.AsAsync(actor, ct);
        if (await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request || !acting.MaySee(held, request)) return TypedResults.NotFound();
        await presence.SeeAsync(seen, held, ct);
        await noticing.KeepAsync(request, held, ct);
        IfMatch.Tell(http, request.Version);
        var sheet = await SheetOfAsync(request, held, packages, clock, ct);
        if (held.Any(h => Roles.OfAnOffice.Contains(h.Role)))
            sheet = sheet with { AtWork = (await AtWork.OnAsync(db, [id], clock.Now, ct))[id].First() };
        if (request.Status is ClearanceStatus.InClearance && AssignRequest.OfficeOf(held, request) is { } office)
            sheet = sheet with { AtWork = sheet.AtWork with { Colleagues = await AssignRequest.ColleaguesAsync(db, office, request, clock.Now, ct) } };
        var away = await db.Reaches.AsNoTracking().Where(r => r.Cause != null).ToDictionaryAsync(r => r.Office, r => new SheetAway(r.Cause!, r.By, r.Since), ct);
        var notices = await db.Notices.AsNoTracking().Where(n => n.RequestId == id).ToDictionaryAsync(n => n.Office, n => new SheetNotice(new Capacity(n.Person, n.Office, n.ActingFor), n.At), ct);
        return TypedResults.Ok(sheet with
        {
            Offices = [.. sheet.Offices.Select(line => line with
            {
                Away = away.GetValueOrDefault(line.Office), Notice = notices.GetValueOrDefault(line.Office) is { } notice && notice.At >= line.AskedAt ? notice : null,
            })],
            Acts = await SheetActs.OfAsync(request, held, away.Keys, db, clock.Now, ct),
        });
    }

    private static async Task<Ok<Page<Sheet>>> OfDraftAsync(
        Guid draft, Actor actor, Acting acting, ClearanceDb db, PackageStore packages, TimeProvider clock, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        var requests = await db.Requests.AsNoTracking().Where(r => r.DraftId == draft).OrderByDescending(r => r.OpenedAt).Take(Cursor.DefaultLimit).ToListAsync(ct);
        var sheets = new List<Sheet>();
        foreach (var request in requests.Where(r => acting.MaySee(held, r))) sheets.Add(await SheetOfAsync(request, held, packages, clock, ct));
        return TypedResults.Ok(new Page<Sheet>(sheets, null));
    }

    private static async Task<Sheet> SheetOfAsync(ClearanceRequest r, IReadOnlyList<HeldCapacity> held, PackageStore packages, TimeProvider clock, CancellationToken ct)
    {
        var package = await packages.ReadAsync(r.PackageDigest, ct);
        var (whyNot, lines) = (ListQueue.WhyNot(r, held, clock.Now), ClearanceSheet.Of(r));
        // A return, a refusal or a change that can still be undone is the officers' own affair: the mission hears of it when it stands.
        var hidden = r.Status is ClearanceStatus.ReturnDecided or ClearanceStatus.RefusalDecided or ClearanceStatus.AmendmentDecided && !held.Any(h => Roles.OfAnOffice.Contains(h.Role));
        var told = r.Decisions.Where(d => !hidden || d != r.Standing);
        var status = hidden ? ClearanceStatus.InClearance : r.Status;
        return new Sheet(
            r.Id, r.Version, r.DraftId, status, r.Mission, r.Account, r.Network, r.Lane, r.Language, package.Text, r.PackageDigest, r.NotBefore, r.NotAfter, r.Local, r.Zone,
            r.Contributors, package.SubmittedBy, package.SubmittedAt, r.OpenedAt,
            r.Status is ClearanceStatus.Cleared or ClearanceStatus.InClearance || status is ClearanceStatus.ReturnDecided or ClearanceStatus.RefusalDecided or ClearanceStatus.AmendmentDecided ? r.Standing?.UndoUntil : null,
            [.. told.Select(d => SheetDecision.Of(d) with { Stands = d.StandsOn(r.PackageDigest) })],
            [.. lines.Lines.Select(l => ToOffice(r, lines, l))],
            r.Route.Informed, r.Route.Because, r.Findings, whyNot is null, whyNot, r.Route.PolicyVersion, r.PermitId,
            package.Brief, package.Media, package.Links)
        {
            Amendable = r.Route.Amendable,
            Cites = package.Cites,
            Lapses = [.. r.Lapses.Select(lapse => new SheetLapse(lapse.Cause, lapse.At))],
            MayRevoke = MayRevoke(r, held, clock.Now),
            Recorded = [.. r.Recorded.Where(p => p.PackageDigest == r.PackageDigest).Select(p => ToRecorded(r, p))],
            Review = ToReview(r, held, clock.Now),
            Revocation = r.Revocation is not { } v ? null : new(
                v.Id, v.By.Person, v.By.Office, v.ReasonCode, v.Comment, v.At, r.Status is ClearanceStatus.Revoked ? "revoked" : v.Refused ?? "asked"),
        };
    }

    private static SheetOffice ToOffice(ClearanceRequest r, ClearanceSheet sheet, SheetLine l)
    {
        var required = r.Route.Required.SingleOrDefault(required => required.Office == l.Office);
        return new SheetOffice(l.Office, l.Stage, l.Needed, l.Given, l.State, sheet.IsAsked(l.Office) && r.Status is ClearanceStatus.InClearance, l.ReferredBy)
        {
            AskedAt = ClockRules.ClockOf(r, l.Office)?.BegunAt, DueAt = ClockRules.ClockOf(r, l.Office)?.DueAt, Reminders = ClockRules.ClockOf(r, l.Office)?.Reminders ?? 0, StandIns = l.StandIns,
            StandInCause = l.StandIns.Count > 0 && r.Decisions.LastOrDefault(d => d.Kind is DecisionKind.Escalated && d.By.Office == l.Office && d.StandsOn(r.PackageDigest)) is { } escalated ? CauseOf(escalated) ?? "late" : null,
            SilenceCounts = required is { SilenceCounts: true }, Unless = required?.Unless,
        };
    }

    private static string? CauseOf(OfficerDecision d) => d.CutOffCause ?? (d.CutOff ? "cut-off" : null);

    private static SheetRecorded ToRecorded(ClearanceRequest r, RecordedClearance p) => new(p.Id, p.GivenBy, p.Office, p.Means, p.Comment, p.By, p.At, !RecordingRules.IsCountersigned(r, p));

    private static SheetReview? ToReview(ClearanceRequest r, IReadOnlyList<HeldCapacity> held, DateTimeOffset now) => ReviewRules.OpenRelease(r) is { } open
        ? new(open.ReviewBy, open.ReviewBy <= now, null, null, null, null, ReviewRules.WhyNot(r, held, now) is null)
        : r.Review is { Verdict: not null } given ? new(null, given.OverdueAt is not null, given.Verdict, given.By, given.Comment, given.At, false) : null;

    private static bool MayRevoke(ClearanceRequest r, IReadOnlyList<HeldCapacity> held, DateTimeOffset now) =>
        AskRevocation.Centre(held) is { } capacity && RevocationRules.Ask(r, new Revocation(Guid.Empty, capacity, RevocationReasons.All[0], "?", now)).Allows(out _, out _);
}
