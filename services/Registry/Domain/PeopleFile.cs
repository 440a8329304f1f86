using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Registry.Domain;

/// <summary>What one line of a people file says: a person, perhaps an identity, and one appointment.</summary>
public sealed record PersonLine(
    string Person, string Name, PersonIdentity? Identity, string Office, string Role, DateTimeOffset From, DateTimeOffset? To);

/// <summary>What a people file is checked against.</summary>
/// <param name="Missions">Codes of the missions in the register.</param>
/// <param name="Offices">Codes of the offices in the register; a mission's is there when it has a front office.</param>
/// <param name="Owners">Whose identity is whose already.</param>
/// <param name="LocalIssuer">The local issuer's name; it knows people by their staff number.</param>
public sealed record PeopleContext(
    IReadOnlySet<string> Missions, IReadOnlySet<string> Offices, IReadOnlyDictionary<PersonIdentity, string> Owners, string LocalIssuer);

/// <summary>A people file: <c>person,name,issuer,subject,office,role,from,to</c>; one line for each appointment.</summary>
public static class PeopleFile
{
    public static readonly IReadOnlyList<string> Columns = ["person", "name", "issuer", "subject", "office", "role", "from", "to"];

    public static CheckedFile<PersonLine> Check(IEnumerable<CsvLine> lines, PeopleContext context)
    {
        var (appointments, names, owners) = (new Dictionary<Guid, int>(), new Dictionary<string, (string Name, int Line)>(), new Dictionary<PersonIdentity, string>(context.Owners));
        return Lines.Check(Columns, lines, line =>
        {
            var (person, faults) = Read(line.Fields, context);
            if (faults.Count > 0) return (person, faults);

            var id = AppointmentRules.IdOf(person);
            if (appointments.TryGetValue(id, out var first)) faults.Add($"The same appointment stands in line {first} already.");
            if (names.TryGetValue(person.Person, out var known) && known.Name != person.Name) faults.Add($"{person.Person} bears another name in line {known.Line}.");
            if (person.Identity is { } identity && owners.TryGetValue(identity, out var owner) && owner != person.Person)
                faults.Add($"Issuer and subject are {owner}'s. Where they have changed hands, import {owner} with another identity first.");
            if (faults.Count > 0) return (person, faults);

            appointments[id] = line.Number;
            names.TryAdd(person.Person, (person.Name, line.Number));
            if (person.Identity is { } own) owners[own] = person.Person;
            return (person, faults);
        });
    }

    private static (PersonLine Line, List<string> Faults) Read(IReadOnlyList<string> f, PeopleContext context)
    {
        var (person, name, issuer, subject, office, role) = (f[0], f[1], f[2], f[3], f[4], f[5]);
        var faults = new List<string>();
        if (!Lines.IsStaffNumber(person)) faults.Add($"Person {Lines.Quote(person)} is not a staff number: up to 32 letters, digits, hyphens and full stops.");
        if (Lines.FlawOf("The name", name) is { } unnamed) faults.Add(unnamed);
        faults.AddRange(IdentityFaults(person, issuer, subject, context.LocalIssuer));
        faults.AddRange(RoleFaults(office, role, context));
        if (!Lines.TryInstant(f[6], out var from)) faults.Add($"From {Lines.Quote(f[6])} is not a date like 2026-12-01.");
        var until = DateTimeOffset.MaxValue;
        if (f[7] != "" && !Lines.TryInstant(f[7], out until)) faults.Add($"To {Lines.Quote(f[7])} is not a date like 2027-12-01; it may be empty.");
        else if (until <= from) faults.Add("The appointment ends before it begins: to is the first day after it.");
        return (new(person, name, issuer == "" ? null : new(issuer, subject), office, role, from, f[7] == "" ? null : until), faults);
    }

    private static IEnumerable<string> IdentityFaults(string person, string issuer, string subject, string localIssuer)
    {
        if (issuer == "" && subject == "") yield break;
        if (issuer == "" || subject == "") yield return "Issuer and subject go together: give both or neither.";
        else if (Lines.FlawOf("The issuer", issuer) is { } badIssuer) yield return badIssuer;
        else if (Lines.FlawOf("The subject", subject) is { } badSubject) yield return badSubject;
        else if (subject.StartsWith("service:", StringComparison.Ordinal)) yield return "The subject is a service's, not a person's.";
        else if (issuer == localIssuer && subject != person) yield return "The local issuer knows people by their staff number: subject and person must be the same.";
    }

    /// <remarks>Who keeps the register or reads the ledger does so for all missions: held elsewhere these would be a way round the centre.</remarks>
    private static IEnumerable<string> RoleFaults(string office, string role, PeopleContext context)
    {
        var (mission, known) = (context.Missions.Contains(office), office == Offices.Central || context.Offices.Contains(office));
        if (!mission && !known) yield return $"Office {Lines.Quote(office)} is not known: it is a mission's code or an office's from the register, or {Offices.Central}.";
        else if (!Roles.All.Contains(role)) yield return $"Role {Lines.Quote(role)} is not known. There are: {string.Join(", ", Roles.All)}.";
        else if (role == Roles.DraftingOfficer && !mission) yield return $"{role} is a role in a mission, not in {office}.";
        else if (Roles.OfAnOffice.Contains(role) && !known) yield return $"{role} is a role in an office, and {office} has no front office in the register: import that first.";
        else if (role is Roles.Registrar or Roles.Auditor && office != Offices.Central) yield return $"{role} is a role in {Offices.Central}, not in {office}.";
    }
}
