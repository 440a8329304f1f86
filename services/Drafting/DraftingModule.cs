using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Drafting.Features;
using WorkflowPlatform.Platform.Hosting;

namespace WorkflowPlatform.Drafting;

/// <summary>Drafting: what missions write, what they submit, and where it stands.</summary>
public sealed class DraftingModule : IModule
{
    public string Name => "drafting";

    public void AddServices(ModuleBuilder module) => module
        .Database<DraftingDb>()
        .Consumer<OnRightsRecorded>()
        .Consumer<OnRegisterRecorded>()
        .Consumer<OnClearanceMoved>()
        .Consumer<OnReleaseMoved>()
        .Consumer<OnPackageAmended>()
        .Calls("clearance");

    public void MapApi(RouteGroupBuilder api)
    {
        CreateDraft.Map(api);
        SaveRevision.Map(api);
        SubmitPackage.Map(api);
        AskWithdrawal.Map(api);
        GetDraft.Map(api);
        ListDrafts.Map(api);
        ListHappenings.Map(api);
        GetPackage.Map(api);
        UploadMedia.Map(api);
        GetMedia.Map(api);
    }
}
