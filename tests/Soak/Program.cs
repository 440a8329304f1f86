using System.Globalization;
using WorkflowPlatform.Soak;

// Soak --rounds N [--seed S] [--folder DIR] [--standalone] [--only VICTIM,VICTIM]
// Over private servers, which deploy/scripts/soak starts: SOAK_SERVERS (the script that kills and starts them), SOAK_STATE
// (their folder), TEST_POSTGRES and TEST_BROKER. Exit code 0 only when nothing was lost, doubled or uncleared.
string? Argument(string name) => Array.IndexOf(args, name) is var i and >= 0 && i + 1 < args.Length ? args[i + 1] : null;

var rounds = int.Parse(Argument("--rounds") ?? "8", CultureInfo.InvariantCulture);
var seed = int.Parse(Argument("--seed") ?? "1", CultureInfo.InvariantCulture);
var only = Argument("--only")?.Split(',') ?? [];
var folder = Path.GetFullPath(Argument("--folder") ?? Directory.CreateTempSubdirectory("workflow-soak-").FullName);
Console.WriteLine($"soak: {rounds} rounds, seed {seed}, in {folder}");

await using IVictims victims = args.Contains("--standalone")
    ? await StandaloneVictims.BeginAsync(folder)
    : await SeparateVictims.BeginAsync(folder, new ServerScript(Required("SOAK_SERVERS"), Required("SOAK_STATE")), Required("TEST_POSTGRES"), new Uri(Required("TEST_BROKER")));
return await new SoakRun(victims, rounds, new Random(seed), folder, only).LastAsync() ? 0 : 1;

static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"Set {name}, or run deploy/scripts/soak.");
