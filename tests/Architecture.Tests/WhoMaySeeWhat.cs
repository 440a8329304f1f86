namespace WorkflowPlatform.Architecture.Tests;

/// <summary>The endpoint table is the visibility of the platform in one place: nothing is reachable that has no row in it.</summary>
public sealed class WhoMaySeeWhat(Visitors visitors)
{
    /// <summary>Who must never learn of another mission's post.</summary>
    private static readonly string[] Outsiders = ["other", "nobody", "anonymous", "portal", "registrar", "keeper"];

    /// <summary>Who may learn that there is one, and never what it says before it is out.</summary>
    private static readonly string[] Watchers = ["auditor", "inspector"];

    [Fact]
    public async Task Every_endpoint_has_a_row_and_every_row_an_endpoint()
    {
        var (ways, rows) = (await Way.AllAsync(visitors.Host), Row.Read());

        ways.Where(way => rows.All(row => row.Name != way.Name))
            .Select(way => $"{way.Method},{way.Pattern},{way.Access},{(way.Once ? "key" : "")},?").ShouldBeEmpty("These endpoints have no row in endpoints.csv.");
        rows.Select(row => row.Name).Except(ways.Select(way => way.Name)).ShouldBeEmpty("These rows of endpoints.csv have no endpoint.");
        rows.Select(row => row.Name).ShouldBeUnique();
    }

    [Fact]
    public async Task Every_endpoint_asks_for_what_its_row_says()
    {
        var ways = await Way.AllAsync(visitors.Host);
        foreach (var row in Row.Read())
        {
            var way = ways.Single(way => way.Name == row.Name);
            (way.Access, way.Once).ShouldBe((row.Access, row.Once), row.Name);
        }
    }

    [Fact]
    public async Task Every_visitor_is_answered_as_the_row_says()
    {
        var ways = await Way.AllAsync(visitors.Host);
        var wrong = new List<string>();
        foreach (var row in Row.Read())
            foreach (var (visitor, expected) in row.Answers.Where(cell => cell.Value != "-"))
            {
                var answer = await visitors.AskAsync(visitor, ways.Single(way => way.Name == row.Name));
                if (answer.Status.ToString() != expected) wrong.Add($"{row.Name} for {visitor}: {expected} expected, {answer.Status} came ({answer.Code})");
            }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_shown_another_missions_post_by_any_endpoint()
    {
        var leaks = new List<string>();
        foreach (var way in (await Way.AllAsync(visitors.Host)).Where(way => way.Pattern.StartsWith("/api/", StringComparison.Ordinal) && way.Method == "GET"))
            foreach (var visitor in Outsiders.Concat(Watchers))
            {
                var answer = await visitors.AskAsync(visitor, way);
                IEnumerable<string> kept = Watchers.Contains(visitor) ? [Visitors.Canary] : visitors.Marks;
                leaks.AddRange(kept.Where(answer.Body.Contains).Select(mark => $"{way.Name} shows {mark} to {visitor}"));
            }
        leaks.ShouldBeEmpty();
    }

    /// <summary>Else the test above would find nothing because there is nothing.</summary>
    [Fact]
    public async Task Those_whose_post_it_is_are_shown_it()
    {
        var ways = await Way.AllAsync(visitors.Host);
        foreach (var (visitor, name) in new[]
                 {
                     ("own", "GET /api/drafting/drafts"), ("own", "GET /api/drafting/drafts/{id:guid}"), ("own", "GET /api/clearance/requests"), ("clearing", "GET /api/clearance/requests/{id:guid}"),
                     ("publishing", "GET /api/drafting/packages/{sha256}"),
                 })
            (await visitors.AskAsync(visitor, ways.Single(way => way.Name == name))).Body.ShouldContain(Visitors.Canary, customMessage: $"{name} for {visitor}");
    }

    [Fact]
    public async Task Every_command_wants_an_Idempotency_Key()
    {
        // The issuer issues, and the noticeboard's second mode is a network that counts each call.
        string[] otherwise = ["/api/registry/issuer/token", "/api/oversight/noticeboard/{mission}/posts"];
        (await Way.AllAsync(visitors.Host)).Where(way => way.Method == "POST" && way.Pattern.StartsWith("/api/", StringComparison.Ordinal) && !way.Once)
            .Select(way => way.Pattern).ShouldBe(otherwise, ignoreOrder: true);
    }
}
