using System.Reflection;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Standalone;

namespace WorkflowPlatform.Architecture.Tests;

/// <summary>What the rules are about: the modules, as the host of all of them lists them, and the assemblies.</summary>
internal static class Modules
{
    public static IReadOnlyList<IModule> All() => StandaloneHost.Modules();

    /// <summary>One assembly for each service.</summary>
    public static readonly IReadOnlyList<Assembly> Services = [.. All().Select(module => module.GetType().Assembly)];

    public static readonly Assembly Contracts = typeof(IFact).Assembly;
    public static readonly Assembly Platform = typeof(IModule).Assembly;
    public static readonly Assembly Standalone = typeof(StandaloneHost).Assembly;

    public static IEnumerable<Assembly> Product => [Contracts, Platform, .. Services, Standalone];
}
