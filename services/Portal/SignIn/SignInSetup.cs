using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Hosting;

namespace WorkflowPlatform.Portal.SignIn;

/// <summary>How the pages know a person: a session kept here, a cookie that names it, and policies by role.</summary>
internal static class SignInSetup
{
    /// <summary>Pages for one role.</summary>
    public const string DraftingOfficers = "portal:" + Roles.DraftingOfficer, ClearingOfficers = "portal:" + Roles.ClearingOfficer;

    /// <summary>Pages for whoever speaks for an office.</summary>
    public const string Officers = "portal:officers";

    /// <summary>Pages for whoever heads an office.</summary>
    public const string Heads = "portal:" + Roles.HeadOfUnit;

    /// <summary>Pages for those who have a say in policies or look over them.</summary>
    public const string PolicyReaders = "portal:policy-readers";

    /// <summary>Pages for those who watch, and for heads, who are told when their office was passed over.</summary>
    public const string Watchers = "portal:watchers";

    public static void AddSignIn(this IServiceCollection services, ModuleBuilder module)
    {
        services.AddSingleton<Sessions>();
        services.AddSingleton<SessionStart>();
        services.AddSingleton<OidcFlow>();
        services.AddScoped<SessionEvents>();
        services.AddAuthentication().AddCookie(PortalModule.SessionScheme);
        services.AddOptions<CookieAuthenticationOptions>(PortalModule.SessionScheme).Configure<Sessions>((options, sessions) =>
        {
            options.Cookie = new PageCookie(module.IsDevelopment) { Name = PortalModule.SessionScheme, HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" };
            options.ExpireTimeSpan = SessionTokens.Lifetime;
            options.SlidingExpiration = false;
            options.SessionStore = sessions;
            options.EventsType = typeof(SessionEvents);
        });
        services.AddAuthorizationBuilder()
            .AddPolicy(DraftingOfficers, policy => policy.RequireAuthenticatedUser().RequireClaim(Person.RoleClaim, Roles.DraftingOfficer))
            .AddPolicy(ClearingOfficers, policy => policy.RequireAuthenticatedUser().RequireClaim(Person.RoleClaim, Roles.ClearingOfficer))
            .AddPolicy(Officers, policy => policy.RequireAuthenticatedUser().RequireClaim(Person.RoleClaim, Roles.OfAnOffice))
            .AddPolicy(Heads, policy => policy.RequireAuthenticatedUser().RequireClaim(Person.RoleClaim, Roles.HeadOfUnit))
            .AddPolicy(PolicyReaders, policy => policy.RequireAuthenticatedUser().RequireClaim(Person.RoleClaim, Roles.ClearingOfficer, Roles.HeadOfUnit, Roles.Auditor))
            .AddPolicy(Watchers, policy => policy.RequireAuthenticatedUser().RequireClaim(Person.RoleClaim, Roles.ClearingOfficer, Roles.Auditor, Roles.HeadOfUnit));

        services.AddDataProtection().SetApplicationName("portal");
        services.AddOptions<KeyManagementOptions>().Configure<ILoggerFactory>((options, logs) =>
            options.XmlRepository = new FileSystemXmlRepository(Keys(Path.Combine(module.DataFolder, "keys", "cookies")), logs));
    }

    /// <summary>Whoever reads these keys can make cookies, so nobody else may.</summary>
    private static DirectoryInfo Keys(string folder)
    {
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(folder);
        return Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
