// The framework has a Route of its own among its implicit usings.
global using Route = WorkflowPlatform.Clearance.Domain.Policy.Route;
