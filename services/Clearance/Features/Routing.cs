using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Messaging;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Asks the policy in force who must clear a package.</summary>
public sealed class Routing(ClearanceDb db, PolicyShelf shelf)
{
    private static readonly Translated<Func<ClearanceDb, string, CancellationToken, Task<KnownMission?>>> MissionOf = new(() =>
        EF.CompileAsyncQuery((ClearanceDb db, string code, CancellationToken ct) => db.Missions.AsNoTracking().SingleOrDefault(m => m.Code == code)));

    private static readonly Translated<Func<ClearanceDb, string, CancellationToken, Task<KnownAccount?>>> AccountOf = new(() =>
        EF.CompileAsyncQuery((ClearanceDb db, string id, CancellationToken ct) => db.Accounts.AsNoTracking().SingleOrDefault(a => a.Id == id)));

    /// <exception cref="EarlyFactException">The register has not told of the mission or the account yet: without them a rule might be passed over, so the message comes again.</exception>
    /// <param name="news">What the register has just told of the account, and is not kept yet; null when nothing.</param>
    public async Task<Routed> RouteAsync(ReleasePackage package, DateTimeOffset now, CancellationToken ct, KnownAccount? news = null) => (await RouteFromAsync(package, now, ct, news)).Routed;

    /// <summary>The same, with the account that it is for, as the register has it.</summary>
    public async Task<(Routed Routed, KnownAccount Account)> RouteFromAsync(ReleasePackage package, DateTimeOffset now, CancellationToken ct, KnownAccount? news = null)
    {
        var from = await MissionOf.For(db)(db, package.Mission, ct) ?? throw new EarlyFactException($"mission {package.Mission} in the register", 1, 1);
        var account = await AccountOf.For(db)(db, package.Account, ct) ?? throw new EarlyFactException($"account {package.Account} in the register", 1, 1);

        var (policy, mission) = (await shelf.InForceAsync(ct), await db.MissionFactsAsync(from, account, ct));
        if (news is not null) mission = mission with { Flagship = news.Flagship };
        var findings = Findings.Of(package, policy.Pack, mission, NetworkLimit.Known, States.Gazetteer);
        var route = Policies.Route(policy, Findings.Subject(package, mission, findings, package.SubmittedAt), await db.OfficeBookAsync(ct));
        return (new Routed(await CountedAsync(route, package.Contributors, now, ct), findings), account);
    }

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
}
