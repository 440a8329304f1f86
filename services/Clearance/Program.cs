using WorkflowPlatform.Platform.Hosting;

return await ServiceHost.RunAsync(args, new WorkflowPlatform.Clearance.ClearanceModule());
