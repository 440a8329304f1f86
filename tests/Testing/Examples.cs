namespace WorkflowPlatform.Testing;

/// <summary>Makes an example of any contract: every member filled, always the same.</summary>
public static class Examples
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 9, 0, 0, 250, TimeSpan.Zero);

    public static T Of<T>() => (T)Of(typeof(T));

    public static object Of(Type type) => Of(type, type.Name);

    private static object Of(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner, name);
        if (type == typeof(string)) return char.ToLowerInvariant(name[0]) + name[1..];
        if (type == typeof(Guid)) return new Guid("01900000-0000-7000-8000-000000000001");
        if (type == typeof(int)) return 1;
        if (type == typeof(bool)) return true;
        if (type == typeof(DateTimeOffset)) return At;
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0)!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var items = Array.CreateInstance(type.GetGenericArguments()[0], 1);
            items.SetValue(Of(items.GetType().GetElementType()!, name), 0);
            return items;
        }
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType, parameter.Name!))]);
    }
}
