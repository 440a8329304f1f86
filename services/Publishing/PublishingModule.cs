using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Publishing.Channels;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Features;
using WorkflowPlatform.Publishing.Releasing;

namespace WorkflowPlatform.Publishing;

/// <summary>Publishing: the schedule, the call to the network, and finding out what became of it.</summary>
public sealed class PublishingModule : IModule
{
    public string Name => "publishing";

    public void AddServices(ModuleBuilder module)
    {
        module.Database<PublishingDb>()
            .Consumer<OnPermitIssued>()
            .Consumer<OnWithdrawalAsked>()
            .Consumer<OnPermitRevocationAsked>()
            .Consumer<OnRightsRecorded>()
            .Worker<Releaser>()
            .Calls("drafting")
            .Calls("oversight");
        module.Services
            .AddSingleton<Settings>()
            .AddSingleton(services => new PermitTrust(new TrustedKeys(services.GetRequiredService<Settings>().TrustFolder)))
            .AddSingleton<IChannel, NoticeboardChannel>()
            .AddSingleton<ChannelDirectory>()
            .AddSingleton<Armory>()
            .AddSingleton<Reconciliation>()
            .AddScoped<PackageStore>()
            .AddScoped<CallNetwork>()
            .AddScoped<SettleCall>()
            .AddScoped<ReadBackAfterRestore>()
            .AddHealthChecks().AddCheck<TrustCheck>("publishing-trust");
    }

    public void MapApi(RouteGroupBuilder api)
    {
        ListReleases.Map(api);
        GetRelease.Map(api);
    }

    public Task StartAsync(IServiceProvider services, CancellationToken ct)
    {
        services.GetRequiredService<PermitTrust>(); // A wrong file in the trust folder stops the start, not the first release.
        return Task.CompletedTask;
    }
}
