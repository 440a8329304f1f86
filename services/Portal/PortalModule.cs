using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.Extensions.WebEncoders;
using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Delivery;
using WorkflowPlatform.Portal.Feeds;
using WorkflowPlatform.Portal.SignIn;

namespace WorkflowPlatform.Portal;

/// <summary>The web pages: where officers write and clear, and where the public reads. It keeps nothing and asks the services over HTTP.</summary>
public sealed class PortalModule : IModule
{
    /// <summary>The cookie scheme by which pages know who asks.</summary>
    public const string SessionScheme = "portal-session";

    public string Name => "portal";

    public bool NeedsDatabase => false;

    public void AddServices(ModuleBuilder module)
    {
        module.Services.AddServiceApis();
        module.Services.AddSignIn(module);
        module.Services.AddDelivery();

        // Hosted beside other modules, MVC looks for pages in the host's own assembly only.
        module.Services.AddRazorPages(options =>
            {
                options.Conventions.Add(new PageRouteTransformerConvention(new KebabCase()));
                options.Conventions.ConfigureFilter(new DeadEnds());
            })
            .AddApplicationPart(typeof(PortalModule).Assembly);
        module.Services.Configure<AntiforgeryOptions>(options =>
        {
            options.Cookie = new PageCookie(module.IsDevelopment) { Name = "portal-form", HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" };
            options.SuppressXFrameOptionsHeader = true; // The content policy's frame-ancestors says it better.
        });
        // Letters stay letters: an Urdu text escaped character by character would be six times its size.
        module.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
    }

    public void MapApi(RouteGroupBuilder api) { }

    public void MapPages(IEndpointRouteBuilder app)
    {
        app.MapRazorPages();
        Asset.Map(app);
        OidcRoutes.Map(app);
        WaitingFeed.Map(app);
        NoticeboardFeeds.Map(app);
        HandedOn.Map(app);
        // Without this, an unknown address would send a visitor to the sign-in page instead of saying that it is unknown.
        app.MapFallback("{*path:regex(^(?!(api|health|openapi)(/|$)))}", () => TypedResults.NotFound()).AllowAnonymous();
    }

    /// <summary>Alone in its process the portal has to be told where each service answers; null when it was.</summary>
    public static string? MissingSettings(IConfiguration configuration)
    {
        var missing = ServiceApis.Names.Select(name => $"Services:{name}").Where(key => configuration[key] is null).ToList();
        return missing.Count == 0 ? null
            : $"portal runs alone only when it knows where the services answer. Set {string.Join(", ", missing)} " +
              $"(as environment variables: {string.Join(", ", missing.Select(key => key.Replace(":", "__", StringComparison.Ordinal)))}), or run services/Standalone, which holds them all.";
    }

    /// <summary>Makes <c>/sign-in</c> of <c>SignIn</c>: the page's file is its address.</summary>
    private sealed class KebabCase : IOutboundParameterTransformer
    {
        public string? TransformOutbound(object? value) => value is null ? null
            : string.Concat(value.ToString()!.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
    }
}
