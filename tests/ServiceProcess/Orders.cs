using System.Diagnostics;

namespace WorkflowPlatform.ServiceProcess;

/// <summary>What the test that started this process wants of it, line by line on its input. Where the input ends the test has ended, and so does this.</summary>
internal static class Orders
{
    public static async Task FollowAsync(FailPoint failPoint)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync() is { } line)
            if (line.Split(' ') is ["fail-at", var step, var time]) failPoint.Arm(step, int.Parse(time));

        // Asks politely first: an orderly stop writes down what is under way.
        using var own = Process.GetCurrentProcess();
        using (var kill = Process.Start("kill", ["-TERM", $"{own.Id}"])) await kill.WaitForExitAsync();
        await Task.Delay(TimeSpan.FromSeconds(15));
        own.Kill();
    }
}
