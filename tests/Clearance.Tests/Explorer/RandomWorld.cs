using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Tests.Explorer;

/// <summary>A ministry thrown together: up to four offices one above the other, eight people with whatever rights, and deputies with and without a leg to stand on.</summary>
internal static class RandomWorld
{
    private static readonly string[] People = ["ana", "ben", "cho", "dia", "eve", "fay", "gus", "hal"];
    private static readonly string[] Ladder = ["DESK", "HUB", "REGION", "CENTRAL"];
    private static readonly string[] RolesOfThem = [Roles.ClearingOfficer, Roles.ClearingOfficer, Roles.ClearingOfficer, Roles.ClearingOfficer, Roles.HeadOfUnit, Roles.DraftingOfficer, Roles.DutyOfficer];

    public static World Of(int[] dice)
    {
        var next = 0;
        int Throw(int sides) => dice[next++ % dice.Length] / 7 % sides;
        T One<T>(IReadOnlyList<T> of) => of[Throw(of.Count)];

        var (asked, first) = (1 + Throw(3), Throw(Ladder.Length));
        var route = Examples.Route([.. Enumerable.Range(0, asked).Select(i => (Ladder[(first + i) % Ladder.Length], 1 + Throw(3), 1 + (Throw(3) == 0 ? 1 + Throw(2) : 0)))]);
        var contributors = People.Where(_ => Throw(5) == 0).DefaultIfEmpty(One(People)).ToList();
        var appointments = People.SelectMany(person => Enumerable.Range(0, 1 + Throw(2)).Select(_ => World.Own(person, One(Ladder), One(RolesOfThem)))).Append(World.Own(One(People), "CENTRAL", Roles.HeadOfUnit)).Distinct().ToList();
        var delegations = Enumerable.Range(0, Throw(5)).Select(_ => Throw(4) == 0
            ? World.For(One(People), One(People), One(Ladder), World.Afternoon, One(RolesOfThem))
            : One(appointments) is var held ? World.For(held.Person, One(People), held.Office, Throw(4) == 0 ? Examples.Noon.AddDays(-1) : World.Afternoon, held.Role) : null!).ToList();
        var parents = Ladder.Zip(Ladder.Skip(1)).ToDictionary(pair => pair.First, pair => pair.Second);
        var end = Examples.Noon.AddHours(26);
        return new World(
            "random", (Lane)Throw(4), route with
            {
                Required = [.. route.Required.Select(r => r with { ClockMinutes = Throw(2) == 0 ? null : 60, SilenceCounts = Throw(2) == 0 })],
                ImmediateAllowed = Throw(2) == 0, Bypass = Throw(2) == 0 ? [Roles.HeadOfUnit] : [], Amendable = Throw(2) == 0 ? ["text"] : [],
            },
            contributors, appointments, delegations, parents,
            [(Examples.Noon, true), (World.HalfAnHour, true), (World.AnHour, true), (World.Afternoon, true), (end.AddSeconds(-10), false), (end, true)])
        {
            Callers = Throw(2) == 0 ? [] : [.. appointments.Where(a => a.Role == Roles.ClearingOfficer).Select(a => (a.Person, a.Office)).Take(2)],
        };
    }
}
