using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Soak;

/// <summary>Says what has not come to its end, and where it lies: for whoever has to find out why.</summary>
internal static class WhatIsOpen
{
    private static readonly (string Service, string Title, string Sql)[] Questions =
    [
        ("clearance", "requests", "select status, count(*) from clearance_request where status in ('InClearance', 'Cleared') group by status"),
        ("publishing", "releases", "select status, count(*) from release where status in ('Scheduled', 'Releasing', 'OutcomeUnknown') group by status"),
        ("drafting", "standings", "select coalesce(release_status, request_status), count(*) from standing where coalesce(release_status, request_status) in ('InClearance', 'Cleared', 'Scheduled', 'Releasing', 'OutcomeUnknown') group by 1"),
        .. LedgerAudit.Owners.Select(owner => (owner, "unsent facts", "select type || coalesce(' ' || last_error, '') || case when parked_at is null then '' else ' (parked)' end, count(*) from outbox where sent_at is null group by 1")),
        .. SeparateServices.Names.Select(name => (name, "dead letters", "select queue || ' ' || type, count(*) from dead_letter group by 1")),
    ];

    public static async Task<string> DescribeAsync(IVictims victims)
    {
        var told = new StringBuilder();
        foreach (var (service, title, sql) in Questions)
            await TryAsync(told, $"{service} {title}", async () =>
                await LedgerAudit.RowsAsync(await victims.DatabaseOf(service), sql, row => told.AppendLine($"  {service} {title}: {row[1]} x {row[0]}")));
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        foreach (var service in SeparateServices.Names)
            await TryAsync(told, service, async () => told.AppendLine($"  {service}: {await http.GetStringAsync(new Uri(victims.AddressOf(service), "/health/ready"))}"));
        if (Environment.GetEnvironmentVariable("TEST_BROKER_MANAGEMENT") is { Length: > 0 } management)
            await TryAsync(told, "broker", async () => await QueuesAsync(told, http, new Uri(management)));
        return told.ToString();
    }

    private static async Task QueuesAsync(StringBuilder told, HttpClient http, Uri management)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        foreach (var queue in JsonElement.Parse(await http.GetStringAsync(new Uri(management, "/api/queues"))).EnumerateArray())
        {
            int Count(string name) => queue.TryGetProperty(name, out var count) ? count.GetInt32() : -1;
            if (Count("messages") != 0) told.AppendLine($"  queue {queue.GetProperty("name")}: {Count("messages_ready")} ready, {Count("messages_unacknowledged")} with {Count("consumers")} consumers");
        }
    }

    private static async Task TryAsync(StringBuilder told, string what, Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (Exception fault)
        {
            told.AppendLine($"  {what}: {fault.Message}");
        }
    }
}
