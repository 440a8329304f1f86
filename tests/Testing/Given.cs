using System.Security.Cryptography;
using System.Text;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Testing;

/// <summary>People and their appointments as every module of the host has heard of them, written straight into the tables of rights.</summary>
public sealed class Given(ServiceUnderTest service)
{
    private readonly Dictionary<Guid, AppointmentRecorded> appointments = [];
    private readonly Dictionary<string, PersonRecorded> people = [];

    /// <summary>A person known to the test issuer, with appointments that began long ago.</summary>
    public async Task<string> PersonAsync(string person, params (string Office, string Role)[] held)
    {
        await IdentityAsync(person, new PersonIdentity(TestIssuer.Name, person));
        foreach (var (office, role) in held) await AppointmentAsync(person, office, role);
        return person;
    }

    /// <summary>A drafting officer of a mission.</summary>
    public Task<string> DraftingOfficerAsync(string person, string mission) => PersonAsync(person, (mission, Roles.DraftingOfficer));

    /// <summary>A clearing officer of the central unit.</summary>
    public Task<string> ClearingOfficerAsync(string person) => PersonAsync(person, (Offices.Central, Roles.ClearingOfficer));

    /// <summary>What an identity provider calls a person.</summary>
    public async Task IdentityAsync(string person, params PersonIdentity[] identities)
    {
        var fact = new PersonRecorded(person, people.TryGetValue(person, out var known) ? known.Version + 1 : 1, identities, service.Clock.GetUtcNow());
        people[person] = fact;
        await service.InEveryDbAsync((db, ct) => RightsTable.KeepAsync(db, fact, ct));
    }

    /// <summary>An appointment; recorded again with another <paramref name="to"/>, it ends then.</summary>
    public async Task<Guid> AppointmentAsync(string person, string office, string role, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{person}/{office}/{role}")).AsSpan(0, 16));
        var version = appointments.TryGetValue(id, out var known) ? known.Version + 1 : 1;
        var fact = new AppointmentRecorded(id, version, person, office, role, from ?? known?.From ?? DateTimeOffset.UnixEpoch, to, service.Clock.GetUtcNow());
        appointments[id] = fact;
        await service.InEveryDbAsync((db, ct) => RightsTable.KeepAsync(db, fact, ct));
        return id;
    }

    /// <summary>The appointment is over from this moment on.</summary>
    public Task EndedAsync(string person, string office, string role) => AppointmentAsync(person, office, role, to: service.Clock.GetUtcNow());
}
