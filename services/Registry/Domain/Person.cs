using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>A person of the ministry. The name stays here: facts carry the staff number alone.</summary>
/// <param name="Identities">Who the person is to the identity providers; each pair is one person's only.</param>
public sealed record Person(string StaffNumber, int Version, string Name, IReadOnlyList<PersonIdentity> Identities) : IAggregate
{
    public string LedgerId => StaffNumber;
}

/// <summary>What a file says about one person, all lines together.</summary>
/// <param name="Complete">False when a line about this person was rejected: what is missing may stand there.</param>
/// <param name="Card">The identity that the local issuer gives to who has no other; null while it is off.</param>
public sealed record PersonEntry(string StaffNumber, string Name, IReadOnlyList<PersonIdentity> Identities, bool Complete, PersonIdentity? Card);

/// <summary>What may happen to a person's entry.</summary>
public static class PersonRules
{
    /// <summary>The register takes name and identities as the file has them.</summary>
    public static Decision<Person> Record(Person? current, PersonEntry entry, DateTimeOffset now)
    {
        var identities = IdentitiesAfter(current, entry);
        if (current is not null && current.Name == entry.Name && current.Identities.SequenceEqual(identities)) return Register.Unchanged;
        var person = new Person(entry.StaffNumber, (current?.Version ?? 0) + 1, entry.Name, identities);
        return Accept(person, new PersonRecorded(person.StaffNumber, person.Version, person.Identities, now));
    }

    /// <summary>Identities that the file names replace the former ones. Where it names none they stay, and the local issuer's is added.</summary>
    private static IReadOnlyList<PersonIdentity> IdentitiesAfter(Person? current, PersonEntry entry)
    {
        IEnumerable<PersonIdentity> before = current?.Identities ?? [];
        var after = entry switch
        {
            { Identities.Count: 0, Card: { } card } => before.Append(card),
            { Identities.Count: 0 } => before,
            { Complete: true } => entry.Identities,
            _ => before.Concat(entry.Identities),
        };
        return [.. after.Distinct().OrderBy(i => i.Issuer, StringComparer.Ordinal).ThenBy(i => i.Subject, StringComparer.Ordinal)];
    }
}
