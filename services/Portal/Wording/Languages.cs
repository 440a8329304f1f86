using System.Globalization;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>Languages by their English names.</summary>
internal static class Languages
{
    public static string Name(string code)
    {
        try
        {
            return CultureInfo.GetCultureInfo(code).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }
}
