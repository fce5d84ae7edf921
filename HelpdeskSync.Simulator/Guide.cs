namespace HelpdeskSync.Simulator;

/// <summary>What a person who starts the simulator by hand needs to know.</summary>
internal static class Guide
{
    public const string Usage = """
        A helpdesk that behaves as Zoho Desk's REST API v1 does.

          dotnet run --project HelpdeskSync.Simulator -- [options]

          --port N          port on 127.0.0.1, 0 picks a free one        (7080)
          --tickets N       tickets at the start                         (2000)
          --contacts N      contacts at the start                        (500)
          --agents N        agents at the start                          (20)
          --departments N   departments at the start                     (8)
          --seed N          what all data is drawn from                  (1)
          --archived N      percent of the initial tickets archived      (0)
          --dialect NAME    zoho | plain (list rows with modifiedTime)   (zoho)
          --rotate          rotate the refresh token at every use
          --data DIR        keep a journal there; a restart goes on with the same data
          --help            this text
        """;

    public const string Text = """
        API       /api/v1/tickets ...         header Authorization: Zoho-oauthtoken <token>, header orgId: 701234567
        Tokens    POST /oauth/v2/token        grant_type=refresh_token&client_id=1000.SIMULATORCLIENT
                                              &client_secret=simulator-client-secret&refresh_token=1000.simulator.refresh
        Keys      GET  /.well-known/jwks.json

        Controls
          GET    /_simulator/state                               counts per table
          GET    /_simulator/records/{table}[?withParent=true]   the truth now, one JSON document a line
          GET    /_simulator/versions/{table}/{id}
          GET    /_simulator/answers/{table}                     every record that was served, where the option KeepAnswers is set
          POST   /_simulator/changes   {"perSecond":5,"seconds":60,"mix":{"create":1,"update":6,"comment":3,"thread":3,"delete":1,"restore":0.2}}
          GET    /_simulator/changes   how far it is             DELETE stops it
          POST   /_simulator/records/{table}[?parent={ticketId}] {"field":"planted value"} or no body
          PUT    /_simulator/records/{table}/{id}                no body: new generated values; {}: only the modified time
          DELETE /_simulator/records/{table}/{id}[?purge=true]
          POST   /_simulator/records/{table}/{id}/restore
          PUT    /_simulator/webhooks  {"url":"http://...","format":"plain","secret":"...","drop":0.1,"duplicate":0.1,"reorderMs":2000,"retries":0}
          POST   /_simulator/webhooks/keys[?keepFormer=false]    signs Zoho's tokens with a new key; without the former ones if so said
          PUT    /_simulator/faults    {"latencyMs":80,"jitterMs":20,"errorRate":0.02,"rateLimit":{"perSecond":50},
                                       "concurrency":10,"resetConnections":0.01,"slowBodies":0.01,"truncateJson":0.01,"creditsLeft":500,
                                       "changeAfterPage":0.5,"numericIds":true,"failIds":["1"],"failFirst":1,"deny403":true,"emptyListings":true,
                                       "expireTokensAfterMs":5000}       {} ends all
          POST   /_simulator/baseline/sync[?tables=a,b][&start=modified|synced]   one sync of a connector in Fivetran's history mode
          GET    /_simulator/baseline/{table}[/schema]           its table, one row a line; and the columns as BigQuery writes them
          GET    /_simulator/requests  what callers did          DELETE resets it
        tables: tickets contacts threads comments agents departments

        """;
}
