using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using Contracts;
using Contracts.Wire;

namespace Server.Http;

/// <summary>Writes the endpoints as an OpenAPI document (version 3.1), from the very table that they are mapped from.</summary>
internal static partial class OpenApi
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Schemas nest more deeply than what they describe.</summary>
    private static readonly JsonSerializerOptions Deep = new(WireJson.Default.Options) { MaxDepth = 64 };

    public static string Write(IEnumerable<ApiEndpoint> endpoints)
    {
        var paths = new JsonObject();
        var schemas = new JsonObject();
        foreach (var endpoint in endpoints)
        {
            var path = (JsonObject)(paths[endpoint.Pattern] ??= new JsonObject());
            path[endpoint.Method.ToLowerInvariant()] = OperationOf(endpoint, schemas);
        }
        Add(schemas, typeof(WireError));
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Latchkey share server", ["version"] = WireApi.Current.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
        return document.ToJsonString(Indented) + "\n";
    }

    private static JsonObject OperationOf(ApiEndpoint endpoint, JsonObject schemas)
    {
        var parameters = new JsonArray();
        foreach (var name in Names().Matches(endpoint.Pattern).Select(match => match.Groups[1].Value))
        {
            parameters.Add(new JsonObject
            {
                ["name"] = name,
                ["in"] = "path",
                ["required"] = true,
                ["schema"] = name is "index" or "epoch" ? new JsonObject { ["type"] = "integer" } : IdSchema(),
            });
        }
        var operation = new JsonObject
        {
            ["description"] = endpoint.Access switch
            {
                Access.Member => "signed by a member",
                Access.FormerMember => "signed by a member, or one who was removed",
                _ => "not signed",
            },
            ["parameters"] = parameters,
        };
        if (endpoint.Body is { } body)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = ContentOf(body, schemas) };
        }
        operation["responses"] = new JsonObject
        {
            [endpoint.Result is null && endpoint.Method != "GET" ? "204" : "200"] = endpoint.Result is { } result
                ? new JsonObject { ["description"] = "done", ["content"] = ContentOf(result, schemas) }
                : new JsonObject { ["description"] = "done" },
            ["default"] = new JsonObject { ["description"] = "not done", ["content"] = ContentOf(typeof(WireError), schemas) },
        };
        return operation;
    }

    private static JsonObject ContentOf(Type type, JsonObject schemas)
    {
        Add(schemas, type);
        return new JsonObject
        {
            ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" } },
        };
    }

    private static void Add(JsonObject schemas, Type type)
    {
        if (!schemas.ContainsKey(type.Name))
        {
            schemas[type.Name] = Deep.GetJsonSchemaAsNode(
                type,
                new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, schema) => SchemaOf(context.TypeInfo.Type) ?? schema });
        }
    }

    /// <summary>What has a converter of its own, of which the exporter knows nothing.</summary>
    private static JsonObject? SchemaOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(Id) ? IdSchema()
            : plain == typeof(ReadOnlyMemory<byte>) ? new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64url" }
            : plain == typeof(WireErrorKind) ? Words<WireErrorKind>()
            : plain == typeof(WireChangeKind) ? Words<WireChangeKind>()
            : plain == typeof(WireEventKind) ? Words<WireEventKind>()
            : plain == typeof(Right) ? Words<Right>()
            : null;
    }

    private static JsonObject IdSchema() => new() { ["type"] = "string", ["minLength"] = Id.Characters, ["maxLength"] = Id.Characters };

    private static JsonObject Words<T>() where T : struct, Enum =>
        new() { ["enum"] = new JsonArray([.. Enum.GetValues<T>().Select(value => (JsonNode)WireWords.Of(value))]) };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Names();
}
