using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Asks the policy in force who must clear a package.</summary>
public sealed class Routing(ClearanceDb db)
{
    public Task<Route> RouteAsync(ReleasePackage package, DateTimeOffset now, CancellationToken ct) => CountedAsync(Central, package.Contributors, now, ct);

    /// <summary>"Everybody" becomes a number when the round begins: those who hold the office's appointment then and had no hand in the text.</summary>
    private async Task<Route> CountedAsync(Route route, IReadOnlyList<string> contributors, DateTimeOffset now, CancellationToken ct)
    {
        var offices = route.Required.Where(r => r.Quorum == RequiredOffice.Everybody).Select(r => r.Office).ToList();
        if (offices.Count == 0) return route;
        var people = await db.Appointments.AsNoTracking()
            .Where(a => offices.Contains(a.Office) && a.Role == Roles.ClearingOfficer && a.From <= now && (a.To == null || a.To > now) && !contributors.Contains(a.Person))
            .Select(a => new { a.Office, a.Person }).Distinct().ToListAsync(ct);
        return route with { Required = [.. route.Required.Select(r => offices.Contains(r.Office) ? r with { Quorum = Math.Max(1, people.Count(p => p.Office == r.Office)) } : r)] };
    }

    /// <summary>One officer of the central unit.</summary>
    public static readonly Route Central = new("central-unit@1", "", [new RequiredOffice(Offices.Central, 1, 1, false, null, [])], [], [AmendmentRules.Text, AmendmentRules.AltText, AmendmentRules.Links], false, [], []);
}
