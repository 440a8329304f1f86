using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Portal.Api;

/// <summary>The services the portal asks, and in whose name.</summary>
internal static class ServiceApis
{
    public static readonly IReadOnlyList<string> Names = ["Registry", "Drafting", "Clearance", "Publishing", "Oversight"];

    public static void AddServiceApis(this IServiceCollection services)
    {
        services.AddTransient<InThePersonsName>();
        services.AddTransient<APersonReads>();
        Add<RegistryApi>(services, "Registry");
        Add<DraftingApi>(services, "Drafting");
        Add<ClearanceApi>(services, "Clearance");
        Add<ExceptionalApi>(services, "Clearance");
        Add<PolicyApi>(services, "Clearance");
        Add<PublishingApi>(services, "Publishing");
        Add<OversightApi>(services, "Oversight");
        services.AddSingleton<RegisterCopy>();
        services.AddScoped<Register>();
    }

    private static void Add<TApi>(IServiceCollection services, string name) where TApi : class
    {
        var client = services.AddHttpClient<TApi>($"portal>{typeof(TApi).Name}", (provider, http) =>
        {
            http.BaseAddress = provider.GetRequiredService<ServiceAddresses>().Of(name);
            http.Timeout = TimeSpan.FromSeconds(10);
        })
        .AddHttpMessageHandler<InThePersonsName>();
        if (name == "Clearance") client.AddHttpMessageHandler<APersonReads>();
    }

    /// <summary>Forwards the person's own token, from their session or as they sent it; a public page asks without one.</summary>
    private sealed class InThePersonsName(IHttpContextAccessor contexts) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.Authorization is null && contexts.HttpContext is { } context)
            {
                var session = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties;
                if (session?.GetTokenValue("access_token") is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                else if (AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var sent) && sent.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
                    request.Headers.Authorization = sent;
            }
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Says so when a person fetched a page: by that an office counts as present. A feed reader, a picture, a script, or a browser that fetches ahead is nobody.</summary>
    private sealed class APersonReads(IHttpContextAccessor contexts) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (contexts.HttpContext is { } context && context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null && IsNavigation(context.Request.Headers))
                request.Headers.Add("Presence", "person");
            return base.SendAsync(request, cancellationToken);
        }

        /// <remarks>Browsers say what they fetch for only where the connection is secure; where nothing is said, a page is a page.</remarks>
        private static bool IsNavigation(IHeaderDictionary headers) =>
            headers["Sec-Fetch-Mode"].ToString() is "" or "navigate" && !headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase);
    }
}
