using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Architecture.Tests;

/// <summary>One way into the platform: method, pattern, and who the code says may use it.</summary>
/// <param name="Access"><c>anonymous</c>, <c>signed-in</c>, <c>roles:…</c>, <c>services:…</c> or a policy's name.</param>
/// <param name="Once">Whether it wants an Idempotency-Key.</param>
internal sealed record Way(string Method, string Pattern, string Access, bool Once)
{
    public string Name => $"{Method} {Pattern}";

    /// <summary>Every endpoint of the host, as its routing table has it.</summary>
    public static async Task<IReadOnlyList<Way>> AllAsync(ServiceUnderTest host)
    {
        var ways = new List<Way>();
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var metadata = await MetadataAsync(host, endpoint);
            var methods = metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"];
            ways.AddRange(methods.Select(method => new Way(
                method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), AccessOf(metadata), metadata.GetMetadata<Idempotency.NeedsIdempotencyKey>() is not null)));
        }
        return [.. ways.Distinct().OrderBy(way => way.Pattern, StringComparer.Ordinal).ThenBy(way => way.Method, StringComparer.Ordinal)];
    }

    /// <summary>A page knows who may see it only once it is loaded.</summary>
    private static async Task<EndpointMetadataCollection> MetadataAsync(ServiceUnderTest host, RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page
            ? (await host.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata)).Endpoint?.Metadata ?? endpoint.Metadata
            : endpoint.Metadata;

    private static string AccessOf(EndpointMetadataCollection metadata)
    {
        if (metadata.GetMetadata<IAllowAnonymous>() is not null) return "anonymous";
        var requirements = metadata.GetOrderedMetadata<AuthorizationPolicy>().SelectMany(policy => policy.Requirements).ToList();
        if (requirements.OfType<IsService>().FirstOrDefault() is { } services) return $"services:{string.Join('+', services.Services.Order())}";
        if (requirements.OfType<HoldsAppointment>().FirstOrDefault() is { } held) return $"roles:{(held.Roles.Count == 0 ? "any" : string.Join('+', held.Roles.Order()))}";
        // The fallback policy asks for a signed-in person wherever nothing is said.
        return metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).FirstOrDefault(policy => policy is not null) is { } named ? $"policy:{named}" : "signed-in";
    }
}

/// <summary>A row of <c>endpoints.csv</c>: what the code must say, and what each kind of visitor must be answered.</summary>
internal sealed record Row(string Method, string Pattern, string Access, bool Once, IReadOnlyDictionary<string, string> Answers)
{
    private static string Path => System.IO.Path.Combine(Generated.Root, "tests", "Architecture.Tests", "endpoints.csv");

    public string Name => $"{Method} {Pattern}";

    public static IReadOnlyList<Row> Read()
    {
        var lines = File.ReadAllLines(Path).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')).ToList();
        var head = lines[0];
        return [.. lines.Skip(1).Select(cells => new Row(
            cells[0], cells[1], cells[2], cells[3] == "key", head.Skip(4).Zip(cells.Skip(4)).ToDictionary(pair => pair.First, pair => pair.Second)))];
    }
}
