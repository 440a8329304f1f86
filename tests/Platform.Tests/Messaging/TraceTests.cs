using System.Collections.Concurrent;
using System.Diagnostics;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Messaging;

public sealed class TraceTests
{
    [Theory, OnBothFootings]
    public async Task The_request_is_the_ancestor_of_the_consumers_work(Footing footing)
    {
        var seen = new ConcurrentDictionary<string, Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "MassTransit" || source.Name.StartsWith("WorkflowPlatform", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => seen[activity.SpanId.ToString()] = activity,
        };
        ActivitySource.AddActivityListener(listener);
        await using var sample = await ServiceUnderTest.StartAsync(footing, new SampleModule());
        await sample.Given.DraftingOfficerAsync("P1", "KBL");

        (await sample.Client("P1").Post("/api/sample/notes", new { mission = "KBL", text = "a" })).ShouldBe(201);
        await Eventually.Be(async () => (await sample.HeardAsync()).Count == 1);

        var trace = (await sample.HeardAsync())[0].Trace.ShouldNotBeNull();
        (await sample.OutboxAsync())[0].TraceParent!.ShouldContain(trace);
        var consumer = seen.Values.First(a => a.TraceId.ToString() == trace && a.Kind is ActivityKind.Consumer);
        var line = new List<string>();
        for (var at = consumer; at is not null; at = seen.GetValueOrDefault(at.ParentSpanId.ToString())) line.Add(at.OperationName);
        line[^1].ShouldBe("Microsoft.AspNetCore.Hosting.HttpRequestIn", string.Join(" < ", line));
        line.ShouldContain("send RevisionSaved");
    }
}
