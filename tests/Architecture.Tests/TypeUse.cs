using System.Reflection;
using System.Reflection.Emit;

namespace WorkflowPlatform.Architecture.Tests;

/// <summary>Reads out of the compiled code which types a type uses: in its signatures, its fields and inside its methods.</summary>
internal static class TypeUse
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Types with a name in the source; what the compiler made inside them counts as theirs.</summary>
    public static IEnumerable<Type> Written(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.DeclaringType is null && type.Namespace?.StartsWith("WorkflowPlatform", StringComparison.Ordinal) == true);

    public static HashSet<Type> Of(Type type)
    {
        var used = new HashSet<Type>();
        Collect(type, used);
        return used;
    }

    /// <summary>The methods and constructors that a type's code calls, as the instructions name them.</summary>
    public static IEnumerable<MethodBase> Calls(Type type) => Methods(type)
        .SelectMany(method => Tokens(method).Where(token => token.Kind is not OperandType.InlineString).Select(token => Resolve(method, token.Token)).OfType<MethodBase>());

    /// <summary>The texts that stand in a type's code.</summary>
    public static IEnumerable<string> Texts(Type type) => Methods(type)
        .SelectMany(method => Tokens(method).Where(token => token.Kind is OperandType.InlineString).Select(token => method.Module.ResolveString(token.Token)));

    private static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMembers(Everything).OfType<MethodBase>().Concat(type.GetNestedTypes(Everything).SelectMany(Methods));

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token, method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null, method is { IsGenericMethod: true } ? method.GetGenericArguments() : null);

    private static void Collect(Type type, HashSet<Type> used)
    {
        Add(type.BaseType, used);
        foreach (var implemented in type.GetInterfaces()) Add(implemented, used);
        foreach (var field in type.GetFields(Everything)) Add(field.FieldType, used);
        foreach (var attribute in type.GetCustomAttributesData()) Add(attribute.AttributeType, used);
        foreach (var method in type.GetMembers(Everything).OfType<MethodBase>()) Collect(method, used);
        foreach (var nested in type.GetNestedTypes(Everything)) Collect(nested, used);
    }

    private static void Collect(MethodBase method, HashSet<Type> used)
    {
        if (method is MethodInfo { ReturnType: { } result }) Add(result, used);
        foreach (var parameter in method.GetParameters()) Add(parameter.ParameterType, used);
        if (method.GetMethodBody() is not { } body) return;
        foreach (var local in body.LocalVariables) Add(local.LocalType, used);
        foreach (var (_, token) in Tokens(method).Where(token => token.Kind is not OperandType.InlineString)) Add(method, token, used);
    }

    private static void Add(MethodBase method, int token, HashSet<Type> used)
    {
        switch (Resolve(method, token))
        {
            case Type type: Add(type, used); break;
            case FieldInfo field: Add(field.DeclaringType, used); Add(field.FieldType, used); break;
            case MethodInfo { Name: "get_CurrentManagedThreadId" }: break; // The compiler's own, in every iterator.
            case MethodInfo called:
                Add(called.DeclaringType, used);
                Add(called.ReturnType, used);
                foreach (var argument in called.GetGenericArguments()) Add(argument, used);
                break;
            case MethodBase constructor: Add(constructor.DeclaringType, used); break;
        }
    }

    private static void Add(Type? type, HashSet<Type> used)
    {
        if (type is null || type.IsGenericParameter) return;
        if (type.HasElementType) { Add(type.GetElementType(), used); return; }
        if (!used.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type) && !type.IsGenericType) return;
        foreach (var argument in type.GetGenericArguments()) Add(argument, used);
    }

    /// <summary>The metadata tokens that the instructions name (ECMA-335, partition III).</summary>
    private static IEnumerable<(OperandType Kind, int Token)> Tokens(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < il.Length;)
        {
            short value = il[at++];
            if (value == 0xFE) value = (short)(0xFE00 | il[at++]);
            var code = Codes[value];
            switch (code.OperandType)
            {
                case OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok or OperandType.InlineString:
                    yield return (code.OperandType, BitConverter.ToInt32(il, at));
                    at += 4;
                    break;
                case OperandType.InlineSwitch: at += 4 + 4 * BitConverter.ToInt32(il, at); break;
                case OperandType.InlineNone: break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar: at += 1; break;
                case OperandType.InlineVar: at += 2; break;
                case OperandType.InlineI8 or OperandType.InlineR: at += 8; break;
                default: at += 4; break;
            }
        }
    }
}
