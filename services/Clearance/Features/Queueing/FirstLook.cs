using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Clearance.Features.Queueing;

/// <summary>What a submission is found to have when its round begins.</summary>
internal static class FirstLook
{
    private static readonly PolicyPack First = Presets.Pack(Presets.First);

    public static async Task<IReadOnlyList<Finding>> FindingsAsync(ClearanceDb db, ReleasePackage package, CancellationToken ct)
    {
        var mission = await db.Missions.AsNoTracking().SingleOrDefaultAsync(m => m.Code == package.Mission, ct);
        var flagship = await db.Accounts.AsNoTracking().AnyAsync(a => a.Id == package.Account && a.Flagship, ct);
        var facts = new MissionFacts(package.Mission, mission?.Kind ?? "", mission?.Region ?? "", mission?.Country, flagship);
        return Findings.Of(package, First, facts, NetworkLimit.Known, States.Gazetteer);
    }
}
