using System.Text.Json.Serialization;
using Host.Protocol;

namespace Host.Client;

/// <summary>The client's side of the wire. Generated, and so written by another hand than the host's: the vectors are held against both.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    MaxDepth = Limits.Depth)]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(GetStatus))]
[JsonSerializable(typeof(Create))]
[JsonSerializable(typeof(Unlock))]
[JsonSerializable(typeof(Protocol.Lock))]
[JsonSerializable(typeof(Retire))]
[JsonSerializable(typeof(FindMatches))]
[JsonSerializable(typeof(Explain))]
[JsonSerializable(typeof(Search))]
[JsonSerializable(typeof(GetItem))]
[JsonSerializable(typeof(GetHistory))]
[JsonSerializable(typeof(Reveal))]
[JsonSerializable(typeof(GetCode))]
[JsonSerializable(typeof(Fill))]
[JsonSerializable(typeof(AlwaysFill))]
[JsonSerializable(typeof(GetSite))]
[JsonSerializable(typeof(GetSites))]
[JsonSerializable(typeof(Save))]
[JsonSerializable(typeof(Update))]
[JsonSerializable(typeof(Remove))]
[JsonSerializable(typeof(Restore))]
[JsonSerializable(typeof(GetTrash))]
[JsonSerializable(typeof(GetFolders))]
[JsonSerializable(typeof(GetAttachment))]
[JsonSerializable(typeof(Attach))]
[JsonSerializable(typeof(GetDraft))]
[JsonSerializable(typeof(Generate))]
[JsonSerializable(typeof(GetGenerated))]
[JsonSerializable(typeof(RevealGenerated))]
[JsonSerializable(typeof(GetProfiles))]
[JsonSerializable(typeof(ChangeSettings))]
[JsonSerializable(typeof(Welcome))]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(Matches))]
[JsonSerializable(typeof(Found))]
[JsonSerializable(typeof(Details))]
[JsonSerializable(typeof(History))]
[JsonSerializable(typeof(FoldersAndTags))]
[JsonSerializable(typeof(Revealed))]
[JsonSerializable(typeof(Code))]
[JsonSerializable(typeof(Filled))]
[JsonSerializable(typeof(Saved))]
[JsonSerializable(typeof(Generated))]
[JsonSerializable(typeof(GeneratedEntries))]
[JsonSerializable(typeof(Draft))]
[JsonSerializable(typeof(Explained))]
[JsonSerializable(typeof(Site))]
[JsonSerializable(typeof(Sites))]
[JsonSerializable(typeof(Profiles))]
[JsonSerializable(typeof(Settings))]
[JsonSerializable(typeof(ErrorReply))]
internal sealed partial class ClientJson : JsonSerializerContext;
