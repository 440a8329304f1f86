using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Hosting;

namespace WorkflowPlatform.Oversight.Tests.Messages;

/// <summary>Some other service: it commits facts and knows nobody who hears them.</summary>
internal sealed class SourceModule : IModule
{
    public string Name => "source";

    public void AddServices(ModuleBuilder module) => module.Database<SourceDb>();

    public void MapApi(RouteGroupBuilder api) { }
}

/// <summary>That service's database: an outbox, and nothing of its own.</summary>
internal sealed class SourceDb(DbContextOptions<SourceDb> options) : PlatformDb(options)
{
    protected override void Map(ModelBuilder model) { }
}
