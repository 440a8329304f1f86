using Microsoft.AspNetCore.Routing;
using WorkflowPlatform.Platform.Hosting;

namespace WorkflowPlatform.Platform.Tests.Sample;

/// <summary>A module that tells and hears nothing.</summary>
public sealed class SampleTeller : IModule
{
    public string Name => "teller";

    public void AddServices(ModuleBuilder module) => module.Database<SampleDb>();

    public void MapApi(RouteGroupBuilder api) { }
}
