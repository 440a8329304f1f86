using WorkflowPlatform.Platform.Hosting;

return await ServiceHost.RunAsync(args, new WorkflowPlatform.Oversight.OversightModule());
