using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Features;
using WorkflowPlatform.Registry.Imports;
using WorkflowPlatform.Registry.Issuer;

namespace WorkflowPlatform.Registry;

/// <summary>The ministry's register: missions, accounts, people and their appointments; and, for trials on one machine, the local issuer.</summary>
public sealed class RegistryModule : IModule
{
    public string Name => "registry";

    public void AddServices(ModuleBuilder module)
    {
        module.Database<RegistryDb>();
        module.Services.AddScoped<MissionImport>().AddScoped<PeopleImport>().AddScoped<SeedFiles>();
        module.Services.AddSingleton<LocalIssuer>();
    }

    public void MapApi(RouteGroupBuilder api)
    {
        ImportMissions.Map(api.MapGroup("imports"));
        ImportPeople.Map(api.MapGroup("imports"));
        ListMissions.Map(api.MapGroup("missions"));
        GetMission.Map(api.MapGroup("missions"));
        ListAccounts.Map(api.MapGroup("accounts"));
        GetPerson.Map(api.MapGroup("people"));
        ListPeople.Map(api.MapGroup("people"));
        GetMe.Map(api.MapGroup("me"));
        LocalIssuer.Map(api.MapGroup("issuer"));
    }

    public async Task StartAsync(IServiceProvider services, CancellationToken ct)
    {
        services.GetRequiredService<LocalIssuer>().Start();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SeedFiles>().ImportAsync(ct);
    }
}
