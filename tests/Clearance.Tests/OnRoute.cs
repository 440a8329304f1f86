using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Clearance.Tests;

/// <summary>Clearance with a desk in Tokyo below a hub in Nairobi, and requests that were routed to whoever a test names.</summary>
internal static class OnRoute
{
    /// <summary>A desk and then the central unit, an hour each.</summary>
    public static readonly Route DeskThenCentral = Examples.Route(("DESK", 1, 1), ("CENTRAL", 2, 1)) is var route
        ? route with { Required = [.. route.Required.Select(r => r with { ClockMinutes = 60 })], ImmediateAllowed = true, Bypass = [Roles.HeadOfUnit] }
        : route;

    public static readonly Route SilentDesk = DeskThenCentral with { Required = [.. DeskThenCentral.Required.Select(r => r with { SilenceCounts = r.Office == "DESK" })] };

    public static async Task<ClearanceUnderTest> StartAsync(Store store, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var clearance = await ClearanceUnderTest.StartAsync(store, settings);
        await clearance.OfficeAsync("DESK", "HUB", "Asia/Tokyo");
        await clearance.OfficeAsync("HUB", "CENTRAL", "Africa/Nairobi");
        await clearance.Service.Given.PersonAsync("desk", ("DESK", Roles.ClearingOfficer));
        await clearance.Service.Given.PersonAsync("hub", ("HUB", Roles.ClearingOfficer));
        await clearance.Service.Given.PersonAsync("desk-head", ("DESK", Roles.HeadOfUnit));
        await clearance.Service.Given.PersonAsync("head", ("CENTRAL", Roles.HeadOfUnit));
        await clearance.Service.Given.PersonAsync("duty", ("CENTRAL", Roles.DutyOfficer));
        return clearance;
    }

    /// <summary>The register speaks of an office, again if it has before.</summary>
    public static Task OfficeAsync(this ClearanceUnderTest clearance, string code, string? parent, string zone, int version = 1) => clearance.Service.Publish(
        new OfficeRecorded(code, version, code, "country-desk", parent, zone, "09:00-17:00", ["sat", "sun"], [], [], clearance.Clock.GetUtcNow()));

    /// <summary>A round that began on this route.</summary>
    public static async Task<ClearanceRequest> OpenOnAsync(this ClearanceUnderTest clearance, Route route, Lane lane = Lane.Routine, params string[] contributors)
    {
        var package = Examples.Package(lane: lane, contributors: contributors);
        var (digest, now) = (Examples.DigestOf(package), clearance.Clock.GetUtcNow());
        await clearance.Service.Db<ClearanceDb>(async db =>
        {
            db.Packages.Add(new PackageCopy(digest, CanonicalJson.Serialize(package)));
            ClearanceRules.Open(null, Guid.CreateVersion7(now), package, digest, route, now).Allows(out var opened, out _).ShouldBeTrue();
            await db.RecordAsync(null, opened!, TestContext.Current.CancellationToken);
            await db.SaveChangesAsync();
        });
        return await clearance.RequestAsync(digest);
    }

    public static Task<Answer> SheetAsync(this ClearanceUnderTest clearance, ClearanceRequest request, string by = "officer") => clearance.Service.Client(by).Get($"api/clearance/requests/{request.Id}");

    public static JsonElement Line(this Answer sheet, string office) => sheet["offices"].EnumerateArray().Single(line => line.GetProperty("office").GetString() == office);

    /// <summary>Does something to a request as it stands now.</summary>
    /// <remarks>The clock may be striking at the same moment: whoever finds the request changed looks again, as a person would.</remarks>
    public static Task<Answer> ActAsync(this ClearanceUnderTest clearance, ClearanceRequest request, string by, string what, object? body = null) => Eventually.Get(
        async () => await clearance.Service.Client(by).Post($"api/clearance/requests/{request.Id}/{what}", body, version: (await clearance.RequestAsync(request.PackageDigest)).Version),
        answer => answer.Status != 412);

    /// <summary>The names of the facts told of a request, in their order.</summary>
    public static async Task<IReadOnlyList<string>> ToldAsync(this ClearanceUnderTest clearance, ClearanceRequest request) =>
        [.. (await clearance.FactsAsync(request.Id)).Select(fact => fact.Type.Split('.')[^1])];

    /// <summary>Lets time pass until a fact of this kind is told, and answers the last of them.</summary>
    public static async Task<T> UntilToldAsync<T>(this ClearanceUnderTest clearance, ClearanceRequest request, TimeSpan first) where T : IFact
    {
        await clearance.LaterAsync(first, async () => (await clearance.ToldAsync(request)).Contains(typeof(T).Name));
        return JsonSerializer.Deserialize<T>((await clearance.FactsAsync(request.Id)).Last(fact => fact.Type == typeof(T).FullName).Body, Json.Storage)!;
    }
}
