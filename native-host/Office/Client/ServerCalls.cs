using Contracts;
using Contracts.Wire;

namespace Office.Client;

/// <summary>The requests of server/docs/api.md that a host makes, one method each.</summary>
internal static class ServerCalls
{
    public static WireServer Server(this ServerConnection server) => server.Get("/v1/server", WireJson.Default.WireServer);

    public static void Found(this ServerConnection server, WireGenesis genesis) => server.Put("/v1/genesis", genesis, WireJson.Default.WireGenesis);

    public static WireLog Log(this ServerConnection server, long from) => server.Get("/v1/log", WireJson.Default.WireLog, $"?from={from}");

    public static void Append(this ServerConnection server, long index, WireLogEntry entry) =>
        server.Put($"/v1/log/{index}", entry, WireJson.Default.WireLogEntry);

    public static void PutProfile(this ServerConnection server, Id member, WireSigned profile) =>
        server.Put($"/v1/profiles/{member}", profile, WireJson.Default.WireSigned);

    public static void PutGroupName(this ServerConnection server, Id group, WireSigned name) =>
        server.Put($"/v1/groups/{group}/name", name, WireJson.Default.WireSigned);

    public static WireGroupKeys GroupKeys(this ServerConnection server, Id group) =>
        server.Get($"/v1/groups/{group}/keys", WireJson.Default.WireGroupKeys);

    public static void PutGroupKey(this ServerConnection server, Id group, long epoch, Id member, WireWrap wrap) =>
        server.Put($"/v1/groups/{group}/keys/{epoch}/{member}", wrap, WireJson.Default.WireWrap);

    public static void PutBeacon(this ServerConnection server, WireSigned beacon) => server.Put("/v1/beacon", beacon, WireJson.Default.WireSigned);

    public static void Transact(this ServerConnection server, Id transaction, byte[] body) => server.Put($"/v1/transactions/{transaction}", body);

    public static WireItem Item(this ServerConnection server, Id item, long from) =>
        server.Get($"/v1/items/{item}", WireJson.Default.WireItem, $"?from={from}");

    public static void PutBack(this ServerConnection server, Id item, WireItem lost) =>
        server.Put($"/v1/items/{item}/put-back", lost, WireJson.Default.WireItem);

    public static void PutPart(this ServerConnection server, Id item, Id part, byte[] bytes) =>
        server.Put($"/v1/items/{item}/parts/{part}", new WirePart { Sealed = bytes }, WireJson.Default.WirePart);

    public static byte[] Part(this ServerConnection server, Id item, Id part) =>
        server.Get($"/v1/items/{item}/parts/{part}", WireJson.Default.WirePart).Sealed.ToArray();

    public static void DeletePart(this ServerConnection server, Id item, Id part) => server.Delete($"/v1/items/{item}/parts/{part}");

    public static WireChanges Changes(this ServerConnection server, WirePositions positions) =>
        server.Post("/v1/changes", positions, WireJson.Default.WirePositions, WireJson.Default.WireChanges);

    public static void PutRequest(this ServerConnection server, Id request, WireRequest body) =>
        server.Put($"/v1/requests/{request}", body, WireJson.Default.WireRequest);

    public static void DeleteRequest(this ServerConnection server, Id request) => server.Delete($"/v1/requests/{request}");

    public static void PutInvitation(this ServerConnection server, Id invitation, WireInvitation body) =>
        server.Put($"/v1/invitations/{invitation}", body, WireJson.Default.WireInvitation);

    public static void DeleteInvitation(this ServerConnection server, Id invitation) => server.Delete($"/v1/invitations/{invitation}");

    public static WireInvitations Invitations(this ServerConnection server) => server.Get("/v1/invitations", WireJson.Default.WireInvitations);

    public static WireInvitation Invitation(this ServerConnection server, Id invitation) =>
        server.Get($"/v1/invitations/{invitation}", WireJson.Default.WireInvitation);

    public static WireLog InvitationLog(this ServerConnection server, Id invitation, long from) =>
        server.Get($"/v1/invitations/{invitation}/log", WireJson.Default.WireLog, $"?from={from}");

    public static void Answer(this ServerConnection server, Id invitation, WireAnswer answer) =>
        server.Put($"/v1/invitations/{invitation}/answer", answer, WireJson.Default.WireAnswer);

    public static WireAnswers Answers(this ServerConnection server, Id invitation) =>
        server.Get($"/v1/invitations/{invitation}/answers", WireJson.Default.WireAnswers);

    public static void PutEvents(this ServerConnection server, Id batch, WireEvents events) =>
        server.Put($"/v1/audit/batches/{batch}", events, WireJson.Default.WireEvents);

    public static WireAuditChains AuditChains(this ServerConnection server) => server.Get("/v1/audit", WireJson.Default.WireAuditChains);

    public static WireAudit Audit(this ServerConnection server, Id chain, long from) =>
        server.Get($"/v1/audit/{chain}", WireJson.Default.WireAudit, $"?from={from}");

    public static WireDependents Dependents(this ServerConnection server, Id member) =>
        server.Get($"/v1/members/{member}/dependents", WireJson.Default.WireDependents);
}
