using System.Reflection;
using System.Text;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Contracts;

/// <summary>The published language: what other services, queues and the ledger hold must stay readable.</summary>
public sealed class ContractTests
{
    private static readonly List<Type> Facts = [.. typeof(IFact).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IFact).IsAssignableFrom(type)).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    [Fact]
    public void Names_and_JSON_of_every_message_are_as_they_were_published()
    {
        foreach (var owner in Facts.GroupBy(type => type.Namespace!.Split('.')[^1]))
            Generated.ShouldBeFresh($"tests/Platform.Tests/Contracts/{owner.Key.ToLowerInvariant()}.txt", Described(owner));
        Generated.ShouldBeFresh("tests/Platform.Tests/Contracts/documents.txt", Described([typeof(ReleasePackage), typeof(ReleasePermit)]));
    }

    [Fact]
    public void Every_message_reads_back_as_what_was_sent()
    {
        foreach (var type in Facts)
        {
            var fact = (IFact)Examples.Of(type);
            var row = OutboxEntry.For("example", "1", fact, previous: null);
            var read = System.Text.Json.JsonSerializer.Deserialize(row.Body, type, Json.Storage)!;
            // Lists have no equality of their own; what they would be sent as again has.
            CanonicalJson.Serialize(read).ShouldBe(CanonicalJson.Serialize(fact), type.Name);
        }
    }

    [Fact]
    public void Every_message_belongs_to_its_owners_namespace() =>
        Facts.Select(type => type.Namespace).Distinct().ShouldBe(
            ["WorkflowPlatform.Contracts.Clearance", "WorkflowPlatform.Contracts.Drafting", "WorkflowPlatform.Contracts.Publishing", "WorkflowPlatform.Contracts.Registry"]);

    /// <summary>Embargoed text must not lie in the broker's files.</summary>
    [Fact]
    public void No_message_carries_a_text()
    {
        string[] textual = ["Text", "Title", "Comment", "Body", "Content", "FileName", "Caption", "Remark", "Subject"];
        foreach (var type in Facts)
            type.GetProperties().Select(property => property.Name).Intersect(textual).ShouldBeEmpty(type.Name);
    }

    private static string Described(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        var nullability = new NullabilityInfoContext();
        foreach (var type in types)
        {
            text.Append(type.FullName).Append('\n');
            foreach (var property in type.GetProperties().Where(property => property.Name != "EqualityContract"))
                text.Append("  ").Append(property.Name).Append(": ").Append(Named(property.PropertyType))
                    .Append(nullability.Create(property).ReadState is NullabilityState.Nullable && Nullable.GetUnderlyingType(property.PropertyType) is null ? "?" : "").Append('\n');
            text.Append("  ").Append(Encoding.UTF8.GetString(CanonicalJson.Serialize(Examples.Of(type)))).Append("\n\n");
        }
        return text.ToString();
    }

    private static string Named(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? Named(inner) + "?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Named))}>"
        : type.IsEnum ? $"{type.Name}({string.Join('|', Enum.GetNames(type))})"
        : type.Name;
}
