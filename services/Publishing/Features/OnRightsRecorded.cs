using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Publishing.Data;

namespace WorkflowPlatform.Publishing.Features;

/// <summary>When Registry records a person or an appointment, keep it in the local table of rights.</summary>
public sealed class OnRightsRecorded(PublishingDb db) : RightsConsumer(db);
