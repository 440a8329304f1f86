using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Features;
using WorkflowPlatform.Oversight.Features.Noticeboard;
using WorkflowPlatform.Platform.Hosting;

namespace WorkflowPlatform.Oversight;

/// <summary>Oversight's table of contents: the ledger of everything that happened, alerts, and the public noticeboard.</summary>
public sealed class OversightModule : IModule
{
    public const string ServiceName = "oversight";

    public string Name => ServiceName;

    public void AddServices(ModuleBuilder module) => module
        .Database<OversightDb>()
        .Consumer<OnFact>()
        .Consumer<OnPermitRefused>()
        .Consumer<OnReleaseHeld>()
        .Consumer<OnExceptionalClearance>()
        .Consumer<OnPermitGroundsLapsed>()
        .Consumer<OnMissionRecorded>()
        .Consumer<OnRightsRecorded>()
        .Worker<GapWatch>();

    public void MapApi(RouteGroupBuilder api)
    {
        ReadHistory.Map(api.MapGroup("history"));
        VerifyLedger.Map(api.MapGroup("ledger"));
        ListHeads.Map(api.MapGroup("ledger"));
        ListAlerts.Map(api.MapGroup("alerts"));

        var boards = api.MapGroup("noticeboard");
        ListBoards.Map(boards);
        ReadBoard.Map(boards);
        ReadFeed.Map(boards);
        ReadNotice.Map(boards);
        ReadNoticeMedia.Map(boards);
        ReadTimeline.Map(boards);
        PutNotice.Map(boards);
        PostNotice.Map(boards);
    }
}
