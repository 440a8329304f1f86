using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>Keeps who may do what here, as Registry records people and appointments.</summary>
public sealed class OnRightsRecorded(DraftingDb db) : RightsConsumer(db);
