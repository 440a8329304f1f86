using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>When the register changes persons or appointments, Oversight's own table of rights follows.</summary>
public sealed class OnRightsRecorded(OversightDb db) : RightsConsumer(db);
