using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>When Registry records a person or an appointment, keep it in the local table of rights.</summary>
public sealed class OnRightsRecorded(ClearanceDb db) : RightsConsumer(db);
