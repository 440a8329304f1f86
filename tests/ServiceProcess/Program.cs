using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.ServiceProcess;
using WorkflowPlatform.Standalone;

// One service by name, or "standalone", as its own program would run it; and it may be told to kill itself at a step.
//   ServiceProcess NAME [--until-input-ends] [arguments of the service]
// The environment FAIL_AT=step and FAIL_AFTER=n, or the order "fail-at step n" on its input, arm a fail point.
var (name, rest) = (args[0], args[1..].Where(argument => argument != "--until-input-ends").ToArray());
var failPoint = new FailPoint();
if (Environment.GetEnvironmentVariable("FAIL_AT") is { Length: > 0 } step)
    failPoint.Arm(step, int.Parse(Environment.GetEnvironmentVariable("FAIL_AFTER") ?? "1"));
if (args.Contains("--until-input-ends")) _ = Orders.FollowAsync(failPoint);

return name == "standalone"
    ? await StandaloneHost.RunAsync(rest)
    : await ServiceHost.RunAsync(rest, StandaloneHost.Modules().Single(module => module.Name == name));
