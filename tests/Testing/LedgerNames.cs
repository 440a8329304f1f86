using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Testing;

/// <summary>What the ledger calls the aggregate behind a fact, for facts that a test sends in its owner's place.</summary>
internal static class LedgerNames
{
    public static (string Aggregate, string Id) Of(IFact fact)
    {
        // The first member of every contract is its aggregate's id.
        var member = fact.GetType().GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters()[0].Name!;
        var id = fact.GetType().GetProperty(member)!.GetValue(fact)!.ToString()!;
        return (member switch
        {
            nameof(ClearanceOpened.RequestId) => "clearance-request",
            nameof(PermitRefused.RefusalId) => "permit-refusal",
            "Office" when fact is OfficeCutOff or OfficeReconnected => "office-reach",
            "Id" => "appointment",
            _ => Naming.Kebab(member.EndsWith("Id", StringComparison.Ordinal) ? member[..^2] : member),
        }, id);
    }
}
