using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Clearance.Features.Exceptional;
using WorkflowPlatform.Clearance.Features.Queueing;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>What whoever reads a sheet could do now besides clearing it in turn, by the acts' own rules: it offers, and each act asks again.</summary>
/// <param name="Say">Decisions that need no turn: an objection, setting one aside, that events have overtaken the text.</param>
/// <param name="Release">They may release the text before its clearance.</param>
/// <param name="PassOver">Offices that they may pass over.</param>
/// <param name="Record">Who could have cleared it by telephone or on paper, for the reader to write down.</param>
/// <param name="Countersign">Records that wait for their signature.</param>
public sealed record SheetActs(IReadOnlyList<DecisionKind> Say, bool Release, IReadOnlyList<string> PassOver, IReadOnlyList<SheetActs.Giver> Record, IReadOnlyList<Guid> Countersign)
{
    /// <summary>Somebody who can clear for an office whose turn it is.</summary>
    public sealed record Giver(string Office, string Person);

    public static SheetActs None { get; } = new([], false, [], [], []);

    private static readonly DecisionKind[] OutOfTurn = [DecisionKind.Objected, DecisionKind.Overruled, DecisionKind.OvertakenByEvents];

    internal static async Task<SheetActs> OfAsync(
        ClearanceRequest request, IReadOnlyList<HeldCapacity> held, IReadOnlyCollection<string> cutOff, ClearanceDb db, DateTimeOffset now, CancellationToken ct)
    {
        if (!held.Any(h => Roles.OfAnOffice.Contains(h.Role))) return None;
        IReadOnlyList<DecisionKind> say = [.. OutOfTurn.Where(MaySay)];
        if (request.Status is not ClearanceStatus.InClearance) return None with { Say = say };
        var sheet = ClearanceSheet.Of(request);
        var (duty, turn) = Acting.OnDuty(held, await db.OnDutyAsync(now, ct));
        return new(
            say,
            duty is not null && ImmediateRules.Guards.FirstRefusal(new(request, Said(duty, DecisionKind.ReleasedImmediately) with { DutyId = turn, ReviewBy = now.AddMinutes(1) })) is null,
            BypassOffice.RightOf(held, request) is { } right ? [.. sheet.Lines.Select(line => line.Office).Where(office => BypassRules.Guards.FirstRefusal(new(request, Over(right, office))) is null)] : [],
            await GiversAsync(),
            [.. request.Recorded.Where(Waits).Select(r => r.Id)]);

        OfficerDecision Said(HeldCapacity by, DecisionKind kind) => new(Guid.Empty, by.Capacity, kind, request.PackageDigest, null, "?", now, now, Role: by.Role);

        bool MaySay(DecisionKind kind) => Acting.Choose(held, request, kind) is { } by && DecisionGuards.All.FirstRefusal(new(request, Said(by, kind))) is null;

        OfficerDecision Over(HeldCapacity by, string office) =>
            Said(by, DecisionKind.Bypassed) with { PassedOver = office, Clock = ClockRules.ClockOf(request, office), CutOff = cutOff.Contains(office) };

        bool Waits(RecordedClearance r) => !RecordingRules.IsCountersigned(request, r)
            && Acting.Choose(held, request, DecisionKind.Cleared, r.Office) is { } signer
            && RecordingRules.Countersign(request, Said(signer, DecisionKind.Cleared) with { RecordedAs = r.Id }).Allows(out _, out _);

        async Task<IReadOnlyList<Giver>> GiversAsync()
        {
            List<Giver> givers = [];
            foreach (var office in sheet.Offices.Where(sheet.IsAsked))
            {
                if (RecordClearance.RightOf(held, office) is not { } writer) continue;
                var people = await AssignRequest.ColleaguesAsync(db, office, request, now, ct);
                givers.AddRange(people.Where(p => RecordingRules.Guards.FirstRefusal(
                    new(request, new(Guid.Empty, writer.Capacity, writer.Role, p, office, RecordingRules.Means[0], request.PackageDigest, null, now))) is null).Select(p => new Giver(office, p)));
            }
            return givers;
        }
    }
}
