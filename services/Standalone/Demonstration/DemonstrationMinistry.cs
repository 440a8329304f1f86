using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Standalone.Demonstration;

/// <summary>The demonstration's people at their desks: they write, submit, clear, return and withdraw over the API, as the portal would for them.</summary>
internal sealed class DemonstrationMinistry(Uri address, DemonstrationClock clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly HttpClient http = new() { BaseAddress = address };
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> tokens = [];
    private int commands;
    private int officer;

    /// <summary>Lives through one day on which posts are written: each goes as far as its fate says.</summary>
    /// <remarks>Together and not one after the other, since the clock is everybody's.</remarks>
    public async Task LiveThroughAsync(IReadOnlyList<DemonstrationPost> posts, DateTimeOffset day, CancellationToken ct)
    {
        clock.StepTo(day);
        var written = clock.Now;
        var drafts = await AllAsync(posts, post => WriteAsync(post, written, ct));
        var submitted = drafts.Where(draft => draft.Fate is not ("crafting" or "waiting")).ToList();
        if (submitted.Count == 0) return;

        clock.StepTo(written.AddMinutes(25));
        await AllAsync(submitted.Where(draft => draft.Fate is not "lapsed"), draft => DecideAsync(draft, ct));
        clock.StepTo(written.AddMinutes(26));
        await AllAsync(submitted.Where(draft => draft.Fate is not "lapsed"), draft => SettleAsync(draft, ct));

        var due = submitted.Max(draft => draft.NotBefore);
        if (submitted.Any(draft => draft.Fate is "released")) clock.StepTo(due);
        await AllAsync(submitted.Where(draft => draft.Fate is "released"), draft => UntilAsync(draft, "Released", ct));
        if (submitted.Any(draft => draft.Fate is "lapsed")) clock.StepTo(due.AddHours(24));
        await AllAsync(submitted.Where(draft => draft.Fate is "lapsed"), draft => UntilAsync(draft, "Lapsed", ct));
        // As if the line had been cut for two days: what was due meanwhile is stale and waits for a fresh look.
        if (submitted.Any(draft => draft.Fate is "held")) clock.StepTo(due.AddHours(48));
        await AllAsync(submitted.Where(draft => draft.Fate is "held"), draft => UntilAsync(draft, "Held", ct));
    }

    /// <summary>Writes it and, unless it is still being crafted, submits it.</summary>
    private async Task<Draft> WriteAsync(DemonstrationPost post, DateTimeOffset written, CancellationToken ct)
    {
        // Most go out three hours later by the mission's clock; the last ones wait for whoever tries this out.
        var release = post.Fate is "waiting" ? null : await LocalAsync(post.Mission, written.AddHours(post.Fate is "scheduled" ? 24 * 9 : 3), ct);
        var saved = await SendAsync(post.Person, HttpMethod.Post, "api/drafting/drafts", null, new
        {
            mission = post.Mission, account = $"noticeboard:{post.Mission}", text = post.Text, language = post.Language, lane = "Routine", release,
        }, ct);
        var draft = new Draft(post, saved.GetProperty("id").GetGuid(), default, default);
        if (post.Fate is "crafting") return draft;

        await SendAsync(post.Person, HttpMethod.Post, $"api/drafting/drafts/{draft.Id}/submissions", saved.GetProperty("version").GetInt32(), new { }, ct);
        var seen = await UntilAsync(draft, "InClearance", ct);
        return draft with { Request = seen.GetProperty("requestId").GetGuid(), NotBefore = seen.GetProperty("notBefore").GetDateTimeOffset() };
    }

    private async Task DecideAsync(Draft draft, CancellationToken ct)
    {
        var person = Interlocked.Increment(ref officer) % 2 == 0 ? "2201" : "2202";
        var (post, request) = (draft.Post, $"api/clearance/requests/{draft.Request}");
        var sheet = await SendAsync(person, HttpMethod.Get, request, null, null, ct);
        await SendAsync(person, HttpMethod.Post, $"{request}/decisions", sheet.GetProperty("version").GetInt32(), new
        {
            decision = post.Fate is "returned" ? "Returned" : "Cleared", packageDigest = sheet.GetProperty("packageDigest").GetString(), reasonCode = post.Reason, comment = post.Comment,
        }, ct);
    }

    /// <summary>The period for undoing is over: the author hears what was decided, and one asks for the post back.</summary>
    private async Task SettleAsync(Draft draft, CancellationToken ct)
    {
        var seen = await UntilAsync(draft, draft.Fate is "returned" ? "Returned" : "Scheduled", ct);
        if (draft.Fate is not "withdrawn") return;
        await SendAsync(draft.Post.Person, HttpMethod.Post, $"api/drafting/drafts/{draft.Id}/withdrawals", seen.GetProperty("version").GetInt32(), new { }, ct);
        await UntilAsync(draft, "Withdrawn", ct);
    }

    private async Task<object> LocalAsync(string mission, DateTimeOffset at, CancellationToken ct)
    {
        var zone = (await SendAsync("3301", HttpMethod.Get, $"api/registry/missions/{mission}", null, null, ct)).GetProperty("timeZone").GetString()!;
        return new { local = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture), zone };
    }

    /// <summary>Until the author sees the standing; three minutes of real time are a fault, on the slowest of machines.</summary>
    private async Task<JsonElement> UntilAsync(Draft draft, string standing, CancellationToken ct)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ;)
        {
            var seen = await SendAsync(draft.Post.Person, HttpMethod.Get, $"api/drafting/drafts/{draft.Id}", null, null, ct);
            // A submitted draft is in clearance at once; that Clearance has it is told a moment later.
            if (seen.GetProperty("standing").GetString() == standing && seen.GetProperty("requestId").ValueKind is not JsonValueKind.Null) return seen;
            if (TimeProvider.System.GetElapsedTime(begun) > Patience)
                throw new InvalidOperationException($"The demonstration could not be made: the post of {draft.Post.Mission}, day {draft.Post.Day}, was to be {standing} and is {seen.GetProperty("standing")} ({seen.GetProperty("reasonCode")}).");
            await Task.Delay(20, ct);
        }
    }

    private static async Task<List<T>> AllAsync<T>(IEnumerable<DemonstrationPost> posts, Func<DemonstrationPost, Task<T>> act) => [.. await Task.WhenAll(posts.Select(act))];

    private static Task AllAsync(IEnumerable<Draft> drafts, Func<Draft, Task> act) => Task.WhenAll(drafts.Select(act));

    /// <summary>One request as a person would send it. What is not known yet (a new appointment on its way) is asked again for a while.</summary>
    private async Task<JsonElement> SendAsync(string person, HttpMethod method, string path, int? version, object? body, CancellationToken ct)
    {
        var key = $"demonstration-{Interlocked.Increment(ref commands)}";
        for (var tries = 0; ; tries++)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(person, ct));
            if (method == HttpMethod.Post) request.Headers.Add("Idempotency-Key", key);
            if (version is not null) request.Headers.Add("If-Match", $"\"{version}\"");
            if (body is not null) request.Content = JsonContent.Create(body, options: JsonSerializerOptions.Web);
            using var response = await http.SendAsync(request, ct);
            if (response.IsSuccessStatusCode) return await response.Content.ReadFromJsonAsync<JsonElement>(ct);
            if (tries == 200) throw new InvalidOperationException($"The demonstration could not be made: {method} {path} as {person}: {await response.Content.ReadAsStringAsync(ct)}");
            await Task.Delay(10, ct);
        }
    }

    private async Task<string> TokenAsync(string person, CancellationToken ct)
    {
        if (tokens.TryGetValue(person, out var held) && held.Until > clock.Now) return held.Token;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "urn:workflow-platform:card", ["person"] = person });
        using var response = await http.PostAsync(new Uri("api/registry/issuer/token", UriKind.Relative), form, ct);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
        var token = answer.GetProperty("access_token").GetString()!;
        tokens[person] = (token, clock.Now.AddSeconds(answer.GetProperty("expires_in").GetInt32() - 60));
        return token;
    }

    public void Dispose() => http.Dispose();

    /// <summary>A post that is written: its draft's id and, once it is submitted, its request and the instant it asks for.</summary>
    private sealed record Draft(DemonstrationPost Post, Guid Id, Guid Request, DateTimeOffset NotBefore)
    {
        public string Fate => Post.Fate;
    }
}
