using System.Reflection;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Oversight.Tests;

/// <summary>Facts as their owners commit them, chained, without the owners.</summary>
internal static class Chains
{
    public static readonly DateTimeOffset Start = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The life of one draft in so many entries.</summary>
    public static IReadOnlyList<OutboxRow> OfDraft(Guid draft, int length, string mission = "KBL", string person = "P1")
    {
        var rows = new List<OutboxRow>();
        for (var version = 1; version <= length; version++)
            rows.Add(OutboxEntry.For("draft", draft.ToString(), Revision(draft, version, mission, person), rows.LastOrDefault()?.Hash));
        return rows;
    }

    public static RevisionSaved Revision(Guid draft, int version, string mission = "KBL", string person = "P1", string digest = "ab") => new(
        draft, version, mission, $"noticeboard:{mission}", version, digest, 10, "en", new Capacity(person, mission), Start.AddSeconds(version));

    /// <summary>One fact of every contract type, each the first of an aggregate of its own.</summary>
    public static IEnumerable<OutboxRow> OfEveryKind(int seed) =>
        from type in typeof(IFact).Assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false } && typeof(IFact).IsAssignableFrom(type)
        select OutboxEntry.For("sample", $"{type.Name}-{seed}", (IFact)Sample(type, seed), null);

    public static LedgerEntry Entry(this OutboxRow row) => LedgerEntry.Read(row.Body, Start)!;

    /// <summary>The ledger's own order.</summary>
    public static List<LedgerEntry> InOrder(this IEnumerable<LedgerEntry> entries) =>
        [.. entries.OrderBy(e => e.Aggregate, StringComparer.Ordinal).ThenBy(e => e.AggregateId, StringComparer.Ordinal).ThenBy(e => e.Version)];

    /// <summary>Each aggregate's last entry: what an owner keeps beside it.</summary>
    public static Dictionary<string, string> Heads(this IEnumerable<LedgerEntry> entries) =>
        entries.GroupBy(e => $"{e.Aggregate}/{e.AggregateId}").ToDictionary(g => g.Key, g => g.MaxBy(e => e.Version) is { } head ? $"{head.Version} {Convert.ToHexStringLower(head.Hash)}" : "");

    private static object Sample(Type type, int seed)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Sample(inner, seed);
        if (type == typeof(string)) return $"{seed} \u0627\u0631\u062f\u0648 \u6c49\u5b57 <&\"\\\r\n";
        if (type == typeof(int)) return 1;
        if (type == typeof(bool)) return true;
        if (type == typeof(Guid)) return Guid.CreateVersion7(Start.AddMilliseconds(seed));
        if (type == typeof(DateTimeOffset)) return Start.AddMilliseconds(seed);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0)!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var list = Array.CreateInstance(type.GetGenericArguments()[0], 2);
            for (var i = 0; i < 2; i++) list.SetValue(Sample(type.GetGenericArguments()[0], seed + i), i);
            return list;
        }
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Sample(p.ParameterType, seed))]);
    }
}
