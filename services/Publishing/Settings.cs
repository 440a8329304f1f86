namespace WorkflowPlatform.Publishing;

/// <summary>Publishing's settings, read when they are used.</summary>
internal sealed class Settings(IConfiguration configuration)
{
    public string DataFolder => Path.GetFullPath(configuration["Data:Folder"] ?? "data");

    /// <summary>Where an operator puts the public keys whose permits count.</summary>
    public string TrustFolder => configuration["Publishing:Trust"] ?? Path.Combine(DataFolder, "trust", "permit");

    /// <summary>From the intent to the moment after which nothing of the call leaves this process.</summary>
    public TimeSpan CallTime => Seconds("Publishing:CallSeconds", 10);

    /// <summary>From there to the moment at which the account shows what became of the call.</summary>
    public TimeSpan SettleTime => Seconds("Publishing:SettleSeconds", 5);

    /// <summary>Read back before anything is released: set after a restore, as is the file <see cref="ReconcileMarker"/>.</summary>
    public bool Reconcile => configuration.GetValue("Publishing:Reconcile", false);

    public string ReconcileMarker => Path.Combine(DataFolder, "reconcile");

    /// <summary>Class A with our own handles; without them class B.</summary>
    public bool NoticeboardHandles => configuration.GetValue("Publishing:Noticeboard:Handles", true);

    public Uri? NoticeboardUrl => configuration["Publishing:Noticeboard:Url"] is { } url ? new Uri(url) : null;

    private TimeSpan Seconds(string key, double otherwise) => TimeSpan.FromSeconds(configuration.GetValue(key, otherwise));
}
