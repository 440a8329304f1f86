using System.Diagnostics;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>The operator's scripts for permit keys, against the whole platform in one process.</summary>
public sealed class LosingAKey(ITestOutputHelper output)
{
    private static readonly string[] Trusted = ["--status"];

    [Fact(Timeout = 300_000)]
    public async Task The_drill_proves_that_a_lost_key_releases_nothing_and_that_what_is_wanted_goes_out_under_a_new_one()
    {
        await using var footing = await OneProcess.StartAsync([.. MinistryFiles.Missions().Take(2)]);
        await Tables.QuietAsync(footing);
        var (code, said) = await RunAsync("drill-lost-key", "--standalone", footing.Folder, footing.AddressOf("clearance").ToString().TrimEnd('/'));
        code.ShouldBe(0, said);
        said.ShouldContain("PROVED");
    }

    [Fact(Timeout = 300_000)]
    public async Task A_rotation_loses_no_permit_and_the_old_key_is_distrusted_when_its_last_permit_is_over()
    {
        var missions = MinistryFiles.Missions().Take(2).ToList();
        await using var footing = await OneProcess.StartAsync(missions);
        using var ministry = new Ministry(footing.AddressOf);
        await Tables.QuietAsync(footing);
        var due = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.Now.ToUnixTimeSeconds() + 25);
        var before = await Desks.ScheduleAsync(ministry, [new Post(missions[0], "en", "Cleared under the old key.", due)]);
        var old = await KeysAsync(footing);

        (await ScriptAsync(footing)).ShouldBe(0);
        (await ScriptAsync(footing, "--finish")).ShouldBe(75, "a release stands on the old key");
        var after = await Desks.ScheduleAsync(ministry, [new Post(missions[1], "en", "Cleared under the new key.", due)]);
        (await KeysAsync(footing)).Count.ShouldBe(2);
        foreach (var (draft, post) in before.Concat(after))
            await Eventually.Be(async () => (await ministry.DraftAsync(post.Officer, draft))["standing"].GetString() == "Released", TimeSpan.FromMinutes(1));

        (await ScriptAsync(footing, "--finish")).ShouldBe(0);
        var left = (await KeysAsync(footing)).ShouldHaveSingleItem();
        left.ShouldEndWith("trusted, signs");
        old.ShouldHaveSingleItem()[..16].ShouldNotBe(left[..16]);
        Directory.GetFiles(Path.Combine(footing.Folder, "keys", "permit"), $"{old[0][..16]}*").ShouldBeEmpty("neither half of the old key lies where it could be used or handed over");
    }

    [Fact(Timeout = 300_000)]
    public async Task A_key_in_a_token_is_handed_over_by_its_public_half_alone()
    {
        await using var footing = await OneProcess.StartAsync([.. MinistryFiles.Missions().Take(1)]);
        using var key = Platform.Signing.SigningKey.OpenOrCreate(Path.Combine(footing.Folder, "elsewhere"));
        var (whole, half) = (Path.Combine(footing.Folder, "elsewhere", $"{key.KeyId}.pem"), Path.Combine(footing.Folder, "half.pem"));
        await File.WriteAllTextAsync(half, key.PublicPem);
        (await ScriptAsync(footing, "--public", whole)).ShouldBe(64);
        (await KeysAsync(footing)).ShouldHaveSingleItem();
        (await ScriptAsync(footing, "--public", half)).ShouldBe(0);
        (await KeysAsync(footing)).ShouldContain($"{key.KeyId} trusted");
    }

    private async Task<int> ScriptAsync(OneProcess footing, params string[] arguments) => (await RunAsync("rotate-permit-key", ["--standalone", footing.Folder, .. arguments])).Code;

    private async Task<List<string>> KeysAsync(OneProcess footing) =>
        [.. (await RunAsync("rotate-permit-key", ["--standalone", footing.Folder, .. Trusted])).Said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains("trusted", StringComparison.Ordinal))];

    private async Task<(int Code, string Said)> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Generated.Root, "deploy", "scripts", script)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (said, told) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        output.WriteLine($"{script} {string.Join(' ', arguments)}: {process.ExitCode}\n{await told}{await said}");
        return (process.ExitCode, await said + await told);
    }
}
