using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace WorkflowPlatform.Platform.Identity;

/// <summary>Needs a current appointment to one of the roles; any appointment when none is named.</summary>
public sealed record HoldsAppointment(IReadOnlyList<string> Roles) : IAuthorizationRequirement;

/// <summary>Needs the identity of one of these services.</summary>
public sealed record IsService(IReadOnlyList<string> Services) : IAuthorizationRequirement;

/// <summary>Which database holds the rights for an endpoint.</summary>
internal sealed record RightsIn(Type Database);

/// <summary>Says on a route who may use it.</summary>
public static class Authorization
{
    public static TBuilder ForRole<TBuilder>(this TBuilder endpoint, params string[] roles) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new HoldsAppointment(roles)));

    public static TBuilder ForServices<TBuilder>(this TBuilder endpoint, params string[] services) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new IsService(services)));

    internal static void AddRights(this IServiceCollection services)
    {
        services.AddScoped<DataScope>();
        services.AddSingleton<ServiceSubjects>();
        services.AddSingleton<IAuthorizationHandler, RightsHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, TellWhy>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>Between authentication and authorization: finds the person behind the token in the module's own table, and sets whose eyes its database is read with.</summary>
    internal static void UseActors(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata is { } endpoint && endpoint.GetMetadata<RightsIn>() is { } rights)
            await FindAsync(context, rights, endpoint);
        await next(context);
    });

    private static async Task FindAsync(HttpContext context, RightsIn rights, EndpointMetadataCollection endpoint)
    {
        var services = context.RequestServices;
        var scope = services.GetRequiredService<DataScope>();
        scope.Become(everything: false, missions: []); // A public endpoint sees nothing that is not public.
        if (context.User.FindFirst("iss")?.Value is not { } issuer || context.User.FindFirst("sub")?.Value is not { } subject) return;

        if (ServiceNamed(services, issuer, subject) is { } service)
        {
            scope.BecomeSystem();
            context.Features.Set(new Actor(subject, [], service));
            return;
        }
        if (await RightsTable.ActorAsync((PlatformDb)services.GetRequiredService(rights.Database), issuer, subject, services.GetRequiredService<TimeProvider>().Now, context.RequestAborted) is not { } actor) return;
        context.Features.Set(actor);
        // With the eyes of the roles that the way is for: who clears for one mission and writes for another reads no draft of the first.
        var seeing = actor.In([.. endpoint.GetOrderedMetadata<AuthorizationPolicy>().SelectMany(policy => policy.Requirements).OfType<HoldsAppointment>().SelectMany(needs => needs.Roles)]);
        scope.Become(seeing.SeesEverything, seeing.Offices);
    }

    internal static bool IsService(HttpContext context) =>
        context.User.FindFirst("iss")?.Value is { } issuer && context.User.FindFirst("sub")?.Value is { } subject && ServiceNamed(context.RequestServices, issuer, subject) is not null;

    private static string? ServiceNamed(IServiceProvider services, string issuer, string subject) => services.GetRequiredService<ServiceSubjects>().ServiceNamed(issuer, subject);

    /// <summary>A service's subject is what <c>Identity:ServiceSubjects:Name</c> says, or <c>service:name</c> of an issuer that is known to name services so.</summary>
    /// <remarks>A ministry's provider may let a person choose a subject; only the issuer of this process, or one marked <c>Identity:Issuers:N:Services</c>, speaks for services.</remarks>
    private sealed class ServiceSubjects(IConfiguration configuration, InProcessIssuer own)
    {
        private readonly Dictionary<string, string> named = configuration.GetSection("Identity:ServiceSubjects").GetChildren()
            .Where(subject => subject.Value is not null).DistinctBy(subject => subject.Value).ToDictionary(subject => subject.Value!, subject => subject.Key.ToLowerInvariant());
        private readonly HashSet<string> speakForServices = [.. configuration.GetSection("Identity:Issuers").GetChildren().Where(i => i.GetValue<bool>("Services") && i["Issuer"] is not null).Select(i => i["Issuer"]!)];

        public string? ServiceNamed(string issuer, string subject) =>
            named.TryGetValue(subject, out var name) ? name
            : subject.StartsWith("service:", StringComparison.Ordinal) && (issuer == own.Issuer || speakForServices.Contains(issuer)) ? subject["service:".Length..] : null;
    }

    private sealed class RightsHandler(IHttpContextAccessor contexts) : IAuthorizationHandler
    {
        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            var actor = contexts.HttpContext?.Features.Get<Actor>();
            foreach (var requirement in context.PendingRequirements.ToList())
                if (requirement switch
                    {
                        HoldsAppointment needs => actor is { Service: null } && actor.Appointments.Any(a => needs.Roles.Count == 0 || needs.Roles.Contains(a.Role)),
                        IsService needs => actor?.Service is { } service && needs.Services.Contains(service),
                        _ => false,
                    }) context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }

    private sealed class TellWhy : IAuthorizationMiddlewareResultHandler
    {
        private readonly AuthorizationMiddlewareResultHandler usual = new();

        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            if (!authorizeResult.Forbidden || !context.Request.Path.StartsWithSegments("/api"))
                return usual.HandleAsync(next, context, policy, authorizeResult);
            var refusal = context.Features.Get<Actor>() is { Service: null } actor && actor.Appointments.Count > 0 ? NotYourRole : NoAppointment;
            return refusal.ToProblem().ExecuteAsync(context);
        }
    }

    public static readonly Refusal NotYourRole = new("rights.role", "None of your current appointments allows this. Ask the registrar of the central unit.", 403);
    public static readonly Refusal NoAppointment = new("rights.no-appointment", "You hold no current appointment here. Ask the registrar of the central unit.", 403);
}
