using System.Security.Cryptography;
using System.Text;
using Google.Cloud.SecretManager.V1;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Secrets;
using HelpdeskSync.Functions.Webhooks;
using HelpdeskSync.LocalCloud.SecretManager;
using HelpdeskSync.Tests.Telemetry;
using HelpdeskSync.Tests.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.Webhooks;

/// <summary>The webhook trigger over a durable store that only notes what is started.</summary>
internal sealed class WebhookFixture : IHttpClientFactory, IDisposable
{
    public const string Secret = "first webhook secret";
    private readonly string directory = Directory.CreateTempSubdirectory("webhooks-").FullName;
    private readonly SecretManagerConnection connection;
    private readonly SigningKeys keys;
    private readonly WebhookTrigger trigger;

    public WebhookFixture(WebhookOptions? webhooks = null)
    {
        Vault = new(directory, Clock);
        connection = new(_ => Task.FromResult<SecretManagerServiceClient>(new FaultySecretManager(Vault)));
        var names = Options.Create(new SecretsOptions { ProjectId = "p" });
        var helpdesk = Options.Create(new HelpdeskOptions { ApiBaseAddress = new("https://desk.example/api/v1"), OrganizationId = "701" });
        var options = Options.Create(webhooks ?? new() { WebhookIds = "11, 12" });
        var secrets = new SecretManagerSecrets(connection, names, Clock, NullLogger<SecretManagerSecrets>.Instance);
        keys = new(this, options, helpdesk, Clock, NullLogger<SigningKeys>.Instance);
        var connector = ConnectorFile.Read(new HelpdeskOptions());
        trigger = new(
            connector, new(secrets, new(keys, options, helpdesk, Clock), names), new(connector, options, Clock), Measured.Instruments, options, TimeProvider.System, NullLogger<WebhookTrigger>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    public LocalSecretStore Vault { get; }

    /// <summary>What was counted.</summary>
    public Readings Measured { get; } = new();

    public StartNotes Started { get; } = new();

    public HelpdeskKeys Helpdesk { get; } = new();

    public async Task<WebhookFixture> SeedAsync()
    {
        await Vault.EnsureSecretAsync("p", "helpdesk-webhook-secret", Secret);
        return this;
    }

    public Task<(int Status, string Body)> PostAsync(string body, string? secret = Secret, string? token = null)
        => PostAsync(Encoding.UTF8.GetBytes(body), secret, token);

    public Task<(int Status, string Body)> PostAsync(byte[] body, string? secret = Secret, string? token = null)
    {
        var http = new DefaultHttpContext();
        http.Request.Body = new MemoryStream(body);
        if (secret is not null)
        {
            http.Request.Headers[WebhookVerifier.SignatureHeader] = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        }

        if (token is not null)
        {
            http.Request.Headers[WebhookToken.Header] = token;
        }

        return SendAsync(http);
    }

    public async Task<(int Status, string Body)> SendAsync(HttpContext http)
    {
        http.Request.Method = http.Request.Method.Length == 0 ? HttpMethods.Post : http.Request.Method;
        var answer = (ObjectResult)await trigger.RunAsync(http.Request, Started, TestContext.Current.CancellationToken);
        return (answer.StatusCode ?? 200, System.Text.Json.JsonSerializer.Serialize(answer.Value));
    }

    public HttpClient CreateClient(string name) => new(Helpdesk, disposeHandler: false);

    public void Dispose()
    {
        Measured.Dispose();
        keys.Dispose();
        connection.Dispose();
        Helpdesk.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Notes what is started; fails or hangs when told to.</summary>
    internal sealed class StartNotes : ScriptedDurableClient
    {
        private readonly Lock gate = new();
        private readonly List<EntitySyncRequest> requests = [];

        public IReadOnlyList<EntitySyncRequest> Requests
        {
            get
            {
                lock (gate)
                {
                    return [.. requests];
                }
            }
        }

        /// <summary>Runs before each start, with its number from 1.</summary>
        public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

        public int MostAtOnce { get; private set; }

        private int running;
        private int count;

        public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
        {
            int number;
            lock (gate)
            {
                number = ++count;
                MostAtOnce = Math.Max(MostAtOnce, ++running);
            }

            try
            {
                await Before(number);
            }
            finally
            {
                lock (gate)
                {
                    running--;
                }
            }

            lock (gate)
            {
                requests.Add((EntitySyncRequest)input!);
            }

            return options!.InstanceId!;
        }

        public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
            => Task.FromResult<OrchestrationMetadata?>(null);
    }
}
