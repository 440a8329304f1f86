using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>An official account of a mission on a network.</summary>
/// <param name="Id"><c>network:handle-id</c>.</param>
/// <param name="Live">False while nothing is to be posted on it.</param>
public sealed record Account(string Id, int Version, string Mission, string Network, string Handle, bool Live) : IAggregate
{
    public string LedgerId => Id;
}

/// <summary>What may happen to an account's entry.</summary>
public static class AccountRules
{
    public const string Noticeboard = "noticeboard";

    public static string NoticeboardOf(string mission) => $"{Noticeboard}:{mission}";

    /// <summary>Every mission has its place on the ministry's own noticeboard from the day it is in the register.</summary>
    public static Decision<Account> OpenNoticeboard(Account? current, string mission, DateTimeOffset now)
    {
        if (current is not null) return Register.Unchanged;
        var account = new Account(NoticeboardOf(mission), 1, mission, Noticeboard, mission, Live: true);
        return Accept(account, new AccountRecorded(account.Id, account.Version, account.Mission, account.Network, account.Handle, account.Live, now));
    }
}
