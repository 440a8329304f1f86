using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Features;
using WorkflowPlatform.Clearance.Features.Exceptional;
using WorkflowPlatform.Clearance.Features.PolicyMaking;
using WorkflowPlatform.Clearance.Features.Queueing;
using WorkflowPlatform.Clearance.Features.Waiting;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Clearance.Signing;
using WorkflowPlatform.Platform.Hosting;

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
            .Consumer<OnReleaseEnded>()
            .Consumer<OnRightsRecorded>()
            .Consumer<OnRegisterRecorded>()
            .Consumer<OnCitationLapsed>()
            .Worker<SettleRequests>()
            .Worker<WatchClocks>()
            .Calls("drafting");
        module.Services
            .AddSingleton<OfficeShelf>()
            .AddScoped<PackageStore>()
            .AddScoped<Routing>()
            .AddScoped<PolicyShelf>()
            .AddScoped<Acting>()
            .AddScoped<Noticing>()
            .AddScoped<Lapsing>()
            .AddScoped<Presence>()
            .AddSingleton<Presence.SeenHere>()
            .AddSingleton<PermitKeys>()
            .AddSingleton<ProgramSignerSettings>()
            .AddSingleton<IPermitSigner>(services => ProgramSignerSettings.AreIn(services.GetRequiredService<IConfiguration>())
                ? ActivatorUtilities.CreateInstance<ProgramSigner>(services)
                : new KeyFileSigner(services.GetRequiredService<PermitKeys>().Folder))
            .AddSingleton<PermitSeal>()
            .AddHealthChecks().AddCheck<SealCheck>("clearance-signer");
    }

    public void MapApi(RouteGroupBuilder api)
    {
        ListQueue.Map(api);
        ListInformed.Map(api);
        GetSheet.Map(api);
        GetSheetMedia.Map(api);
        DecideClearance.Map(api);
        UndoDecision.Map(api);
        AskRevocation.Map(api);
        CountQueue.Map(api);
        ClaimRequest.Map(api);
        AssignRequest.Map(api);
        ShowChanges.Map(api);
        DecideInBulk.Map(api);
        FindPrecedents.Map(api);
        QueueViews.Map(api);
        var policies = api.MapGroup("policies");
        ReadPolicies.Map(policies);
        ProposePolicy.Map(policies);
        AdoptPolicy.Map(policies);
        WithdrawPolicy.Map(policies);
        TryPolicy.Map(policies);
        AcknowledgeNotice.Map(api);
        ReleaseImmediately.Map(api);
        ReviewRelease.Map(api);
        ListReviews.Map(api);
        BypassOffice.Map(api);
        ListBypasses.Map(api);
        AmendPackage.Map(api);
        GetPackage.Map(api);
        RecordClearance.Map(api);
        CountersignClearance.Map(api);
        DeclareCutOff.Map(api);
        GetDuty.Map(api);
    }

    // Before the first start, so that the public half can be handed to Publishing before anything is cleared.
    public Task PrepareAsync(IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<PermitKeys>().LayOutAsync(services.GetRequiredService<IPermitSigner>().Offer(), ct);
}
