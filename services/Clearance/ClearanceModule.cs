using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Features;
using WorkflowPlatform.Clearance.Features.PolicyMaking;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Clearance;

/// <summary>Clearance: the queue, the decisions, and the permits that follow from them.</summary>
public sealed class ClearanceModule : IModule
{
    public string Name => "clearance";

    public void AddServices(ModuleBuilder module)
    {
        module.Database<ClearanceDb>()
            .Consumer<OnPackageSubmitted>()
            .Consumer<OnWithdrawalAsked>()
            .Consumer<OnRightsRecorded>()
            .Consumer<OnRegisterRecorded>()
            .Worker<SettleRequests>()
            .Calls("drafting");
        module.Services.AddScoped<PackageStore>();
        module.Services.AddScoped<Routing>();
        module.Services.AddScoped<PolicyShelf>();
        module.Services.AddScoped<Acting>();
        module.Services.AddSingleton(services => new PermitSigner(SigningKey.OpenOrCreate(KeyFolder(services.GetRequiredService<IConfiguration>(), module.DataFolder))));
    }

    public void MapApi(RouteGroupBuilder api)
    {
        ListQueue.Map(api);
        GetSheet.Map(api);
        DecideClearance.Map(api);
        UndoDecision.Map(api);
        var policies = api.MapGroup("policies");
        ReadPolicies.Map(policies);
        ProposePolicy.Map(policies);
        AdoptPolicy.Map(policies);
        WithdrawPolicy.Map(policies);
        TryPolicy.Map(policies);
    }

    public async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        // Made before the first start, so that the public half can be handed to Publishing before anything is cleared.
        var folder = KeyFolder(services.GetRequiredService<IConfiguration>(), Path.GetFullPath(services.GetRequiredService<IConfiguration>()["Data:Folder"] ?? "data"));
        var key = SigningKey.OpenOrCreate(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{key.KeyId}.pub.pem"), key.PublicPem, ct);
    }

    private static string KeyFolder(IConfiguration configuration, string dataFolder) => configuration["Clearance:PermitKeys"] ?? Path.Combine(dataFolder, "keys", "permit");
}
