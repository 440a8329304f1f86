using WorkflowPlatform.Clearance.Domain;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>An office's place at a request.</summary>
/// <param name="NotBefore">The request's, so that a queue is read in its order from here.</param>
public sealed record Seat(Guid RequestId, string Office, SeatState State, DateTimeOffset NotBefore)
{
    /// <summary>Whom of its people the office gave it to; null when nobody. Others of the office may decide all the same.</summary>
    public string? Assigned { get; init; }

    public string? AssignedBy { get; init; }

    public static IEnumerable<Seat> Of(ClearanceRequest request)
    {
        var sheet = ClearanceSheet.Of(request);
        var deciding = sheet.Lines.Select(line => new Seat(request.Id, line.Office,
            request.Status is not ClearanceStatus.InClearance || line.IsCleared ? SeatState.Done : sheet.IsAsked(line.Office) ? SeatState.Asked : SeatState.Later, request.NotBefore));
        return deciding.Concat(request.Route.Informed.Where(office => sheet.LineOf(office) is null).Select(office => new Seat(request.Id, office, SeatState.Informed, request.NotBefore)));
    }
}

/// <summary>What an office has to do with a request.</summary>
public enum SeatState { Asked, Later, Done, Informed }
