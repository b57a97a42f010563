using Server.Storage;

namespace Server.Backup;

/// <summary>Makes a backup as often as the settings say, and deletes all but the newest of its folder.</summary>
internal sealed class ScheduledBackups(Database database, Settings settings, TimeProvider clock, ILogger<ScheduledBackups> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Makes one if it is time.</summary>
    /// <returns>Whether it made one.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var folder = Backups.FolderIn(settings.DataFolder);
        var now = clock.GetUtcNow();
        if (Backups.In(folder) is [var newest, ..] && Backups.TimeOf(newest) > now - settings.BackupEvery)
        {
            return false;
        }
        await Backups.CreateAsync(database, folder, now, cancellationToken);
        foreach (var old in Backups.In(folder).Skip(settings.BackupsKept))
        {
            File.Delete(old);
        }
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.BackupEvery == TimeSpan.Zero)
        {
            return;
        }
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is System.Data.Common.DbException or IOException or UnauthorizedAccessException or InvalidDataException)
            {
                Log.WorkFailed(logger, "backup", failure.GetType().Name);
            }
        }
    }
}
