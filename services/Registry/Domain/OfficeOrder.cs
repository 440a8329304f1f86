namespace WorkflowPlatform.Registry.Domain;

/// <summary>What holds for all offices together: from each a line of parents leads to the central unit, and nothing is covered by two of a kind.</summary>
internal static class OfficeOrder
{
    /// <summary>Steps from an office up to the central unit; more is a slip of whoever keeps the file.</summary>
    public const int MostSteps = 8;

    /// <summary>Takes out of a file the lines that would break the order of what the register holds afterwards.</summary>
    /// <remarks>Without a line its office stays as it was, or unknown; so the rest is looked at again until nothing more is wrong.</remarks>
    public static CheckedFile<OfficeLine> Keep(CheckedFile<(int Number, OfficeLine Office)> file, IReadOnlyList<OfficeLine> register)
    {
        var (good, rejected) = (file.Good, file.Rejected.ToList());
        while (true)
        {
            var after = register.ToDictionary(office => office.Code);
            foreach (var (_, office) in good) after[office.Code] = office;
            var bad = good.Select(line => (line.Number, Fault: ParentFault(line.Office, after)))
                .Where(line => line.Fault is not null).ToDictionary(line => line.Number, line => line.Fault!);
            if (bad.Count == 0) bad = CoveredTwice(good, after);
            if (bad.Count == 0) return new([.. good.Select(line => line.Office)], [.. rejected.OrderBy(r => r.Line)]);
            rejected.AddRange(bad.Select(line => new RejectedLine(line.Key, line.Value)));
            good = [.. good.Where(line => !bad.ContainsKey(line.Number))];
        }
    }

    /// <summary>Null also when the fault is a line's above it: that goes first.</summary>
    private static string? ParentFault(OfficeLine line, Dictionary<string, OfficeLine> offices)
    {
        var path = new List<string> { line.Code };
        for (var at = line; at.Parent is { } parent; at = offices[parent])
        {
            if (!offices.ContainsKey(parent)) return at == line ? $"Parent {Lines.Quote(parent)} is not known: it is another office's code, from this file or from the register." : null;
            if (parent == line.Code) return $"Its parents go round in a circle: {string.Join(", ", path)}, {parent}.";
            if (path.Contains(parent)) return null;
            path.Add(parent);
            if (path.Count > MostSteps + 1) return $"Its parents do not come to the central unit within {MostSteps} steps.";
        }
        return null;
    }

    /// <summary>By line: what it covers and another of its kind does already. Who was there first keeps it.</summary>
    private static Dictionary<int, string> CoveredTwice(IReadOnlyList<(int Number, OfficeLine Office)> good, Dictionary<string, OfficeLine> after)
    {
        var (owners, faults, inFile) = (new Dictionary<(string Kind, string Thing), string>(), new Dictionary<int, string>(), good.Select(line => line.Office.Code).ToHashSet());
        foreach (var office in after.Values.Where(office => !inFile.Contains(office.Code)))
            foreach (var thing in office.Covers) owners[(office.Kind, thing)] = office.Code;
        foreach (var (number, office) in good)
            if (office.Covers.FirstOrDefault(thing => owners.ContainsKey((office.Kind, thing))) is { } taken) faults[number] = $"{taken} is {owners[(office.Kind, taken)]}'s already.";
            else
                foreach (var thing in office.Covers) owners[(office.Kind, thing)] = office.Code;
        return faults;
    }
}
