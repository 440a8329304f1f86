namespace WorkflowPlatform.Platform.Data;

/// <summary>Has a folder for one holder at a time, in this process or another: SQLite files whose locks, claims and relays assume one, keys while one is made.</summary>
public sealed class FileLock : IDisposable
{
    private readonly FileStream file;

    private FileLock(FileStream file) => this.file = file;

    /// <summary>Null when somebody else has it.</summary>
    public static FileLock? TryTake(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new FileLock(new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
