using System.Collections.Concurrent;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Api;

/// <summary>What pages need of the register, from a copy that is never older than a minute while Registry answers.</summary>
internal sealed class Register(RegistryApi registry, RegisterCopy copy, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>The missions by code. While Registry is away: as they were, or none.</summary>
    public async Task<IReadOnlyDictionary<string, Mission>> MissionsAsync(CancellationToken ct)
    {
        var now = clock.Now;
        if (copy.Missions is { } kept && now - copy.At < Fresh) return kept;
        try
        {
            var missions = (await registry.MissionsAsync(ct))?.Items.ToDictionary(m => m.Code, StringComparer.Ordinal) ?? [];
            (copy.Missions, copy.At) = (missions, now);
            return missions;
        }
        catch (Exception fault) when (fault is ServiceAwayException or ServiceRefusedException or SignedOutException)
        {
            return copy.Missions ?? new Dictionary<string, Mission>(); // A page without names is better than none.
        }
    }

    /// <summary>What offices are called, by code. While Registry is away: as they were, or nothing.</summary>
    public async Task<OfficeNames> OfficesAsync(CancellationToken ct)
    {
        var now = clock.Now;
        if (copy.Offices is { } kept && now - copy.OfficesAt < Fresh) return kept;
        try
        {
            var offices = new OfficeNames((await registry.OfficesAsync(ct))?.Items.ToDictionary(o => o.Code, o => o.Name, StringComparer.Ordinal) ?? []);
            (copy.Offices, copy.OfficesAt) = (offices, now);
            return offices;
        }
        catch (Exception fault) when (fault is ServiceAwayException or ServiceRefusedException or SignedOutException)
        {
            return copy.Offices ?? OfficeNames.Unknown;
        }
    }

    /// <summary>Where a mission is and what its clocks show; its bare code in UTC when the register does not answer.</summary>
    public async Task<Place> PlaceAsync(string mission, CancellationToken ct) => Place.Of(mission, (await MissionsAsync(ct)).GetValueOrDefault(mission));

    /// <summary>Names by staff number; a number without a known name stands for itself.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<string> people, CancellationToken ct)
    {
        var asked = people.Distinct().ToList();
        var unknown = asked.Where(person => !copy.Names.ContainsKey(person)).ToList();
        if (unknown.Count > 0)
            try
            {
                foreach (var named in (await registry.NamesAsync(unknown, ct))?.Items ?? []) copy.Names[named.Person] = named.Name;
            }
            catch (Exception fault) when (fault is ServiceAwayException or ServiceRefusedException)
            {
                // Staff numbers then stand for names.
            }
        return asked.ToDictionary(person => person, person => copy.Names.GetValueOrDefault(person, person));
    }
}

/// <summary>The portal's copy of the register, for all its requests together. Names live as long as the process.</summary>
internal sealed class RegisterCopy
{
    public IReadOnlyDictionary<string, Mission>? Missions { get; set; }
    public DateTimeOffset At { get; set; }
    public OfficeNames? Offices { get; set; }
    public DateTimeOffset OfficesAt { get; set; }
    public ConcurrentDictionary<string, string> Names { get; } = new(StringComparer.Ordinal);
}
