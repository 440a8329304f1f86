using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Messaging;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Architecture.Tests;

/// <summary>What readers find written down about the platform's edges is what the code says today.</summary>
public sealed class Papers(Visitors visitors)
{
    [Fact]
    public void The_list_of_events_says_what_each_is_and_who_hears_it()
    {
        var (consumers, words) = (visitors.Host.Services.GetRequiredService<ConsumerMap>(), Words());
        var facts = Modules.Contracts.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFact)));
        var text = new StringBuilder("# Events\n\nGenerated from `shared/Contracts` and the modules' consumers; a test keeps it fresh. Each is committed with the state it tells of, and sent by its owner's relay.\n");
        foreach (var owner in facts.GroupBy(type => type.Namespace!.Split('.')[^1]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append($"\n## {owner.Key}\n\n| event | what it says | heard by |\n|---|---|---|\n");
            foreach (var fact in owner.OrderBy(type => type.MetadataToken))
                text.Append($"| `{fact.Name}` | {words["T:" + fact.FullName]} | {string.Join(", ", consumers.QueuesFor(fact).Order().Select(queue => $"`{queue}`"))} |\n");
        }
        Generated.ShouldBeFresh("deploy/docs/events.md", text.ToString());
    }

    [Theory]
    [InlineData("registry"), InlineData("drafting"), InlineData("clearance"), InlineData("publishing"), InlineData("oversight")]
    public async Task The_published_API_is_the_one_that_is_served(string service)
    {
        var document = await visitors.Host.ClientWith().GetStringAsync($"/openapi/{service}.json", TestContext.Current.CancellationToken);
        // Where it is served is no part of what it promises.
        Generated.ShouldBeFresh($"deploy/docs/openapi/{service}.json", document.Replace(visitors.Host.Address.ToString(), "/", StringComparison.Ordinal) + "\n");
    }

    /// <summary>The first sentence that the code says about each type.</summary>
    private static Dictionary<string, string> Words() =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "WorkflowPlatform.Contracts.xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => string.Join(' ', member.Element("summary")!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
