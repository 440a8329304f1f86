using WorkflowPlatform.DeadLetters;

const string Usage = """
    dead-letters list                        what lies there
    dead-letters explain MESSAGE_ID          one, whole
    dead-letters replay MESSAGE_ID|--all     give it back to its consumer, under the same MessageId
    with --standalone DATA_FOLDER, or BROKER_URL and BROKER_MANAGEMENT in the environment
    """;

var words = args.ToList();
string? folder = null;
if (words.IndexOf("--standalone") is >= 0 and var at && at + 1 < words.Count)
{
    folder = words[at + 1];
    words.RemoveRange(at, 2);
}
var (broker, management) = (Environment.GetEnvironmentVariable("BROKER_URL"), Environment.GetEnvironmentVariable("BROKER_MANAGEMENT"));
if (words.Count == 0 || (folder is null && (broker is null || management is null)))
{
    await Console.Error.WriteLineAsync(Usage);
    return 64; // EX_USAGE
}

await using IDeadLetterOffice office = folder is not null ? new FolderOffice(folder) : new BrokerOffice(new Uri(broker!), new Uri(management!));
var letters = await office.ListAsync();
switch (words)
{
    case ["list"]:
        foreach (var letter in letters) Console.WriteLine($"{letter.MessageId}  {letter.Queue}  {letter.Type.Split('.')[^1]}  {letter.Reason}");
        Console.WriteLine($"{letters.Count} dead letters");
        return 0;
    case ["explain", var id]:
        foreach (var letter in letters.Where(l => l.MessageId.Equals(id, StringComparison.OrdinalIgnoreCase)))
            Console.WriteLine($"""
                message  {letter.MessageId}
                queue    {letter.Queue}
                type     {letter.Type}
                when     {letter.When}
                reason   {letter.Reason}
                {letter.Details}
                {letter.Body}

                """);
        return letters.Any(l => l.MessageId.Equals(id, StringComparison.OrdinalIgnoreCase)) ? 0 : 1;
    case ["replay", var which]:
        var wanted = letters.Where(l => which == "--all" || l.MessageId.Equals(which, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var letter in wanted)
        {
            await office.ReplayAsync(letter);
            Console.WriteLine($"{letter.MessageId} is back in {letter.Queue}");
        }
        return wanted.Count > 0 || which == "--all" ? 0 : 1;
    default:
        await Console.Error.WriteLineAsync(Usage);
        return 64;
}
