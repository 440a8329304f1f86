using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Publishing.Channels;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Publishing.Features;

namespace WorkflowPlatform.Publishing.Releasing;

/// <summary>Does before the due instant what can be done before: the package's bytes are at hand and the channel is ready. Everything is checked again at the instant.</summary>
internal sealed partial class Armory(IServiceScopeFactory scopes, ChannelDirectory channels, PermitTrust trust, ILogger<Armory> log)
{
    private readonly ConcurrentDictionary<Guid, byte[]?> armed = new();
    private Task arming = Task.CompletedTask;

    /// <summary>Arms in the background what is not armed; one batch at a time.</summary>
    public void Consider(IReadOnlyList<DueRelease> soon, CancellationToken ct)
    {
        if (!arming.IsCompleted) return;
        var wanted = soon.Where(r => r.Status is ReleaseStatus.Scheduled).Select(r => r.Id).ToHashSet();
        foreach (var gone in armed.Keys.Where(id => !wanted.Contains(id))) armed.TryRemove(gone, out _); // Stopped meanwhile, or at work.
        var batch = wanted.Where(id => !armed.ContainsKey(id)).Take(64).ToList();
        if (batch.Count > 0) arming = ArmAsync(batch, ct);
    }

    /// <summary>The bytes that were made ready; null when none were.</summary>
    public byte[]? Take(Guid release) => armed.TryRemove(release, out var bytes) ? bytes : null;

    private async Task ArmAsync(List<Guid> batch, CancellationToken ct)
    {
        foreach (var id in batch) armed[id] = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<DataScope>().BecomeSystem();
            var db = scope.ServiceProvider.GetRequiredService<PublishingDb>();
            var loaded = await (
                from release in db.Releases.AsNoTracking()
                where batch.Contains(release.Id)
                join package in db.Packages.AsNoTracking() on release.PackageDigest equals package.Digest
                select new { Release = release, package.Bytes }).ToListAsync(ct);
            foreach (var one in loaded)
            {
                if (one.Bytes is null || PackageStore.Read(one.Bytes) is not { } package || trust.Open(one.Release.Envelope).Permit is null) continue;
                armed.TryUpdate(one.Release.Id, one.Bytes, null);
                if (channels.For(one.Release.Network) is { } channel) await channel.PrepareAsync(ChannelPost.Of(one.Release, package), ct);
            }
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            NotArmed(log, fault, batch.Count); // What is missing is got at the instant itself.
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} releases could not be made ready before they are due")]
    private static partial void NotArmed(ILogger log, Exception fault, int count);
}
