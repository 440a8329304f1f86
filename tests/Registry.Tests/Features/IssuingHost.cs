using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Registry.Tests.Features;

/// <summary>Registry with its own issuer, not the test's, and three people in its register: two by card, one known to an identity provider.</summary>
internal static class IssuingHost
{
    public static async Task<ServiceUnderTest> StartAsync(Setup setup)
    {
        var folder = Directory.CreateTempSubdirectory("registry-seed-").FullName;
        try
        {
            setup.Settings["Registry:Seed:Missions"] = Write(folder, "missions.csv", RegistryHost.MissionsHeader, RegistryHost.Kabul);
            setup.Settings["Registry:Seed:People"] = Write(folder, "people.csv", RegistryHost.PeopleHeader,
                "1101,Amina Yusuf,,,KBL,drafting-officer,2020-01-01,",
                "2201,Hina Malik,,,CENTRAL,clearing-officer,2020-01-01,2021-01-01",
                "3301,Laila Shah,https://idp,laila,CENTRAL,registrar,2020-01-01,");
            return await ServiceUnderTest.StartAsync(setup, new RegistryModule());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Write(string folder, string name, params string[] lines)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }
}
