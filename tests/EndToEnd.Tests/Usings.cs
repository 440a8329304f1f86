global using WorkflowPlatform.Platform.Hosting;
global using WorkflowPlatform.Testing;
