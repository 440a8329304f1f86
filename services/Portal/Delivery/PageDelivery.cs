using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using WorkflowPlatform.Portal.SignIn;

namespace WorkflowPlatform.Portal.Delivery;

/// <summary>What every page gets on its way out: compression, the headers that fence it in, and one way of writing numbers and dates.</summary>
/// <remarks>
/// Compressing pages over TLS is safe here against BREACH, which needs a secret and a text of the attacker's choosing in one answer, again and again:
/// no page that shows anything private repeats what its address said, but for words that were searched for, and those pages travel uncompressed; a form sent from another site arrives without the session (SameSite) and without a form token;
/// and form tokens are encrypted anew for every answer.
/// </remarks>
internal sealed class PageDelivery : IStartupFilter
{
    private static readonly string ContentPolicy =
        $"default-src 'none'; style-src 'self' {Asset.Style.ContentPolicyHash}; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(context => IsPage(context.Request.Path), pages =>
        {
            pages.Use((context, rest) =>
            {
                if (context.Request.Query.ContainsKey("q")) context.Request.Headers.AcceptEncoding = default;
                return rest(context);
            });
            pages.UseResponseCompression();
            pages.Use((context, rest) =>
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
                context.Response.OnStarting(() =>
                {
                    Fence(context);
                    return Task.CompletedTask;
                });
                return rest(context);
            });
        });
        next(app);
    };

    public static bool IsPage(PathString path) => !path.StartsWithSegments("/api") && !path.StartsWithSegments("/health") && !path.StartsWithSegments("/openapi");

    private static void Fence(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers["Referrer-Policy"] = "same-origin"; // Within the site only: where an officer was is nobody else's affair.
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        if ((context.Request.Path.StartsWithSegments("/assets") || HandedOn.IsPublicPicture(context.Request.Path)) && context.Response.StatusCode is 200 or 304) return;
        headers.Remove("Pragma");
        headers.CacheControl = Person.Of(context.User) is not null || context.Request.Headers.Authorization.Count > 0 || context.Request.Path.StartsWithSegments("/sign-in")
            ? "no-store" : "private, no-cache";
    }
}

/// <summary>Sets up how pages travel and how they end when they cannot be shown.</summary>
internal static class DeliverySetup
{
    public static void AddDelivery(this IServiceCollection services)
    {
        services.AddTransient<IStartupFilter, PageDelivery>();
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.Providers.Add(new Brotli());
            options.Providers.Add<GzipCompressionProvider>();
            options.MimeTypes = ["text/html", "application/atom+xml", "application/feed+json"];
        });
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        // Before the platform's own writer, which answers JSON to everybody.
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, DeadEndWriter>());
    }

    /// <summary>Quality 5 is the first that models context: a list in several scripts is a twentieth smaller than at the framework's 4, in the same time.</summary>
    private sealed class Brotli : ICompressionProvider
    {
        public string EncodingName => "br";

        public bool SupportsFlush => true;

        public Stream CreateStream(Stream outputStream) => new BrotliStream(outputStream, new BrotliCompressionOptions { Quality = 5 }, leaveOpen: true);
    }
}
