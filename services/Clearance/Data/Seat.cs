using WorkflowPlatform.Clearance.Domain;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>An office's place at a request.</summary>
/// <param name="NotBefore">The request's, so that a queue is read in its order from here.</param>
public sealed record Seat(Guid RequestId, string Office, SeatState State, DateTimeOffset NotBefore)
{
    /// <summary>Whom of its people the office gave it to; null when nobody. Others of the office may decide all the same.</summary>
    public string? Assigned { get; init; }

    public string? AssignedBy { get; init; }

    /// <summary>Since when its word is waited for; null when it is not.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>When the office's clock does something; null when it will not.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>True while its word is waited for and nobody was asked in its place.</summary>
    public bool Awaited { get; init; }

    public static IEnumerable<Seat> Of(ClearanceRequest request)
    {
        var sheet = ClearanceSheet.Of(request);
        var deciding = sheet.Offices.Select(office => Deciding(request, sheet, office));
        return deciding.Concat(request.Route.Informed.Where(office => sheet.LineOf(office) is null).Select(office => new Seat(request.Id, office, SeatState.Informed, request.NotBefore)));
    }

    private static Seat Deciding(ClearanceRequest request, ClearanceSheet sheet, string office)
    {
        var line = sheet.LineOf(office)!;
        var state = request.Status is not ClearanceStatus.InClearance ? SeatState.Done : sheet.IsAsked(office) ? SeatState.Asked : line.IsCleared ? SeatState.Done : SeatState.Later;
        var clock = state is SeatState.Asked && ClockRules.IsWaitedFor(sheet, office) ? ClockRules.ClockOf(request, office) : null;
        return new Seat(request.Id, office, state, request.NotBefore)
        {
            AskedAt = clock?.BegunAt, DueAt = clock?.NextAt, Awaited = clock is { Stopped: false },
        };
    }
}

/// <summary>What an office has to do with a request.</summary>
public enum SeatState { Asked, Later, Done, Informed }
