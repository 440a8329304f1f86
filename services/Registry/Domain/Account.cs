using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>An official account of a mission on a network.</summary>
/// <param name="Id"><c>network:handle-id</c>.</param>
/// <param name="Live">False while nothing is to be posted on it.</param>
/// <param name="Flagship">True for an account that speaks for the ministry as a whole: the policy may be stricter with it.</param>
public sealed record Account(string Id, int Version, string Mission, string Network, string Handle, bool Live, bool Flagship) : IAggregate
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
        return Accepted(new Account(NoticeboardOf(mission), 1, mission, Noticeboard, mission, Live: true, Flagship: false), now);
    }

    /// <summary>The register takes how a file wants a known account to be taken.</summary>
    public static Decision<Account> Flag(Account current, AccountLine line, DateTimeOffset now) =>
        (current.Live, current.Flagship) == (line.Live, line.Flagship)
            ? Register.Unchanged
            : Accepted(current with { Version = current.Version + 1, Live = line.Live, Flagship = line.Flagship }, now);

    private static Accepted<Account> Accepted(Account account, DateTimeOffset now) => Accept(account, new AccountRecorded(
        account.Id, account.Version, account.Mission, account.Network, account.Handle, account.Live, account.Flagship, now));
}
