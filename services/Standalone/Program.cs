using WorkflowPlatform.Standalone;

return await StandaloneHost.RunAsync(args);
