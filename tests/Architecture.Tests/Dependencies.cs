using System.Xml.Linq;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Architecture.Tests;

public sealed class Dependencies
{
    [Fact]
    public void Contracts_reference_nothing_of_ours_and_no_package()
    {
        Modules.Contracts.GetReferencedAssemblies().ShouldAllBe(name => name.Name!.StartsWith("System.", StringComparison.Ordinal));
        References("shared/Contracts/Contracts.csproj").ShouldBeEmpty();
    }

    [Fact]
    public void The_platform_references_contracts_and_no_service() => References("shared/Platform/Platform.csproj").ShouldBe(["Contracts"]);

    [Fact]
    public void A_service_references_the_platform_and_never_another_service()
    {
        foreach (var project in Directory.GetFiles(Path.Combine(Generated.Root, "services"), "*.csproj", SearchOption.AllDirectories))
            if (Path.GetFileNameWithoutExtension(project) != "Standalone")
                References(Path.GetRelativePath(Generated.Root, project)).Except(["Platform", "Contracts"]).ShouldBeEmpty(project);
        foreach (var service in Modules.Services)
            service.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("WorkflowPlatform.", StringComparison.Ordinal))
                .Except(["WorkflowPlatform.Platform", "WorkflowPlatform.Contracts"]).ShouldBeEmpty(service.GetName().Name);
    }

    /// <summary>Pure: no clock, no database, no waiting, no log. Same inputs, same answer.</summary>
    [Fact]
    public void The_domain_uses_the_language_the_contracts_and_decisions()
    {
        string[] impure = ["System.Threading.Tasks", "System.IO", "System.Data", "System.Net.Http", "System.Diagnostics.Metrics"];
        foreach (var service in Modules.Services)
            foreach (var type in TypeUse.Written(service).Where(IsDomain))
                TypeUse.Of(type).Where(used => !IsDomain(used) && !IsPlain(used)).Select(used => used.FullName).ShouldBeEmpty($"{type.FullName} is domain.");

        bool IsPlain(Type used) =>
            used.Assembly == Modules.Contracts || used == typeof(IAggregate)
            || used.Namespace == "WorkflowPlatform.Platform.Decisions"
            || (used.Namespace is "System" or "Microsoft.CodeAnalysis" || used.Namespace?.StartsWith("System.", StringComparison.Ordinal) == true)
                && used != typeof(TimeProvider) && used != typeof(Console) && used != typeof(Environment) && !impure.Any(name => used.Namespace == name)
            || used.Namespace is null; // The compiler's own.
    }

    [Fact]
    public void MassTransit_stands_in_the_platform_and_in_what_consumers_take()
    {
        string[] taken = ["MassTransit.IConsumer", "MassTransit.IConsumer`1", "MassTransit.ConsumeContext", "MassTransit.ConsumeContext`1", "MassTransit.ReceiveContext", "MassTransit.ReceiveContextBodyExtensions", "MassTransit.MessageContext", "MassTransit.PipeContext"];
        foreach (var assembly in Modules.Services.Append(Modules.Contracts).Append(Modules.Standalone))
            foreach (var type in TypeUse.Written(assembly))
            {
                var used = TypeUse.Of(type).Where(u => u.Assembly.GetName().Name!.StartsWith("MassTransit", StringComparison.Ordinal)).Select(u => u.FullName!.Split('[')[0]).ToList();
                if (used.Count == 0) continue;
                used.Except(taken).ShouldBeEmpty(type.FullName);
                type.Name.ShouldStartWith("On", customMessage: $"{type.FullName} is no consumer and uses {string.Join(", ", used)}.");
            }
    }

    /// <summary>A message leaves because its row was committed, and for no other reason.</summary>
    [Fact]
    public void Nobody_sends_but_the_platforms_messaging()
    {
        string[] senders = ["MassTransit.IPublishEndpoint", "MassTransit.ISendEndpointProvider", "MassTransit.ISendEndpoint", "MassTransit.IBus", "MassTransit.IPublishEndpointProvider", "MassTransit.IRequestClient`1"];
        foreach (var assembly in Modules.Product)
            foreach (var type in TypeUse.Written(assembly).Where(type => type.Namespace != "WorkflowPlatform.Platform.Messaging"))
                TypeUse.Of(type).Select(used => used.FullName).Intersect(senders).ShouldBeEmpty(type.FullName);
    }

    [Fact]
    public void An_aggregate_never_bears_its_services_name()
    {
        foreach (var module in Modules.All())
            module.GetType().Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IAggregate)))
                .Select(type => type.Name).ShouldNotContain(name => string.Equals(name, module.Name, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_service_that_keeps_something_hears_of_persons_and_appointments()
    {
        foreach (var module in Modules.All().Where(module => module.NeedsDatabase && module.Name != "registry")) // Registry is where they come from.
            module.GetType().Assembly.GetTypes().ShouldContain(type => type.IsSubclassOf(typeof(Platform.Identity.RightsConsumer)), module.Name);
    }

    private static bool IsDomain(Type type) =>
        Modules.Services.Contains(type.Assembly) && (type.Namespace + ".").Contains(".Domain.", StringComparison.Ordinal);

    private static List<string> References(string project) =>
        [.. XDocument.Load(Path.Combine(Generated.Root, project)).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))];
}
