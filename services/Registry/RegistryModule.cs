using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Features;
using WorkflowPlatform.Registry.Imports;
using WorkflowPlatform.Registry.Issuer;

namespace WorkflowPlatform.Registry;

/// <summary>The ministry's register: missions, offices, accounts, people, their appointments, deputies and duties; and, for trials on one machine, the local issuer.</summary>
public sealed class RegistryModule : IModule
{
    public string Name => "registry";

    public void AddServices(ModuleBuilder module)
    {
        module.Database<RegistryDb>();
        module.Services.AddScoped<MissionImport>().AddScoped<OfficeImport>().AddScoped<AccountImport>().AddScoped<PeopleImport>()
            .AddScoped<DelegationImport>().AddScoped<DutyImport>().AddScoped<SeedFiles>();
        module.Services.AddSingleton<LocalIssuer>();
    }

    public void MapApi(RouteGroupBuilder api)
    {
        var imports = api.MapGroup("imports");
        ImportFile.Map<MissionImport>(imports, "missions");
        ImportFile.Map<OfficeImport>(imports, "offices");
        ImportFile.Map<AccountImport>(imports, "accounts");
        ImportFile.Map<PeopleImport>(imports, "people");
        ImportFile.Map<DelegationImport>(imports, "delegations");
        ImportFile.Map<DutyImport>(imports, "duties");
        ListMissions.Map(api.MapGroup("missions"));
        GetMission.Map(api.MapGroup("missions"));
        ListOffices.Map(api.MapGroup("offices"));
        ListDelegations.Map(api.MapGroup("delegations"));
        ListDuties.Map(api.MapGroup("duties"));
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
